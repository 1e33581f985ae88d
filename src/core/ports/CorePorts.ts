import type { Clock } from './Clock.ts'
import type { Http } from './Http.ts'
import type { Logger } from './Logger.ts'
import type { Random } from './Random.ts'
import type { SecretStore } from './SecretStore.ts'
import type { SettingsStore } from './SettingsStore.ts'
import type { StateStore } from './StateStore.ts'

/** Everything a host must supply. */
export interface CorePorts {
  readonly clock: Clock
  readonly log: Logger
  readonly settings: SettingsStore
  readonly secrets: SecretStore
  readonly state: StateStore
  readonly http: Http
  readonly random: Random
  /** The product's version, for diagnostics. */
  readonly version: string
}
