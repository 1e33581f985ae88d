import type { UpdateReport } from '../../shared/api/diagnostics.ts'
import type { DeviceIdentity } from '../machine/DeviceIdentity.ts'
import type { CarriedFiles } from './CarriedFiles.ts'
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
  /** How this installation is updated, for diagnostics; absent where the host does not know. Never rejects. */
  readonly readUpdates?: () => Promise<UpdateReport>
  /** What a first start over a network must be opened with; absent where whoever stands at the device may set it up. */
  readonly setupCode?: string
  /** What the host keeps cannot be written; the screen says so. */
  readonly isStorageBroken?: boolean
  /** What this machine is called in a table of devices; absent where it is in none. */
  readonly device?: DeviceIdentity
  /** Provisioning files on sticks; absent where files belong to the host's operator. */
  readonly carried?: CarriedFiles
  /** Leaves the kiosk for the desktop; absent on hosts without one. */
  readonly exitKiosk?: () => void
  /** The recent log, for the admin's export; it never held a secret, title or name. */
  readonly readLog?: () => Promise<string>
}
