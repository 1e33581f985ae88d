import Conf from 'conf'
import type { OpenSettingsFile } from '../../core/settings/createGenerationSettings.ts'

/** Opens one settings file with conf, as the Electron host does with electron-store. */
export const openConfFile: OpenSettingsFile = ({ folder, name, parse }) =>
  new Conf<Record<string, unknown>>({
    cwd: folder,
    configName: name,
    configFileMode: 0o600,
    // True would wipe a damaged file.
    clearInvalidConfig: false,
    accessPropertiesByDotNotation: false,
    deserialize: parse,
  })
