import type { ActionAccess, ActionName } from '../domain/action.ts'
import type { Platform } from '../domain/platform.ts'
import type { StatusRules } from '../domain/statusRules.ts'
import type { RoomId } from '../domain/room.ts'

/** Languages the screen speaks. */
export type Language = 'zh-CN' | 'en-US'

/** When the office is open, in the panel's zone; `days` counts from Sunday 0, times are `HH:MM`. */
export interface OfficeHours {
  readonly days: readonly number[]
  readonly from: string
  readonly until: string
}

/** Why a panel that was set up cannot run: its settings make no sense, cannot be read, or a bug of ours. */
export type BrokenReason = 'settingsInvalid' | 'settingsUnreadable' | 'failed'

/** What the application behind the screen is doing. Only `unconfigured` was never set up. */
export type CoreStatus =
  | { readonly kind: 'starting' }
  | { readonly kind: 'unconfigured' }
  | { readonly kind: 'broken'; readonly why: BrokenReason }
  | { readonly kind: 'running' }

/** What the screen may know of the settings. Carries a revision of its own; the newest wins. */
export interface PanelConfig {
  readonly revision: number
  readonly core: CoreStatus
  readonly language: Language
  readonly theme: 'auto' | 'light' | 'dark'
  readonly hourCycle: '24' | '12'
  readonly timeZone: string
  readonly rules: StatusRules
  readonly officeHours: OfficeHours
  /** Who may do what at the door. `off` also stands for what the platform, the account or the settings cannot do here. */
  readonly actions: Readonly<Record<ActionName, ActionAccess>>
  /** Null while no account is known. */
  readonly platform: Platform | null
  readonly rooms: readonly { readonly id: RoomId; readonly name: string }[]
  readonly version: string
  /** Nothing can be saved on this device; whoever looks after it must know. */
  readonly isStorageBroken: boolean
}
