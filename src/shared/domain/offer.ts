import type { ActionAccess, ActionName, ActionRefusal } from './action.ts'
import { MINUTE_MS } from './duration.ts'
import { occupiedRange } from './meeting.ts'
import type { Meeting } from './meeting.ts'
import { covers, lengthMs, overlaps } from './timeRange.ts'
import type { TimeRange } from './timeRange.ts'
import { canProveFree } from './roomStatus.ts'
import type { RoomSnapshot } from './roomSnapshot.ts'
import type { BookingRules } from './booking.ts'
import type { Zone } from './zonedTime.ts'

/** One thing a press could do: exactly what the calendar would say afterwards, or why it cannot be done. */
export type Offer =
  ({ readonly kind: 'offered' } & TimeRange) | { readonly kind: 'refused'; readonly reason: ActionRefusal }

/** A button's worth of an offer; `minutes` null stands for "until the next meeting". */
export interface LengthOffer {
  readonly minutes: number | null
  readonly offer: Offer
}

/** What decides on offers besides the plan itself. */
export interface OfferRules {
  /** In which local midnight begins a grid. */
  readonly zone: Zone
  /** `PanelConfig.actions`. */
  readonly actions: Readonly<Record<ActionName, ActionAccess>>
}

/** A refusal as an offer. */
export const refusedOffer = (reason: ActionRefusal): Offer => ({ kind: 'refused', reason })

/** Where nothing is known about a room, any minute will do; one that needs approval is none of an app's business. */
export function bookingRulesOf({ room }: RoomSnapshot): BookingRules {
  if (room.bookingRules) return room.bookingRules
  const refusal = room.needsApproval ? 'approval' : null
  return { gridMinutes: null, minMinutes: 1, maxMinutes: null, latestEndMs: null, refusal }
}

/** Whether the plan was read lately enough to decide on, whatever the source can see. */
export function isPlanKnown(snapshot: RoomSnapshot, nowMs: number): boolean {
  return canProveFree({ ...snapshot, evidence: { kind: 'complete' } }, nowMs)
}

/** Why a time cannot be had, or null where it is free by the plan. Touching is not overlapping. */
export function conflictIn(
  snapshot: RoomSnapshot,
  time: TimeRange,
  except?: Meeting['id'],
): 'closed' | 'taken' | 'unknown' | null {
  const { horizon } = snapshot
  if (snapshot.closures.some((closure) => overlaps(closure, time))) return 'closed'
  const isTaken = snapshot.meetings.some((meeting) => {
    const range = meeting.id === except ? null : occupiedRange(meeting)
    return range !== null && overlaps(range, time)
  })
  if (isTaken) return 'taken'
  return horizon !== null && covers(horizon, time) ? null : 'unknown'
}

/** Whether a booking of this time is within the room's minimum, maximum and horizon. */
export function isWithinRules(time: TimeRange, rules: BookingRules): boolean {
  const { minMinutes, maxMinutes, latestEndMs } = rules
  const minutes = lengthMs(time) / MINUTE_MS
  if (!(minutes > 0) || minutes < minMinutes) return false
  if (maxMinutes !== null && minutes > maxMinutes) return false
  return latestEndMs === null || time.untilMs <= latestEndMs
}
