import { occupiedRange } from '../../../shared/domain/meeting.ts'
import type { Meeting } from '../../../shared/domain/meeting.ts'

/** The timeline's window in pixels of the day's track. */
export interface TimelineWindow {
  /** Height of the whole day and of the window on it. */
  readonly dayPx: number
  readonly viewPx: number
  /** How far below the window's top the present lies. */
  readonly leadPx: number
  /** What a box must show of itself for its title to be readable. */
  readonly labelPx: number
}

/** Boxes shorter than this leave no line of text that can be read at a door. */
const SHORT_MS = 25 * 60_000
/** As far ahead as the window shows at its usual scale, roughly. */
const IN_SIGHT_MS = 4 * 3_600_000

/** Whether short meetings lie ahead in the window, so that it had better show fewer hours, larger. */
export function isDense(meetings: readonly Meeting[], nowMs: number): boolean {
  return meetings.some((meeting) => {
    const range = occupiedRange(meeting)
    if (range === null || range.untilMs <= nowMs || range.fromMs >= nowMs + IN_SIGHT_MS) return false
    return range.untilMs - range.fromMs < SHORT_MS
  })
}

/**
 * Where the window begins: the present near its top, stopped at the day's ends. A meeting whose title would be cut by the
 * lower edge moves the window a little further, so that every box in sight says what it is.
 * @param present share of the day, 0 to 1
 * @param tops where boxes begin, as shares of the day
 */
export function timelineTop(
  present: number,
  tops: readonly number[],
  { dayPx, viewPx, leadPx, labelPx }: TimelineWindow,
): number {
  const lastPx = Math.max(0, dayPx - viewPx)
  const topPx = Math.min(lastPx, Math.max(0, present * dayPx - leadPx))
  // The present keeps at least a third of its distance from the upper edge.
  const spare = Math.max(0, Math.min(lastPx - topPx, present * dayPx - topPx - leadPx / 3))
  const missing = tops
    .map((top) => top * dayPx - topPx)
    .filter((atPx) => atPx < viewPx && atPx + labelPx > viewPx)
    .map((atPx) => atPx + labelPx - viewPx)
    .filter((px) => px <= spare)
  return topPx + Math.max(0, ...missing)
}
