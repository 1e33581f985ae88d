import { MINUTE_MS } from './duration.ts'
import { hasKnownTimes, isPending, occupiedRange } from './meeting.ts'
import type { Meeting } from './meeting.ts'
import { contains } from './timeRange.ts'
import type { TimeRange } from './timeRange.ts'
import type { RoomSnapshot } from './roomSnapshot.ts'
import type { StatusRules } from './statusRules.ts'

/** The one answer of the door. Instants are epoch milliseconds on the same clock as the snapshot. */
export type RoomStatus =
  /** `untilMs` is the next meeting's start; null when none is known. */
  | { readonly kind: 'free'; readonly untilMs: number | null }
  | { readonly kind: 'soon'; readonly next: Meeting; readonly atMs: number }
  | {
      readonly kind: 'checkIn'
      readonly meeting: Meeting
      readonly closesAtMs: number
      /** As for `busy`. */
      readonly nextCheckIn: Meeting | null
    }
  | {
      readonly kind: 'busy'
      /** Null where the room is only known to be in use. */
      readonly meeting: Meeting | null
      /** End of `meeting`; null where unknown. */
      readonly untilMs: number | null
      /** End of the whole run of overlapping and back-to-back meetings. */
      readonly freeAtMs: number | null
      /** Another meeting whose check-in is open: the following group's, or one booked over the same time. */
      readonly nextCheckIn: Meeting | null
    }
  | { readonly kind: 'pending'; readonly meeting: Meeting; readonly untilMs: number }
  | { readonly kind: 'outOfService'; readonly reason: string | null; readonly untilMs: number }
  | { readonly kind: 'unknown'; readonly lastPlan: readonly Meeting[] }
  | { readonly kind: 'unconfigured' }

/** Every kind of {@link RoomStatus}, in the order the documentation lists them. */
export const roomStatusKinds = [
  'free',
  'soon',
  'checkIn',
  'busy',
  'pending',
  'outOfService',
  'unknown',
  'unconfigured',
] as const satisfies readonly RoomStatus['kind'][]

/** A clock running behind its own reading by more than this is not one we may conclude "free" from. */
export const CLOCK_TOLERANCE_MS = MINUTE_MS

/** A meeting with the time it really occupies. */
interface Occupancy {
  readonly meeting: Meeting
  readonly range: TimeRange
}

/** Booked before pending, a meeting before the all-day booking around it, then by start, then the longer one, then by id: the same answer on every reading. */
function byRank(a: Occupancy, b: Occupancy): number {
  return (
    Number(isPending(a.meeting)) - Number(isPending(b.meeting)) ||
    Number(a.meeting.isAllDay) - Number(b.meeting.isAllDay) ||
    a.range.fromMs - b.range.fromMs ||
    b.range.untilMs - a.range.untilMs ||
    (a.meeting.id < b.meeting.id ? -1 : 1)
  )
}

function occupancies(snapshot: RoomSnapshot): readonly Occupancy[] {
  return snapshot.meetings.flatMap((meeting) => {
    const range = occupiedRange(meeting)
    return range === null ? [] : [{ meeting, range }]
  })
}

/** A closure may be for good, so that only NaN is no time. */
const hasKnownEnds = ({ fromMs, untilMs }: TimeRange): boolean =>
  !Number.isNaN(fromMs) && !Number.isNaN(untilMs)

/** Whether an empty plan may be read as an empty room at this moment: law one of the design. */
export function canProveFree(snapshot: RoomSnapshot, nowMs: number): boolean {
  const { fetchedAtMs, horizon, health, freshness, evidence, meetings, closures } = snapshot
  if (fetchedAtMs === null || horizon === null) return false
  if (health.kind === 'broken' || health.kind === 'unconfigured') return false
  if (!(nowMs >= fetchedAtMs - CLOCK_TOLERANCE_MS)) return false
  if (!(nowMs < freshness.unknownAtMs) || !contains(horizon, nowMs)) return false
  if (!meetings.every(hasKnownTimes) || !closures.every(hasKnownEnds)) return false
  return evidence.kind === 'complete' || evidence.state === 'idle'
}

