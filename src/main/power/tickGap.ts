/** One look at both clocks. */
export interface Tick {
  readonly wallMs: number
  readonly monotonicMs: number
}

/** What lies between two looks. `slept` also stands for a process that was frozen. */
export type TickGap = 'steady' | 'slept' | 'clockMoved'

/** A busy machine is late by seconds; a minute is sleep. Clocks are corrected by fractions; two seconds are a jump. */
const LATE_MS = 30_000
const JUMP_MS = 2_000

/**
 * Compares two looks that should be `plannedMs` apart. Needed because Linux does not always report a resume. Whether the
 * monotonic clock runs on during sleep differs by system; both ways are seen. Pure.
 */
export function tickGap(before: Tick, now: Tick, plannedMs: number): TickGap {
  const monotonicMs = now.monotonicMs - before.monotonicMs
  const wallMs = now.wallMs - before.wallMs
  if (monotonicMs - plannedMs > LATE_MS) return 'slept'
  if (wallMs - monotonicMs > LATE_MS) return 'slept'
  return Math.abs(wallMs - monotonicMs) > JUMP_MS ? 'clockMoved' : 'steady'
}
