const IDEOGRAPH = /[\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]/
/** A phrase longer than this is broken. */
const LONGEST_LINE_EM = 5.3

/** Widths in ems of the widest bold face in the font stack: better a little too small than cut. */
function letterWidth(letter: string): number {
  if (IDEOGRAPH.test(letter)) return 1
  if (/[iljtfrI.,:;' –]/.test(letter)) return 0.36
  if (/[mwMW@%]/.test(letter)) return 0.94
  return /[A-Z]/.test(letter) ? 0.7 : 0.62
}

/** Estimated width of one line, in ems of its bold face. */
export function lineWidth(line: string): number {
  return Array.from(line).reduce((sum, letter) => sum + letterWidth(letter), 0)
}

/** The lines a status word is set in: a long phrase becomes two lines of like width, so that each can be large. */
export function wordLines(word: string): readonly string[] {
  if (lineWidth(word) <= LONGEST_LINE_EM) return [word]
  const parts = word.split(' ')
  const splits = parts
    .slice(1)
    .map((_part, index) => [parts.slice(0, index + 1).join(' '), parts.slice(index + 1).join(' ')])
    .sort((a, b) => wordWidth(a) - wordWidth(b))
  return splits[0] ?? [word]
}

/** Estimated width of the widest of some lines, in ems of their bold face. Sizes the word to its field without measuring. */
export function wordWidth(lines: readonly string[]): number {
  return Math.max(...lines.map(lineWidth))
}
