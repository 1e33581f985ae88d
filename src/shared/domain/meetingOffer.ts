import type { ActionRefusal } from './action.ts'
import { createBookingGrid } from './bookingGrid.ts'
import { MINUTE_MS } from './duration.ts'
import { isPending, occupiedRange } from './meeting.ts'
import type { Meeting } from './meeting.ts'
import type { TimeRange } from './timeRange.ts'
import { bookingRulesOf, conflictIn, isPlanKnown, isWithinRules, refusedOffer } from './offer.ts'
import type { LengthOffer, Offer, OfferRules } from './offer.ts'
import type { RoomSnapshot } from './roomSnapshot.ts'

/** By how much a meeting can be extended at the door. */
const extensionMinutes = [15, 30] as const

interface Running {
  readonly kind: 'running'
  readonly meeting: Meeting
  readonly range: TimeRange
}

/** The meeting if it can be changed at all, else why not. */
function changeable(
  snapshot: RoomSnapshot,
  meetingId: string,
  nowMs: number,
  name: 'extend' | 'end',
  { actions }: OfferRules,
): Running | { readonly kind: 'refused'; readonly reason: ActionRefusal } {
  const refuse = (reason: ActionRefusal) => ({ kind: 'refused', reason }) as const
  const reach = snapshot.capabilities.actions?.[name] ?? 'none'
  if (reach === 'none') return refuse('unsupported')
  if (actions[name] === 'off') return refuse('off')
  if (!isPlanKnown(snapshot, nowMs)) return refuse('unknown')
  const meeting = snapshot.meetings.find(({ id }) => id === meetingId)
  const range = meeting && occupiedRange(meeting)
  if (!meeting || !range || range.untilMs <= nowMs) return refuse('gone')
  if (reach === 'own' && !meeting.isOwn) return refuse('notOwn')
  // A meeting that has yet to start, or that somebody has yet to approve, is its organiser's business.
  if (range.fromMs > nowMs || isPending(meeting)) return refuse('policy')
  return { kind: 'running', meeting, range }
}

/**
 * What one press of "extend" would make of a running meeting: its whole new time. On a grid only what lies on it is
 * offered.
 * @param nowMs server-corrected epoch milliseconds
 */
export function extensionFor(
  snapshot: RoomSnapshot,
  meetingId: string,
  nowMs: number,
  rules: OfferRules,
  minutes: number,
): Offer {
  const found = changeable(snapshot, meetingId, nowMs, 'extend', rules)
  if (found.kind === 'refused') return found
  // Who sees only some bookings cannot tell that nothing follows.
  if (snapshot.evidence.kind !== 'complete') return refusedOffer('unknown')
  const bookingRules = bookingRulesOf(snapshot)
  if (bookingRules.refusal !== null) return refusedOffer(bookingRules.refusal)
  const { meeting, range } = found
  const untilMs = range.untilMs + minutes * MINUTE_MS
  const grid = createBookingGrid(bookingRules.gridMinutes, rules.zone)
  if (bookingRules.gridMinutes !== null && grid.floor(untilMs) !== untilMs) return refusedOffer('policy')
  const conflict = conflictIn(snapshot, { fromMs: range.untilMs, untilMs }, meeting.id)
  if (conflict !== null) return refusedOffer(conflict)
  const extended = { fromMs: range.fromMs, untilMs }
  if (meeting.isAllDay || meeting.releasedAtMs !== null) return refusedOffer('policy')
  return isWithinRules(extended, bookingRules) ? { kind: 'offered', ...extended } : refusedOffer('policy')
}

/** Every extension a door offers for this meeting. */
export function extensionOffer(
  snapshot: RoomSnapshot,
  meetingId: string,
  nowMs: number,
  rules: OfferRules,
): readonly LengthOffer[] {
  return extensionMinutes.map((minutes) => ({
    minutes,
    offer: extensionFor(snapshot, meetingId, nowMs, rules, minutes),
  }))
}

/** Whether the running meeting can be ended now; an offer's range is the time that would be given back. */
export function endOffer(snapshot: RoomSnapshot, meetingId: string, nowMs: number, rules: OfferRules): Offer {
  const found = changeable(snapshot, meetingId, nowMs, 'end', rules)
  if (found.kind === 'refused') return found
  return { kind: 'offered', fromMs: nowMs, untilMs: found.range.untilMs }
}
