import type { StatusText } from './statusText.ts'
import { lineWidth } from './wordWidth.ts'

/** Lengths below are in the panel's unit: a hundredth of its smaller side. They mirror StatusMessage's styles. */
const COLUMN_WIDTH = 86
/** What something beside the column takes from it. */
const ASIDE_WIDTH = 23
/** The estimate is of bold type; running text is lighter. */
const REGULAR = 0.94

/**
 * How much height the lines under the status word take, without the title, so that the word can have the rest: the word
 * is as large as its field allows, without measuring and without a second layout.
 */
export function messageHeight(
  { lead, time, organizer, remedy, note }: StatusText,
  hasAside: boolean,
): number {
  const width = hasAside ? COLUMN_WIDTH - ASIDE_WIDTH : COLUMN_WIDTH
  const linesOf = (text: string, size: number): number =>
    Math.ceil((lineWidth(text) * REGULAR * size) / width)
  const leadHeight = lead === null ? 0 : 1.6 + linesOf(lead, 4.8) * 6.2
  const details = [time, organizer].filter((part) => part !== null).join('    ')
  const detailsHeight = details === '' ? 0 : 1 + linesOf(details, 3.5) * 4.9
  const remedyHeight = remedy === null ? 0 : 1 + linesOf(remedy, 3.5) * 4.9
  const noteHeight = note === null ? 0 : 1.6 + linesOf(note, 3.1) * 4.4
  return Math.round((leadHeight + detailsHeight + remedyHeight + noteHeight) * 10) / 10
}
