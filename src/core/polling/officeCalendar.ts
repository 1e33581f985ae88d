import { DAY_MS, MINUTE_MS } from '../../shared/domain/duration.ts'
import { contains } from '../../shared/domain/timeRange.ts'
import type { TimeRange } from '../../shared/domain/timeRange.ts'
import type { Zone } from '../../shared/domain/zonedTime.ts'
import type { OfficeHours } from '../../shared/settings/panelConfig.ts'

/** Stretches are kept by blocks of time; each reaches a month and some days beyond its own block. */
const BLOCK_MS = 32 * DAY_MS
const SPAN_DAYS = 68
const KEPT_BLOCKS = 4

/** When the office is open, asked many times a day: the stretches are worked out once a month. */
export interface OfficeCalendar {
  isOpen(atMs: number): boolean
  /** Open time between two instants at most a month apart, in milliseconds. */
  openMsBetween(fromMs: number, untilMs: number): number
  /** The next instant after `atMs` at which the office opens; null where it never does. */
  nextOpening(atMs: number): number | null
}

/** Minutes after midnight of an `HH:MM` the schema has accepted. */
function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}

/** The instant of a wall time of the day that begins at `dayMs`, on days of 23 and 25 hours too. */
function instantOf(zone: Zone, dayMs: number, minutes: number): number {
  const atMs = dayMs + minutes * MINUTE_MS
  return atMs + zone.offsetMs(dayMs) - zone.offsetMs(atMs)
}

/** Hours that end at or before they begin run over midnight into the next day. */
function stretchesFrom(hours: OfficeHours, zone: Zone, startMs: number): readonly TimeRange[] {
  const from = minutesOf(hours.from)
  const until = minutesOf(hours.until)
  const stretches: TimeRange[] = []
  let dayMs = zone.startOfDay(startMs)
  for (let day = 0; day < SPAN_DAYS; day += 1) {
    const nextMs = zone.startOfNextDay(dayMs)
    if (hours.days.includes(zone.wallTime(dayMs).weekday)) {
      const untilMs = instantOf(zone, from < until ? dayMs : nextMs, until)
      stretches.push({ fromMs: instantOf(zone, dayMs, from), untilMs })
    }
    dayMs = nextMs
  }
  return stretches
}

/** See {@link OfficeCalendar}. */
export function createOfficeCalendar(hours: OfficeHours, zone: Zone): OfficeCalendar {
  // The month's first day and today may lie in two blocks; asking for both in turn must not work either out again.
  const blocks = new Map<number, readonly TimeRange[]>()

  /** Stretches that reach at least from two days before `fromMs` to a month after it. */
  function stretches(fromMs: number): readonly TimeRange[] {
    const block = Math.floor(fromMs / BLOCK_MS)
    const known = blocks.get(block)
    if (known) return known
    if (blocks.size >= KEPT_BLOCKS) blocks.clear()
    const fresh = stretchesFrom(hours, zone, block * BLOCK_MS - 2 * DAY_MS)
    blocks.set(block, fresh)
    return fresh
  }

  return {
    isOpen: (atMs) => stretches(atMs).some((stretch) => contains(stretch, atMs)),
    openMsBetween: (fromMs, untilMs) =>
      stretches(fromMs).reduce(
        (sum, one) => sum + Math.max(0, Math.min(one.untilMs, untilMs) - Math.max(one.fromMs, fromMs)),
        0,
      ),
    nextOpening: (atMs) => stretches(atMs).find(({ fromMs }) => fromMs > atMs)?.fromMs ?? null,
  }
}
