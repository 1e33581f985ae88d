import { MINUTE_MS } from '../../shared/domain/duration.ts'
import { LONG_MEETING_MS } from '../../shared/domain/mayLapse.ts'
import { hasKnownTimes, occupiedRange } from '../../shared/domain/meeting.ts'
import type { Meeting } from '../../shared/domain/meeting.ts'
import { overlaps, rangeOf } from '../../shared/domain/timeRange.ts'
import type { TimeRange } from '../../shared/domain/timeRange.ts'
import type { KeepReason, ReleaseDecision } from '../../shared/domain/release.ts'
import type { RoomSnapshot } from '../../shared/domain/roomSnapshot.ts'
import type { StatusRules } from '../../shared/domain/statusRules.ts'
import type { MeetingRecord, ReleaseAttempt, WindowEvidence } from './journal.ts'
import { hasDrifted } from './windowEvidence.ts'

/** Booked later than this before its start: nobody had the time to plan. */
const AHEAD_MS = 30 * MINUTE_MS
/** A decision this long after the window's end comes too late to be told from a whim. */
const LATE_MS = 3 * MINUTE_MS

/** Everything a decision rests on. */
export interface ReleaseCase {
  readonly nowMs: number
  readonly deviceMs: number
  readonly monotonicMs: number
  readonly run: string
  readonly meeting: Meeting
  readonly window: TimeRange
  readonly snapshot: RoomSnapshot
  readonly rules: StatusRules['checkIn']
  /** What the journal knows; null where it knows nothing. */
  readonly record: MeetingRecord | null
  readonly evidence: WindowEvidence | null
  /** Every earlier attempt on this meeting, at whatever time it stood. */
  readonly attempts: readonly ReleaseAttempt[]
  readonly canWrite: boolean
  readonly hasBudget: boolean
  /** Whether the room must have been read after the window closed: false while it is asked whether that is worth a read. */
  readonly needsFreshRead: boolean
}

type Check = readonly [KeepReason, boolean]

function rulesAgainst({ rules, snapshot, canWrite, attempts, hasBudget }: ReleaseCase): readonly Check[] {
  return [
    ['off', !rules.isReleaseOn],
    ['mode', rules.mode !== 'local'],
    ['noCapability', !canWrite || snapshot.capabilities.actions?.canRelease !== true],
    ['attempted', attempts.length > 0],
    ['budget', !hasBudget],
  ]
}

function meetingAgainst({ meeting, record, nowMs, snapshot }: ReleaseCase): readonly Check[] {
  const range = occupiedRange(meeting)
  const others = snapshot.meetings.filter(({ id }) => id !== meeting.id)
  const booked = rangeOf(meeting)
  const isOver = (other: Meeting): boolean => {
    const taken = occupiedRange(other)
    return taken === null ? !hasKnownTimes(other) : overlaps(taken, booked)
  }
  const sinceMs = record?.startMs === meeting.startMs ? record.sinceMs : null
  const isDeviceInUse = snapshot.evidence.kind === 'occupancy' && snapshot.evidence.state !== 'idle'
  return [
    ['gone', range === null || nowMs >= range.untilMs],
    ['allDay', meeting.isAllDay],
    ['tooLong', !(meeting.endMs - meeting.startMs < LONG_MEETING_MS)],
    ['firstSeenUnknown', sinceMs === null],
    ['bookedLate', sinceMs !== null && !(sinceMs <= meeting.startMs - AHEAD_MS)],
    ['stateUnsure', meeting.state !== 'confirmed' || meeting.releasedAtMs !== null],
    ['series', meeting.isRecurring],
    ['own', meeting.isOwn],
    ['overlap', others.some(isOver)],
    ['inUse', isDeviceInUse || meeting.video?.isRunning === true],
    ['closed', snapshot.closures.some((closure) => overlaps(closure, booked))],
  ]
}

function checkInsAgainst({ meeting, record }: ReleaseCase): readonly Check[] {
  const hold = record?.hold ?? null
  return [
    ['checkedInHere', record !== null && record.checkIn !== null],
    ['checkedInThere', meeting.platformCheckIn === 'checkedIn'],
    ['pressed', hold === 'pressed'],
    ['checkedInBeforeMove', hold === 'checkedInBeforeMove'],
    ['maybeMoved', hold === 'maybeMoved'],
  ]
}

function dataAgainst({ snapshot, nowMs, window, needsFreshRead }: ReleaseCase): readonly Check[] {
  const { fetchedAtMs, health, freshness } = snapshot
  const isRead = fetchedAtMs !== null && health.kind === 'ok' && nowMs < freshness.staleAtMs
  return [
    ['windowOpen', nowMs < window.untilMs],
    ['decidedLate', nowMs > window.untilMs + LATE_MS],
    ['staleData', !isRead || (needsFreshRead && fetchedAtMs < window.untilMs)],
  ]
}

/** After a check-in nobody is asked any more: what the window saw from then on says nothing. */
function windowAgainst(one: ReleaseCase): readonly KeepReason[] {
  const { evidence, window, run } = one
  if (evidence === null) return ['cameUpLate']
  const isOther = evidence.fromMs !== window.fromMs || evidence.untilMs !== window.untilMs
  const found: readonly Check[] = [
    ['notFromOpening', isOther],
    ['restarted', evidence.run !== run],
    ['asleep', evidence.lastAtMs < window.untilMs],
    ['clockJumped', hasDrifted(evidence, one)],
  ]
  return [...evidence.gaps, ...holding(found)]
}

const holding = (checks: readonly Check[]): readonly KeepReason[] =>
  checks.flatMap(([reason, holds]) => (holds ? [reason] : []))

/**
 * Whether a meeting's room is given back because nobody came: only if every rule of fairness held through its whole
 * check-in window (design law 5). Pure. Names every reason against it, not only the first.
 */
export function decideRelease(one: ReleaseCase): ReleaseDecision {
  const byPeople = holding(checkInsAgainst(one))
  const isCheckedIn = byPeople.includes('checkedInHere') || byPeople.includes('checkedInThere')
  const reasons = new Set([
    ...holding(rulesAgainst(one)),
    ...byPeople,
    ...holding(meetingAgainst(one)),
    ...(isCheckedIn ? [] : windowAgainst(one)),
    ...holding(dataAgainst(one)),
  ])
  if (reasons.size > 0) return { kind: 'keep', reasons: [...reasons] }
  return { kind: 'release', reasons: ['noShow'] }
}
