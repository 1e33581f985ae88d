import type { Clock } from '../time/Clock.ts'

/** A clock that stands: every picture of the gallery is taken at the same instant. */
export function createStillClock(nowMs: number): Clock {
  return { now: () => nowMs, monotonic: () => 0, schedule: () => () => undefined }
}
