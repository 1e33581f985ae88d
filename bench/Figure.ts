/** One measured number beside what it must be and what the best of the others is. */
export interface Figure {
  /** E.g. `opening: last plan on screen`. */
  readonly name: string
  readonly unit: string
  readonly ours: number
  /** What it must not exceed; null where there is no promise yet. */
  readonly target: number | null
  /** The best known other product or open project, or the empty app beside ours; null where there is none. */
  readonly peer: number | null
  /** How it was measured, or what it is made of. */
  readonly detail: string
}

/** Whether a figure keeps its promise. */
export const isKept = ({ ours, target }: Figure): boolean => target === null || ours <= target

/** The middle one; the mean of the two middle ones of an even number. @throws on an empty list */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  if (upper === undefined || lower === undefined) throw new Error('nothing was measured')
  return (upper + lower) / 2
}

/** Rounds for people: three digits, never more. */
export function rounded(value: number): number {
  if (value === 0) return 0
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))
  return Number(value.toFixed(Math.min(digits, 3)))
}
