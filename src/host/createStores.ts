import type { Clock } from '../core/ports/Clock.ts'
import type { Logger } from '../core/ports/Logger.ts'
import type { SecretStore } from '../core/ports/SecretStore.ts'
import type { SettingsStore } from '../core/ports/SettingsStore.ts'
import { createGenerationSettings } from '../core/settings/createGenerationSettings.ts'
import { createKeptSecrets } from '../core/storage/createKeptSecrets.ts'
import type { StorageFs } from '../core/storage/StorageFs.ts'
import { createFileSecrets } from './adapters/fileSecrets.ts'
import { createFileSettings } from './adapters/fileSettings.ts'
import { openConfFile } from './adapters/openConfFile.ts'
import type { HostOptions } from './HostOptions.ts'

/** What {@link createStores} needs. */
export interface StoresDeps {
  readonly options: Pick<HostOptions, 'settingsFile' | 'secretsFile' | 'environment' | 'stateDirectory'>
  readonly fs: StorageFs
  readonly clock: Clock
  readonly log: Logger
  readonly onSecret: (value: string) => void
}

/**
 * Settings come from the operator's file or are the host's own; secrets typed into the settings screen are always kept
 * below the state directory (the admin's PIN is one of them).
 */
export function createStores({ options, fs, clock, log, onSecret }: StoresDeps): {
  readonly settings: SettingsStore
  readonly secrets: SecretStore
} {
  const { settingsFile, secretsFile, environment, stateDirectory: folder } = options
  const given = createFileSecrets({ file: secretsFile, environment, onRead: onSecret })
  const settings =
    settingsFile === null
      ? createGenerationSettings({ folder, openFile: openConfFile, fs, clock, log: log.child('settings') })
      : createFileSettings(settingsFile)
  return { settings, secrets: createKeptSecrets({ folder, fs, given, onRead: onSecret }) }
}
