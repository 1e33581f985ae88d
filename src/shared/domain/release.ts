import type { ActionRefusal } from './action.ts'

/** Why a meeting nobody checked in to keeps its room. docs/check-in.md has a sentence for each. */
export const keepReasons = [
  /** The admin did not switch release on. */
  'off',
  /** Check-in is not this panel's own (modes off and platform). */
  'mode',
  /** The platform or the account cannot give one occurrence back. */
  'noCapability',
  /** It no longer takes the room, or is over. */
  'gone',
  'windowOpen',
  'checkedInHere',
  /** The platform says so. */
  'checkedInThere',
  /** A check-in was pressed whose record could not be written. */
  'pressed',
  /** Its people checked in before it was moved. */
  'checkedInBeforeMove',
  /** A checked-in meeting vanished, and nobody can tell whether this is the same one at another time. */
  'maybeMoved',
  /** The window was over when the panel first knew of it. */
  'cameUpLate',
  /** The panel did not watch the window from its opening. */
  'notFromOpening',
  /** The panel was started anew within the window. */
  'restarted',
  /** No look for too long: the device slept or stood still. */
  'asleep',
  'clockUnknown',
  'clockOff',
  'clockJumped',
  'offline',
  'stale',
  /** No screen showed the check-in button for more than a minute. */
  'notShown',
  'allDay',
  'tooLong',
  'bookedLate',
  'firstSeenUnknown',
  /** Pending, tentative, or a state nobody knows. */
  'stateUnsure',
  'series',
  /** Booked at this door or by this app: an extension of a running meeting cannot be told from a new one. */
  'own',
  'overlap',
  /** The room's device says that somebody is in it, or the meeting's video call runs. */
  'inUse',
  'closed',
  /** The room was not read again after the window closed. */
  'staleData',
  'decidedLate',
  'budget',
  /** Releasing was tried before: one call, ever. */
  'attempted',
  /** The intent could not be written to disk, so nothing was sent. */
  'journalFailed',
] as const

/** See {@link keepReasons}. */
export type KeepReason = (typeof keepReasons)[number]

/** The one ground to give a room back: nobody came although all of the fairness rules held. */
export type ReleaseReason = 'noShow' | KeepReason

/** Yes or no, with every reason. */
export type ReleaseDecision =
  | { readonly kind: 'release'; readonly reasons: readonly ['noShow'] }
  | { readonly kind: 'keep'; readonly reasons: readonly KeepReason[] }

/** What became of the one call. `notSent`: it was given up before it left. */
export type ReleaseOutcome =
  | { readonly kind: 'done' | 'unclear' | 'notSent' }
  | { readonly kind: 'refused'; readonly reason: ActionRefusal }

/** One decision as an admin may read it; no title, no name. */
export interface ReleaseReport {
  readonly meetingId: string
  readonly startMs: number
  readonly decidedAtMs: number
  readonly decision: 'release' | 'keep'
  readonly reasons: readonly ReleaseReason[]
  /** Null while nothing was sent, or its answer has yet to come. */
  readonly outcome: ReleaseOutcome | null
}
