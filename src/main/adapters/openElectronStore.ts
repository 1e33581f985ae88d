import ElectronStore from 'electron-store'
import type { OpenSettingsFile } from '../../core/settings/createGenerationSettings.ts'

/** Opens one settings file with electron-store; kept apart because importing that package needs Electron. */
export const openElectronStore: OpenSettingsFile = ({ folder, name, parse }) =>
  new ElectronStore<Record<string, unknown>>({
    cwd: folder,
    name,
    configFileMode: 0o600,
    // True would wipe a damaged file.
    clearInvalidConfig: false,
    accessPropertiesByDotNotation: false,
    deserialize: parse,
  })