/** Whether the data's age must be shown: two planned intervals passed, or the last read failed that long ago. */
export function isStale(snapshot: RoomSnapshot, nowMs: number): boolean {
  return snapshot.fetchedAtMs !== null && nowMs >= snapshot.freshness.staleAtMs
}

/**
 * When a meeting's check-in opens and closes, whether or not somebody checked in; null where it has none: check-in is
 * off, nobody has approved the meeting, or it takes no room.
 */
export function checkInTimes(meeting: Meeting, rules: StatusRules): TimeRange | null {
  const { mode, opensBeforeMs, closesAfterMs } = rules.checkIn
  const range = occupiedRange(meeting)
  if (mode === 'off' || isPending(meeting) || range === null) return null
  return {
    fromMs: range.fromMs - opensBeforeMs,
    untilMs: Math.min(range.fromMs + closesAfterMs, range.untilMs),
  }
}

/** As {@link checkInTimes}, or null when nobody is asked to check in to the meeting any more. */
function checkInWindow(meeting: Meeting, snapshot: RoomSnapshot, rules: StatusRules): TimeRange | null {
  if (isCheckedIn(meeting, snapshot)) return null
  if (rules.checkIn.mode === 'platform' && meeting.platformCheckIn !== 'open') return null
  return checkInTimes(meeting, rules)
}

/** Whether anybody has checked in to this meeting, with the platform or here. */
export function isCheckedIn(meeting: Meeting, snapshot: RoomSnapshot): boolean {
  return meeting.platformCheckIn === 'checkedIn' || snapshot.checkedInIds.includes(meeting.id)
}

/** End of the unbroken run of meetings that holds `fromMs`; back-to-back meetings never flash free. */
function endOfRun(all: readonly Occupancy[], fromMs: number): number {
  let endMs = fromMs
  for (const { range } of [...all].sort((a, b) => a.range.fromMs - b.range.fromMs)) {
    if (range.fromMs > endMs) break
    endMs = Math.max(endMs, range.untilMs)
  }
  return endMs
}

/** The first meeting that has yet to start. */
function nextMeeting(snapshot: RoomSnapshot, nowMs: number): Meeting | null {
  const upcoming = occupancies(snapshot).filter(({ range }) => range.fromMs > nowMs)
  upcoming.sort((a, b) => a.range.fromMs - b.range.fromMs || byRank(a, b))
  return upcoming[0]?.meeting ?? null
}

function openCheckIn(
  snapshot: RoomSnapshot,
  meeting: Meeting,
  nowMs: number,
  rules: StatusRules,
): TimeRange | null {
  const window = checkInWindow(meeting, snapshot, rules)
  return window && contains(window, nowMs) ? window : null
}

/** The first meeting besides `shown` whose group is asked to check in: it need not wait for its own turn on the door. */
function otherCheckIn(
  snapshot: RoomSnapshot,
  shown: Meeting | null,
  nowMs: number,
  rules: StatusRules,
): Meeting | null {
  const open = occupancies(snapshot).filter(
    ({ meeting }) => meeting !== shown && openCheckIn(snapshot, meeting, nowMs, rules) !== null,
  )
  open.sort((a, b) => a.range.fromMs - b.range.fromMs || byRank(a, b))
  return open[0]?.meeting ?? null
}

function checkInStatus(
  snapshot: RoomSnapshot,
  meeting: Meeting,
  nowMs: number,
  rules: StatusRules,
): RoomStatus | null {
  const window = openCheckIn(snapshot, meeting, nowMs, rules)
  if (window === null) return null
  const nextCheckIn = otherCheckIn(snapshot, meeting, nowMs, rules)
  return { kind: 'checkIn', meeting, closesAtMs: window.untilMs, nextCheckIn }
}

