import { occupiedRange } from './meeting.ts'
import type { Meeting } from './meeting.ts'
import type { TimeRange } from './timeRange.ts'

/** One meeting as a row of the day, cut to the range shown. */
export interface TimelineEntry extends TimeRange {
  readonly meeting: Meeting
  /** The meeting began before the range, or goes on after it. */
  readonly isCutAtStart: boolean
  readonly isCutAtEnd: boolean
  /** Column among the meetings it overlaps, counted from 0, and how many columns that group needs. */
  readonly lane: number
  readonly lanes: number
}

interface Placed extends TimeRange {
  readonly meeting: Meeting
  readonly lane: number
}

function cut(meetings: readonly Meeting[], shown: TimeRange): (TimeRange & { readonly meeting: Meeting })[] {
  return meetings
    .flatMap((meeting) => {
      const range = occupiedRange(meeting)
      if (range === null || range.untilMs <= shown.fromMs || range.fromMs >= shown.untilMs) return []
      return [{ meeting, fromMs: range.fromMs, untilMs: range.untilMs }]
    })
    .sort((a, b) => a.fromMs - b.fromMs || b.untilMs - a.untilMs || (a.meeting.id < b.meeting.id ? -1 : 1))
}

/** Gives every entry of one overlapping group the leftmost column that is free at its start. */
function place(group: readonly (TimeRange & { readonly meeting: Meeting })[]): {
  placed: Placed[]
  lanes: number
} {
  const laneEnds: number[] = []
  const placed = group.map((entry) => {
    const open = laneEnds.findIndex((endMs) => endMs <= entry.fromMs)
    const lane = open === -1 ? laneEnds.length : open
    laneEnds[lane] = entry.untilMs
    return { ...entry, lane }
  })
  return { placed, lanes: laneEnds.length }
}

/**
 * The meetings that occupy any of `shown`, cut to it, sorted by start, side by side where they overlap.
 * Cancelled and other not-counting meetings are left out.
 */
export function timeline(meetings: readonly Meeting[], shown: TimeRange): readonly TimelineEntry[] {
  const groups: (TimeRange & { readonly meeting: Meeting })[][] = []
  let groupEndMs = -Infinity
  for (const entry of cut(meetings, shown)) {
    if (entry.fromMs >= groupEndMs) groups.push([])
    groups.at(-1)?.push(entry)
    groupEndMs = Math.max(groupEndMs, entry.untilMs)
  }
  return groups.flatMap((group) => {
    const { placed, lanes } = place(group)
    return placed.map(({ meeting, fromMs, untilMs, lane }) => ({
      meeting,
      fromMs: Math.max(fromMs, shown.fromMs),
      untilMs: Math.min(untilMs, shown.untilMs),
      isCutAtStart: fromMs < shown.fromMs,
      isCutAtEnd: untilMs > shown.untilMs,
      lane,
      lanes,
    }))
  })
}
