/** Where check-ins live: nowhere, with the platform, or in this panel's own journal. */
export type CheckInMode = 'off' | 'platform' | 'local'

/** What an admin may decide about how a status is read from a snapshot. Durations in milliseconds. */
export interface StatusRules {
  /** How long before a start a free room says "starting soon". */
  readonly soonMs: number
  readonly checkIn: {
    readonly mode: CheckInMode
    readonly opensBeforeMs: number
    readonly closesAfterMs: number
    /** Whether an unclaimed meeting is given back when its window closes. */
    readonly isReleaseOn: boolean
  }
}

/** What holds where an admin decided nothing: the defaults of the settings. */
export const defaultStatusRules: StatusRules = {
  soonMs: 10 * 60_000,
  checkIn: { mode: 'platform', opensBeforeMs: 10 * 60_000, closesAfterMs: 10 * 60_000, isReleaseOn: false },
}
