import type { TimeRange } from '../../shared/domain/timeRange.ts'
import type { Zone } from '../../shared/domain/zonedTime.ts'

/** Time of the day's end from which tomorrow is asked for too. */
const NEAR_MIDNIGHT_MS = 10_800_000

/** What one read must cover: today, and tomorrow when midnight is near. */
export function rangeToRead(zone: Zone, nowMs: number): TimeRange {
  const endMs = zone.startOfNextDay(nowMs)
  return {
    fromMs: zone.startOfDay(nowMs),
    untilMs: endMs - nowMs < NEAR_MIDNIGHT_MS ? zone.startOfNextDay(endMs) : endMs,
  }
}
