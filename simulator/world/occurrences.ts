import type { CalendarEntry, RepeatKind } from './calendarEntry.ts'
import { dayMs, localMidnight, localWeekday } from './shanghaiTime.ts'

/** No series of the simulator is longer. */
const mostOccurrences = 400
const zoneOffsetMs = 8 * 3_600_000

/** The same local time some calendar months later, or null where that month has no such day. */
function addMonths(atMs: number, months: number): number | null {
  const local = new Date(atMs + zoneOffsetMs)
  const dayOfMonth = local.getUTCDate()
  local.setUTCMonth(local.getUTCMonth() + months)
  return local.getUTCDate() === dayOfMonth ? local.getTime() - zoneOffsetMs : null
}

function nthStart(kind: RepeatKind, startMs: number, index: number): number | null {
  switch (kind) {
    case 'day':
      return startMs + index * dayMs
    case 'week':
      return startMs + index * 7 * dayMs
    case 'workday': {
      const atMs = startMs + index * dayMs
      return localWeekday(atMs) % 6 === 0 ? null : atMs
    }
    case 'month':
      return addMonths(startMs, index)
    case 'year':
      return addMonths(startMs, index * 12)
  }
}

/** When an entry takes place, in order of time; days taken out of the series are left out. */
export function occurrences(
  entry: CalendarEntry,
): readonly { readonly startMs: number; readonly endMs: number }[] {
  const { repeat, startMs, endMs } = entry
  if (repeat === null) return [{ startMs, endMs }]
  const found: { startMs: number; endMs: number }[] = []
  for (let index = 0; index < mostOccurrences; index += 1) {
    const atMs = nthStart(repeat.kind, startMs, index)
    if (atMs === null) continue
    if (atMs > repeat.untilMs) break
    if (!entry.excludedDaysMs.includes(localMidnight(atMs)))
      found.push({ startMs: atMs, endMs: atMs + endMs - startMs })
  }
  return found
}
