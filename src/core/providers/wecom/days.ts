import { HOUR_MS } from '../../../shared/domain/duration.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import { dayRange } from '../../../shared/domain/zonedTime.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'

/** Close to midnight tomorrow is asked too, so that the plan survives the night without a call at midnight. */
const NEAR_END_MS = 3 * HOUR_MS

/** The stretches of one read. They touch each other, so that what was read is one range. */
export interface DaysToRead {
  /** Without one of these the read proves nothing. In order. */
  readonly needed: readonly TimeRange[]
  /** Read if possible, for the night ahead. */
  readonly welcome: readonly TimeRange[]
}

/**
 * Whose midnights cut the days. `get_booking_info` refuses ranges over a midnight (D:93620) and nobody wrote down whose
 * it means away from Beijing: so no stretch goes over either. In China the two are one.
 */
export interface Midnights {
  readonly local: Zone
  readonly vendor: Zone
}

/**
 * @param range what must be covered; whole local days are read
 * @param nowMs the present, corrected by the server's clock
 * @param isYesterdayDue a booking that began yesterday may still run, and may stand in yesterday's answer alone
 */
export function daysToRead(
  midnights: Midnights,
  range: TimeRange,
  nowMs: number,
  isYesterdayDue: boolean,
): DaysToRead {
  const { local } = midnights
  const today = dayRange(local, nowMs)
  const firstMs = local.startOfDay(range.fromMs)
  const endMs = dayRange(local, Math.max(range.untilMs - 1, range.fromMs)).untilMs
  const isFromToday = firstMs === today.fromMs
  const fromMs = isFromToday && isYesterdayDue ? local.startOfDay(today.fromMs - 1) : firstMs
  const isTomorrowNear = endMs === today.untilMs && today.untilMs - nowMs < NEAR_END_MS
  return {
    needed: stretches(midnights, { fromMs, untilMs: endMs }),
    welcome: isTomorrowNear ? stretches(midnights, dayRange(local, endMs)) : [],
  }
}

function stretches({ local, vendor }: Midnights, { fromMs, untilMs }: TimeRange): readonly TimeRange[] {
  const cut: TimeRange[] = []
  let startMs = fromMs
  while (startMs < untilMs) {
    const endMs = Math.min(local.startOfNextDay(startMs), vendor.startOfNextDay(startMs), untilMs)
    cut.push({ fromMs: startMs, untilMs: endMs })
    startMs = endMs
  }
  return cut
}
