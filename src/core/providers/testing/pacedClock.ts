import type { Clock } from '../../ports/Clock.ts'

/** The part of its time a timer takes when there is a hurry. */
const HURRY = 20

/** See {@link createPacedClock}. */
export interface PacedClock extends Clock {
  /** Sets the wall clock; no time passes. */
  setNow(nowMs: number): void
  /** Lets time pass at once, on both clocks; deadlines under way keep theirs. */
  elapse(ms: number): void
  /** From now on deadlines come early, for cases that wait for one. Others keep theirs: the machine may be busy. */
  hurry(): void
}

/** A clock for tests with real sockets: it runs as time does, from any moment on. */
export function createPacedClock(startMs: number): PacedClock {
  let elapsedMs = 0
  const monotonic = (): number => performance.now() + elapsedMs
  let offsetMs = startMs - monotonic()
  let pace = 1
  return {
    now: () => Math.round(monotonic() + offsetMs),
    monotonic,
    elapse: (ms) => {
      elapsedMs += ms
    },
    schedule(delayMs, run) {
      const timer = setTimeout(run, delayMs / pace)
      return () => clearTimeout(timer)
    },
    setNow: (ms) => {
      offsetMs = ms - monotonic()
    },
    hurry: () => {
      pace = HURRY
    },
  }
}
