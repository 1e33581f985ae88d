import { DAY_MS, HOUR_MS } from './duration.ts'
import type { TimeRange } from './timeRange.ts'

/** A wall-clock reading in some zone; `weekday` counts from Sunday 0. */
export interface WallTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly weekday: number
}

/** Answers questions about wall time in one IANA zone. Building one is costly (Intl), asking it is not. */
export interface Zone {
  readonly name: string
  /** Offset of local wall time from UTC at this instant, in milliseconds; east is positive. */
  offsetMs(atMs: number): number
  wallTime(atMs: number): WallTime
  /** First instant of the local day that holds `atMs`. Where midnight does not exist (DST), the day's first real instant. */
  startOfDay(atMs: number): number
  /** First instant of the next local day; days may last 23 to 25 hours. */
  startOfNextDay(atMs: number): number
}

/** Whether the runtime knows the zone's name. */
export function isKnownZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/**
 * @param name IANA zone such as `Asia/Shanghai`
 * @throws RangeError when the runtime does not know the zone
 */
export function createZone(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })

  function offsetMs(atMs: number): number {
    const seconds = Math.floor(atMs / 1000) * 1000
    const parts: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(seconds)) parts[type] = Number(value)
    const local = Date.UTC(
      parts['year'] ?? NaN,
      (parts['month'] ?? NaN) - 1,
      parts['day'],
      parts['hour'],
      parts['minute'],
      parts['second'],
    )
    return local - seconds
  }

  function wallTime(atMs: number): WallTime {
    const local = new Date(atMs + offsetMs(atMs))
    return {
      year: local.getUTCFullYear(),
      month: local.getUTCMonth() + 1,
      day: local.getUTCDate(),
      hour: local.getUTCHours(),
      minute: local.getUTCMinutes(),
      weekday: local.getUTCDay(),
    }
  }

  const localDayNumber = (atMs: number): number => Math.floor((atMs + offsetMs(atMs)) / DAY_MS)

  /** The first instant whose local day is `day` or later, found by narrowing: no assumption about where DST jumps. */
  function firstInstantOf(day: number, nearMs: number): number {
    let low = nearMs - 30 * HOUR_MS
    let high = nearMs + 30 * HOUR_MS
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (localDayNumber(middle) >= day) high = middle
      else low = middle
    }
    return high
  }

  function startOfDay(atMs: number): number {
    const day = localDayNumber(atMs)
    const guess = day * DAY_MS - offsetMs(atMs)
    if (localDayNumber(guess) === day && localDayNumber(guess - 1) < day) return guess
    return firstInstantOf(day, guess)
  }

  function startOfNextDay(atMs: number): number {
    const day = localDayNumber(atMs) + 1
    const guess = day * DAY_MS - offsetMs(atMs)
    if (localDayNumber(guess) === day && localDayNumber(guess - 1) < day) return guess
    return firstInstantOf(day, guess)
  }

  return { name, offsetMs, wallTime, startOfDay, startOfNextDay }
}

/** The local day that holds `atMs`, as a half-open range. */
export function dayRange(zone: Zone, atMs: number): TimeRange {
  return { fromMs: zone.startOfDay(atMs), untilMs: zone.startOfNextDay(atMs) }
}

/** First instant of the calendar month after the one that holds `atMs`. */
export function startOfNextMonth(zone: Zone, atMs: number): number {
  const { month } = zone.wallTime(atMs)
  let nextMs = zone.startOfNextDay(atMs)
  while (zone.wallTime(nextMs).month === month) nextMs = zone.startOfNextDay(nextMs)
  return nextMs
}
