import { MINUTE_MS } from '../../../shared/domain/duration.ts'
import { lengthMs } from '../../../shared/domain/timeRange.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'

/** Bookings begin and end on half hours (D:93620). */
export const GRID_MINUTES = 30
/** {@link GRID_MINUTES} in milliseconds. Every zone of the platform's home lies on it, so it is counted from 1970. */
export const GRID_MS = GRID_MINUTES * MINUTE_MS
/** How long after its begin a booking may still be made. */
const GRACE_MS = 15 * MINUTE_MS

/** The half hour that holds `atMs`. */
export const floorToGrid = (atMs: number): number => Math.floor(atMs / GRID_MS) * GRID_MS
/** The next half hour, or `atMs` itself. */
export const ceilToGrid = (atMs: number): number => Math.ceil(atMs / GRID_MS) * GRID_MS

/**
 * What `book` will make of a time (D:93620): the begin goes down and the end up to the half hour; a begin more than 15
 * minutes ago moves on to the next half hour.
 * @param nowMs the vendor's present
 * @returns null where it refuses: less than half an hour, over already, or nothing left of it
 */
export function timeToBook(wanted: TimeRange, nowMs: number): TimeRange | null {
  if (!(lengthMs(wanted) >= GRID_MS)) return null
  const untilMs = ceilToGrid(wanted.untilMs)
  const begin = floorToGrid(wanted.fromMs)
  const fromMs = nowMs - begin > GRACE_MS ? ceilToGrid(nowMs) : begin
  return fromMs < untilMs ? { fromMs, untilMs } : null
}
