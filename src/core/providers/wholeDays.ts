import { DAY_MS, MINUTE_MS } from '../../shared/domain/duration.ts'
import type { Zone } from '../../shared/domain/zonedTime.ts'

/** From midnight to midnight in the room's zone; clients also write the last minute of the day. */
export function isAllDay(startMs: number, endMs: number, zone: Zone): boolean {
  if (endMs <= startMs || zone.startOfDay(startMs) !== startMs) return false
  return zone.startOfNextDay(endMs - 1) - endMs <= MINUTE_MS
}

/** The local midnight of the date a UTC midnight names. Noon of that date lies within it in every zone's day. */
export function localMidnight(utcMidnightMs: number, zone: Zone): number {
  const noonMs = utcMidnightMs + DAY_MS / 2
  return zone.startOfDay(noonMs - zone.offsetMs(noonMs))
}
