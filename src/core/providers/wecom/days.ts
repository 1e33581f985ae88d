import type { TimeRange } from '../../../shared/domain/meeting.ts'
import { dayRange } from '../../../shared/domain/zonedTime.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'

const HOUR_MS = 3_600_000
/** Close to midnight tomorrow is asked too, so that the plan survives the night without a call at midnight. */
const NEAR_END_MS = 3 * HOUR_MS
/** After midnight a booking that began yesterday may still run; it may stand in yesterday's answer alone. */
const NEAR_START_MS = 4 * HOUR_MS

/** The local days of one read. They touch each other, so that what was read is one range. */
export interface DaysToRead {
  /** Without one of these the read proves nothing. In order. */
  readonly needed: readonly TimeRange[]
  /** Read if possible, for the night ahead. */
  readonly welcome: TimeRange | null
}

/**
 * Cuts a range into the local days `get_booking_info` must be asked for, since it refuses ranges over a midnight
 * (D:93620).
 * @param range what must be covered
 * @param nowMs the present, corrected by the server's clock
 */
export function daysToRead(zone: Zone, range: TimeRange, nowMs: number): DaysToRead {
  const needed = [dayRange(zone, range.fromMs)]
  let endMs = needed[0]?.untilMs ?? range.untilMs
  while (endMs < range.untilMs) {
    const day = dayRange(zone, endMs)
    needed.push(day)
    endMs = day.untilMs
  }
  const today = dayRange(zone, nowMs)
  const isFirst = needed[0]?.fromMs === today.fromMs
  if (isFirst && nowMs - today.fromMs < NEAR_START_MS) needed.unshift(dayRange(zone, today.fromMs - 1))
  const isLast = endMs === today.untilMs
  const welcome = isLast && today.untilMs - nowMs < NEAR_END_MS ? dayRange(zone, today.untilMs) : null
  return { needed, welcome }
}
