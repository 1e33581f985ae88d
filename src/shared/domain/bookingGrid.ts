import { MINUTE_MS } from './duration.ts'
import type { Zone } from './zonedTime.ts'

/** The marks on which a room's bookings begin and end, counted from local midnight. */
export interface BookingGrid {
  readonly stepMs: number
  /** How long a mark that has passed still serves a booking made now. */
  readonly graceMs: number
  /** The last mark that is not after `atMs`. */
  floor(atMs: number): number
  /** The first mark that is not before `atMs`; the next midnight at the latest. */
  ceil(atMs: number): number
}

/**
 * Where the platform knows no grid, bookings lie on whole minutes. On a grid a mark counts as now for half a step:
 * WeCom leaves a start that is up to 15 of its 30 minutes late where it is and moves a later one on (D:93620).
 */
export function createBookingGrid(gridMinutes: number | null, zone: Zone): BookingGrid {
  const stepMs = (gridMinutes ?? 1) * MINUTE_MS
  function floor(atMs: number): number {
    const midnightMs = zone.startOfDay(atMs)
    return midnightMs + Math.floor((atMs - midnightMs) / stepMs) * stepMs
  }
  function ceil(atMs: number): number {
    const mark = floor(atMs)
    return mark === atMs ? atMs : Math.min(mark + stepMs, zone.startOfNextDay(atMs))
  }
  return { stepMs, graceMs: gridMinutes === null ? stepMs : stepMs / 2, floor, ceil }
}
