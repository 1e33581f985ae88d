/** A half-open interval `[fromMs, untilMs)` of epoch milliseconds. */
export interface TimeRange {
  readonly fromMs: number
  readonly untilMs: number
}

/** The interval of anything that starts and ends. */
export const rangeOf = ({
  startMs,
  endMs,
}: {
  readonly startMs: number
  readonly endMs: number
}): TimeRange => ({
  fromMs: startMs,
  untilMs: endMs,
})

/** Whether two intervals share any time. Touching is not overlapping. */
export const overlaps = (one: TimeRange, other: TimeRange): boolean =>
  one.fromMs < other.untilMs && other.fromMs < one.untilMs

/** Whether all of `inner` lies in `outer`. */
export const covers = (outer: TimeRange, inner: TimeRange): boolean =>
  outer.fromMs <= inner.fromMs && inner.untilMs <= outer.untilMs

/** Whether an instant lies in the interval; its end does not. */
export const contains = ({ fromMs, untilMs }: TimeRange, atMs: number): boolean =>
  fromMs <= atMs && atMs < untilMs

/** What two intervals share, null where that is nothing. */
export const clip = (one: TimeRange, bounds: TimeRange): TimeRange | null => {
  const fromMs = Math.max(one.fromMs, bounds.fromMs)
  const untilMs = Math.min(one.untilMs, bounds.untilMs)
  return fromMs < untilMs ? { fromMs, untilMs } : null
}

/** Its length in milliseconds. */
export const lengthMs = ({ fromMs, untilMs }: TimeRange): number => untilMs - fromMs
