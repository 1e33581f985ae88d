import type { RoomStatus } from '../domain/roomStatus.ts'
import type { Health } from '../domain/roomSnapshot.ts'
import type { Platform } from '../domain/platform.ts'
import type { ReleaseReport } from '../domain/release.ts'
import type { RoomId } from '../domain/room.ts'
import type { Refusal } from './refusal.ts'

/** The last refusal of a platform, and when. */
export interface LastFailure extends Refusal {
  readonly atMs: number
}

/** What was spent of this installation's share of the platform's allowance, and what the plan expects. */
export interface BudgetReport {
  /** Null where the platform has no quota. */
  readonly limit: number | null
  readonly spent: number
  /** The part of `spent` taken for spent because its count was lost or began within the month. */
  readonly assumed: number
  readonly periodEndsAtMs: number
  readonly forecast: number
  /** Nine tenths are spent: the panel reads half as often. */
  readonly isSlowed: boolean
  /** When calling resumes after the share is spent; null while it goes on. */
  readonly resumesAtMs: number | null
}

/** Where this installation's updates come from and what became of the last one. Versions are the package's. */
export interface UpdateReport {
  /** Ring of the repository this device follows; null where none is set. */
  readonly ring: string | null
  /** The last time another version was installed; null while the first one is. */
  readonly last: { readonly version: string; readonly fromVersion: string; readonly atMs: number } | null
  /** The installed version was never well here, so an older one runs until another is installed. */
  readonly givenUp: { readonly version: string; readonly atMs: number } | null
  /** Installed, and run from the next start on. */
  readonly waitingVersion: string | null
}

/** The state of the whole panel for the admin's page and for support. */
export interface Diagnostics {
  readonly version: string
  /** Absent where the host does not know how it is updated: Windows, plain Node. */
  readonly updates?: UpdateReport
  readonly platform: Platform | null
  readonly nowMs: number
  readonly startedAtMs: number
  readonly serverTimeOffsetMs: number
  readonly nextReadAtMs: number | null
  readonly plannedIntervalMs: number | null
  readonly budget: BudgetReport
  readonly rooms: readonly {
    readonly id: RoomId
    readonly health: Health
    readonly fetchedAtMs: number | null
    /** What its door says now. */
    readonly shown: RoomStatus['kind']
  }[]
  /** The latest no-show decisions of every room, the newest first, with every reason. */
  readonly releases?: readonly { readonly roomId: RoomId; readonly reports: readonly ReleaseReport[] }[]
  readonly lastFailure: LastFailure | null
  readonly secretStrength: string
}
