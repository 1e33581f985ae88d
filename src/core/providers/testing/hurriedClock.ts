import type { Clock } from '../../ports/Clock.ts'

/** Timers run in this part of their time. */
const HURRY = 20

/** A clock for tests with real sockets: wall time stands still until it is set, deadlines come soon. */
export function createHurriedClock(startMs: number): Clock & { setNow(nowMs: number): void } {
  let nowMs = startMs
  return {
    now: () => nowMs,
    monotonic: () => performance.now(),
    schedule(delayMs, run) {
      const timer = setTimeout(run, delayMs / HURRY)
      return () => clearTimeout(timer)
    },
    setNow: (ms) => {
      nowMs = ms
    },
  }
}
