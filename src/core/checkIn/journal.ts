import { z } from 'zod'
import { actionRefusals } from '../../shared/domain/action.ts'
import { DAY_MS } from '../../shared/domain/duration.ts'
import { keepReasons } from '../../shared/domain/release.ts'

const instant = z.number()

/** How a check-in came about; `moved`: taken over from the booking it had before a change of time. */
const checkInWays = ['press', 'walkUp', 'platform', 'moved'] as const

/** Why a release is held back although the meeting itself has no check-in. */
const holds = ['checkedInBeforeMove', 'maybeMoved', 'pressed'] as const

/** What a look at an open window may find wrong. */
const gapKinds = [
  'notFromOpening',
  'restarted',
  'asleep',
  'clockUnknown',
  'clockOff',
  'clockJumped',
  'offline',
  'stale',
  'notShown',
] as const

/** See {@link gapKinds}. */
export type GapKind = (typeof gapKinds)[number]

const meetingRecordSchema = z.strictObject({
  id: z.string(),
  startMs: instant,
  endMs: instant,
  /** Salted digest of the organiser's id: tells people apart, names nobody. Null where the platform tells none. */
  organizer: z.string().nullable(),
  /** When it was first read at this time; null where that was before this journal or on a clock nobody vouched for. */
  sinceMs: instant.nullable(),
  lastSeenMs: instant,
  /** The first reading it was missing from, or no longer counted in; null while it is there. */
  goneAtMs: instant.nullable(),
  checkIn: z.strictObject({ atMs: instant, by: z.enum(checkInWays) }).nullable(),
  hold: z.enum(holds).nullable(),
})

const windowEvidenceSchema = z.strictObject({
  meetingId: z.string(),
  startMs: instant,
  fromMs: instant,
  untilMs: instant,
  /** The life of the process that watched; monotonic instants mean nothing in another one. */
  run: z.string(),
  firstAtMs: instant,
  firstDeviceMs: instant,
  firstMonotonicMs: z.number(),
  lastAtMs: instant,
  lastMonotonicMs: z.number(),
  shownMonotonicMs: z.number().nullable(),
  gaps: z.array(z.enum(gapKinds)),
})

const decisionSchema = z.strictObject({
  meetingId: z.string(),
  startMs: instant,
  decidedAtMs: instant,
  decision: z.enum(['release', 'keep']),
  reasons: z.array(z.enum(['noShow', ...keepReasons])),
})

const attemptSchema = z.strictObject({
  meetingId: z.string(),
  startMs: instant,
  endMs: instant,
  intendedAtMs: instant,
  outcome: z
    .union([
      z.strictObject({ kind: z.enum(['done', 'unclear', 'notSent']) }),
      z.strictObject({ kind: z.literal('refused'), reason: z.enum(actionRefusals) }),
    ])
    .nullable(),
})

/** What one room's check-ins and releases rest on. No titles, no names. */
export const journalSchema = z.strictObject({
  version: z.literal(1),
  /** The account and source the room was bound to: another one must not inherit anything. */
  binding: z.string(),
  salt: z.string(),
  /** The first reading this journal saw; what stood in it may have a history we do not know. */
  beganAtMs: instant.nullable(),
  meetings: z.array(meetingRecordSchema),
  windows: z.array(windowEvidenceSchema),
  decisions: z.array(decisionSchema),
  attempts: z.array(attemptSchema),
})

/** See {@link journalSchema}. */
export type Journal = z.infer<typeof journalSchema>
/** What is known of one meeting of the room. */
export type MeetingRecord = Journal['meetings'][number]
/** What was seen of one check-in window. */
export type WindowEvidence = Journal['windows'][number]
/** The one call that gives an occurrence back: written before it is sent. */
export type ReleaseAttempt = Journal['attempts'][number]

/** What the journal knows of a meeting; null where it knows nothing. */
export const recordOf = ({ meetings }: Journal, meetingId: string): MeetingRecord | null =>
  meetings.find(({ id }) => id === meetingId) ?? null

const MEETINGS_KEPT_MS = 2 * DAY_MS
const ATTEMPTS_KEPT_MS = 7 * DAY_MS
const MAX_MEETINGS = 400
const MAX_WINDOWS = 50
const MAX_DECISIONS = 100
const MAX_ATTEMPTS = 200

/** A journal that knows nothing. */
export function emptyJournal(binding: string, salt: string): Journal {
  return {
    version: 1,
    binding,
    salt,
    beganAtMs: null,
    meetings: [],
    windows: [],
    decisions: [],
    attempts: [],
  }
}

/** Keeps every list bounded, the newest to stay: what keeps growth in check where no clock can be trusted. */
export function boundJournal(journal: Journal): Journal {
  const byEnd = (a: MeetingRecord, b: MeetingRecord): number => a.endMs - b.endMs
  return {
    ...journal,
    meetings: [...journal.meetings].sort(byEnd).slice(-MAX_MEETINGS),
    windows: journal.windows.slice(-MAX_WINDOWS),
    decisions: journal.decisions.slice(-MAX_DECISIONS),
    attempts: journal.attempts.slice(-MAX_ATTEMPTS),
  }
}

/**
 * Drops what is too old to matter.
 * @param nowMs an instant a vendor's clock vouched for: a device that starts in another year must not forget today
 */
export function pruneJournal(journal: Journal, nowMs: number): Journal {
  return boundJournal({
    ...journal,
    meetings: journal.meetings.filter(({ endMs }) => endMs > nowMs - MEETINGS_KEPT_MS),
    windows: journal.windows.filter(({ untilMs }) => untilMs > nowMs - DAY_MS),
    attempts: journal.attempts.filter(({ endMs }) => endMs > nowMs - ATTEMPTS_KEPT_MS),
  })
}