function occupiedStatus(
  snapshot: RoomSnapshot,
  all: readonly Occupancy[],
  current: Occupancy,
  nowMs: number,
  rules: StatusRules,
): RoomStatus {
  const { meeting, range } = current
  if (isPending(meeting)) return { kind: 'pending', meeting, untilMs: range.untilMs }
  const claim = checkInStatus(snapshot, meeting, nowMs, rules)
  if (claim) return claim
  return {
    kind: 'busy',
    meeting,
    untilMs: range.untilMs,
    freeAtMs: endOfRun(
      all.filter((one) => one.range.untilMs > nowMs),
      nowMs,
    ),
    nextCheckIn: otherCheckIn(snapshot, meeting, nowMs, rules),
  }
}

function emptyStatus(snapshot: RoomSnapshot, nowMs: number, rules: StatusRules): RoomStatus {
  if (!canProveFree(snapshot, nowMs)) return { kind: 'unknown', lastPlan: snapshot.meetings }
  const next = nextMeeting(snapshot, nowMs)
  if (next === null) return { kind: 'free', untilMs: null }
  const claim = checkInStatus(snapshot, next, nowMs, rules)
  if (claim) return claim
  if (next.startMs - nowMs <= rules.soonMs) return { kind: 'soon', next, atMs: next.startMs }
  // A source that sees only some bookings must not promise how long the room stays empty.
  return { kind: 'free', untilMs: snapshot.evidence.kind === 'complete' ? next.startMs : null }
}

/**
 * What the door says at `nowMs`. Pure; the only place that decides free and busy.
 *
 * A meeting or closure of the last plan holds to its end however old the plan is; an empty plan is only read as
 * free while {@link canProveFree} holds.
 * @param nowMs server-corrected epoch milliseconds
 */
export function roomStatus(snapshot: RoomSnapshot, nowMs: number, rules: StatusRules): RoomStatus {
  if (snapshot.health.kind === 'unconfigured') return { kind: 'unconfigured' }
  const closure = snapshot.closures.find((one) => contains(one, nowMs))
  if (closure) return { kind: 'outOfService', reason: closure.reason, untilMs: closure.untilMs }
  const all = occupancies(snapshot)
  const current = all.filter(({ range }) => contains(range, nowMs)).sort(byRank)[0]
  if (current) return occupiedStatus(snapshot, all, current, nowMs, rules)
  const isDeviceInUse = snapshot.evidence.kind === 'occupancy' && snapshot.evidence.state === 'inUse'
  if (isDeviceInUse && nowMs < snapshot.freshness.unknownAtMs) {
    const nextCheckIn = otherCheckIn(snapshot, null, nowMs, rules)
    return { kind: 'busy', meeting: null, untilMs: null, freeAtMs: null, nextCheckIn }
  }
  return emptyStatus(snapshot, nowMs, rules)
}

/**
 * The next instant after `nowMs` at which {@link roomStatus} or {@link isStale} may answer differently, or null.
 * Between two of these the answer is constant, so a screen needs one timer and no polling.
 */
export function nextStatusChange(snapshot: RoomSnapshot, nowMs: number, rules: StatusRules): number | null {
  const instants: number[] = [snapshot.freshness.staleAtMs, snapshot.freshness.unknownAtMs]
  if (snapshot.horizon) instants.push(snapshot.horizon.fromMs, snapshot.horizon.untilMs)
  if (snapshot.fetchedAtMs !== null) instants.push(snapshot.fetchedAtMs - CLOCK_TOLERANCE_MS)
  for (const { fromMs, untilMs } of snapshot.closures) instants.push(fromMs, untilMs)
  for (const { meeting, range } of occupancies(snapshot)) {
    const window = checkInWindow(meeting, snapshot, rules)
    instants.push(range.fromMs - rules.soonMs, range.fromMs, range.untilMs)
    if (window) instants.push(window.fromMs, window.untilMs)
  }
  const later = instants.filter((instant) => instant > nowMs)
  return later.length === 0 ? null : Math.min(...later)
}
