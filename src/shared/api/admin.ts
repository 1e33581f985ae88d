import type { Equipment } from '../domain/room.ts'
import type { CheckFact, StepFact } from '../domain/checkFact.ts'
import type { Platform } from '../domain/platform.ts'
import type { RoomSource, Settings } from '../settings/schema.ts'
import type { FieldIssue, Refusal } from './refusal.ts'

/** What stands at the settings' door. */
export interface SessionState {
  /** False on a first start: whoever is there sets the PIN. */
  readonly isPinSet: boolean
  /** A first start over the network also needs the code the host printed. */
  readonly needsSetupCode: boolean
  /** Milliseconds until the next attempt is allowed; 0 when one is allowed now. */
  readonly waitMs: number
  /** Why nobody can get in at the moment, e.g. the secret store cannot be read. */
  readonly isUnavailable: boolean
}

/** An opened session. The token is sent with every admin request and dies after `idleMs` without one. */
export interface Session {
  readonly token: string
  readonly idleMs: number
}

/** What the settings screen sees: everything but secrets. */
export interface SettingsView {
  /** Null while nothing (valid) is stored. */
  readonly settings: Settings | null
  /** Why the stored settings could not be used, if so. */
  readonly issues: readonly FieldIssue[]
  /** Stored settings without the fields named in `issues`, to begin a repair with; null where there are none to repair. */
  readonly salvaged: Settings | null
  /** What settings of each platform begin with: the defaults, no room, and empty text where only the admin knows. */
  readonly blank: Readonly<Record<Platform, Settings>>
  /** Settings were stored once and cannot be read now. Nothing was changed; this is no first start. */
  readonly isUnreadable: boolean
  readonly secrets: readonly { readonly name: string; readonly hasValue: boolean }[]
  /** False where the operator's file may not be written by the panel. */
  readonly isWritable: boolean
  readonly secretStrength: string
  /** True under Electron: kiosk settings and leaving the kiosk make sense. */
  readonly hasKiosk: boolean
}

/** What a text that should be exported settings turned out to be. */
export type SettingsReading =
  | { readonly kind: 'read'; readonly settings: Settings }
  /** Not even the outline of settings. */
  | { readonly kind: 'notJson' }
  | { readonly kind: 'refused'; readonly issues: readonly FieldIssue[] }

/** One step of a connection test. */
export interface ConnectionStepReport {
  readonly step: 'reachable' | 'clock' | 'token' | 'permissions' | 'rooms'
  readonly outcome: 'passed' | 'failed' | 'skipped'
  readonly refusal: Refusal | null
  readonly fact: StepFact | null
}

/** A room to pick from. */
export interface RoomChoice {
  /** The platform's own id, to tell namesakes apart. */
  readonly vendorId: string
  readonly name: string
  readonly location: readonly string[]
  readonly capacity: number | null
  readonly equipment: readonly Equipment[]
  readonly needsApproval: boolean
  readonly source: RoomSource
}

/** How a save ended: only `saved` changed anything. */
export type SaveOutcome =
  | { readonly kind: 'saved' }
  | { readonly kind: 'testFailed'; readonly steps: readonly ConnectionStepReport[] }

/** One named check of the diagnostics page. */
export interface CheckReport {
  readonly check: 'settings' | 'secrets' | 'clock' | 'disk' | 'connection'
  readonly outcome: 'passed' | 'warning' | 'failed'
  readonly fact: CheckFact | null
}
