import type { BookingRules } from './booking.ts'
import { createBookingGrid } from './bookingGrid.ts'
import type { BookingGrid } from './bookingGrid.ts'
import { MINUTE_MS } from './duration.ts'
import { occupiedRange } from './meeting.ts'
import type { TimeRange } from './timeRange.ts'
import { bookingRulesOf, conflictIn, isWithinRules, refusedOffer } from './offer.ts'
import type { LengthOffer, Offer, OfferRules } from './offer.ts'
import { canProveFree } from './roomStatus.ts'
import type { RoomSnapshot } from './roomSnapshot.ts'

/** A gap below this is not worth a button. */
const SHORTEST_GAP_MS = 5 * MINUTE_MS
/** One press must not take a room for the rest of the day. */
const LONGEST_GAP_MS = 4 * 60 * MINUTE_MS

/** The lengths the door offers besides "until the next meeting". */
const bookingMinutes = [15, 30, 45, 60] as const

/** Why nothing at all can be booked, whatever its time and length; null where something may be. */
function whyNothingIsBookable(snapshot: RoomSnapshot, nowMs: number, { actions }: OfferRules): Offer | null {
  if (!snapshot.capabilities.actions?.canBook) return refusedOffer('unsupported')
  if (actions.book === 'off') return refusedOffer('off')
  const { refusal } = bookingRulesOf(snapshot)
  if (refusal !== null) return refusedOffer(refusal)
  // A source that sees only some bookings cannot tell what is free later than this moment.
  const isKnown = canProveFree(snapshot, nowMs) && snapshot.evidence.kind === 'complete'
  return isKnown ? null : refusedOffer('unknown')
}

/** Where a booking asked for at `wantedMs` may begin, the mark before it first; none where that time is over. */
function startMarks(grid: BookingGrid, wantedMs: number, nowMs: number): readonly number[] {
  const marks = [...new Set([grid.floor(wantedMs), grid.ceil(wantedMs)])]
  return marks.filter((mark) => mark >= nowMs - grid.graceMs)
}

/** The first occupied or closed time after `fromMs`. */
function nextOccupation(snapshot: RoomSnapshot, fromMs: number): number | null {
  const ranges: readonly TimeRange[] = [
    ...snapshot.closures,
    ...snapshot.meetings.flatMap((meeting) => occupiedRange(meeting) ?? []),
  ]
  const starts = ranges.flatMap((range) => (range.untilMs > fromMs ? [range.fromMs] : []))
  return starts.length === 0 ? null : Math.min(...starts)
}

function untilNext(snapshot: RoomSnapshot, grid: BookingGrid, rules: BookingRules, fromMs: number): Offer {
  const nextMs = nextOccupation(snapshot, fromMs)
  if (nextMs === null || nextMs - fromMs > LONGEST_GAP_MS) return refusedOffer('policy')
  if (nextMs - fromMs < SHORTEST_GAP_MS) return refusedOffer('taken')
  const maxMs = rules.maxMinutes === null ? Infinity : fromMs + rules.maxMinutes * MINUTE_MS
  const untilMs = grid.floor(Math.min(nextMs, maxMs, rules.latestEndMs ?? Infinity))
  return { kind: 'offered', fromMs, untilMs }
}

interface Wish {
  /** The mark to begin on, and the instant asked for. */
  readonly fromMs: number
  readonly wantedMs: number
  readonly nowMs: number
  readonly minutes: number | null
}

function offerFrom(snapshot: RoomSnapshot, grid: BookingGrid, wish: Wish): Offer {
  const { fromMs, wantedMs, nowMs, minutes } = wish
  const rules = bookingRulesOf(snapshot)
  const countedFromMs = rules.gridMinutes === null ? fromMs : Math.max(fromMs, wantedMs)
  const offer: Offer =
    minutes === null
      ? untilNext(snapshot, grid, rules, fromMs)
      : { kind: 'offered', fromMs, untilMs: grid.ceil(countedFromMs + minutes * MINUTE_MS) }
  if (offer.kind === 'refused') return offer
  const conflict = conflictIn(snapshot, offer)
  if (conflict !== null) return refusedOffer(conflict)
  // The grace of a mark that has passed must leave something to sit in.
  return isWithinRules(offer, rules) && offer.untilMs > nowMs ? offer : refusedOffer('policy')
}

/**
 * What one press would book. On a grid the start goes down and the end up to it, as the platform does, so that at
 * least the asked length is left from now on; the offer is what the calendar would say.
 * @param nowMs server-corrected epoch milliseconds
 * @param startMs null for now
 * @param minutes null for until the next meeting, or the room's maximum if that comes first
 */
export function bookingFor(
  snapshot: RoomSnapshot,
  nowMs: number,
  rules: OfferRules,
  startMs: number | null,
  minutes: number | null,
): Offer {
  const refusal = whyNothingIsBookable(snapshot, nowMs, rules)
  if (refusal) return refusal
  const bookingRules = bookingRulesOf(snapshot)
  const grid = createBookingGrid(bookingRules.gridMinutes, rules.zone)
  // Booking "now" from inside a meeting would quietly become a booking of later.
  const conflictNow = startMs === null ? conflictIn(snapshot, { fromMs: nowMs, untilMs: nowMs + 1 }) : null
  if (conflictNow !== null) return refusedOffer(conflictNow)
  const wantedMs = startMs ?? nowMs
  const offers = startMarks(grid, wantedMs, nowMs).map((fromMs) =>
    offerFrom(snapshot, grid, { fromMs, wantedMs, nowMs, minutes }),
  )
  const possible = offers.find(({ kind }) => kind === 'offered')
  // The mark after the wanted one has nothing in its past to stand in its way: it knows the better reason.
  return possible ?? offers.at(-1) ?? refusedOffer('policy')
}

const isSameRange = (a: Offer, b: Offer): boolean =>
  a.kind === 'offered' && b.kind === 'offered' && a.fromMs === b.fromMs && a.untilMs === b.untilMs

/**
 * Every length a door offers, each with the range it would book or the reason why not. Two lengths that a grid makes
 * the same booking are offered once, as the shorter one.
 * @param startMs begin of a later slot; null for now
 */
export function bookingOffer(
  snapshot: RoomSnapshot,
  nowMs: number,
  rules: OfferRules,
  startMs: number | null = null,
): readonly LengthOffer[] {
  const lengths: LengthOffer[] = []
  for (const minutes of bookingMinutes) {
    const offer = bookingFor(snapshot, nowMs, rules, startMs, minutes)
    const isDouble = lengths.some((one) => isSameRange(one.offer, offer))
    lengths.push({ minutes, offer: isDouble ? refusedOffer('policy') : offer })
  }
  return [...lengths, { minutes: null, offer: bookingFor(snapshot, nowMs, rules, startMs, null) }]
}
