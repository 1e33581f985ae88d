import { lineWidth } from './wordWidth.ts'

/** Lengths in the panel's unit; they mirror RoomHeader's styles. */
const COLUMN_WIDTH = 69
const LINES = 2
const SIZE = 3.1
const GAP = 2.6
const REGULAR = 0.94
/** "+3" behind the last one shown. */
const REST_WIDTH = 5

function linesOf(widths: readonly number[]): number {
  let lines = 1
  let used = 0
  for (const width of widths) {
    const isFirst = used === 0
    const needed = isFirst ? width : used + GAP + width
    if (needed > COLUMN_WIDTH && !isFirst) {
      lines += 1
      used = width
    } else used = needed
  }
  return lines
}

/** How many of a room's facts fit under its name; the rest is counted, never cut. */
export function fittingFacts(facts: readonly string[]): number {
  const widths = facts.map((fact) => lineWidth(fact) * SIZE * REGULAR)
  if (linesOf(widths) <= LINES) return facts.length
  const shown = widths.findIndex((_width, index) => {
    return linesOf([...widths.slice(0, index + 1), REST_WIDTH]) > LINES
  })
  return Math.max(0, shown)
}
