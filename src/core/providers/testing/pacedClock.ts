import type { Clock } from '../../ports/Clock.ts'

/** The part of its time a timer takes when there is a hurry. */
const HURRY = 20

/** See {@link createPacedClock}. */
export interface PacedClock extends Clock {
  setNow(nowMs: number): void
  /** From now on deadlines come early, for cases that wait for one. Others keep theirs: the machine may be busy. */
  hurry(): void
}

/** A clock for tests with real sockets: it runs as time does, from any moment on. */
export function createPacedClock(startMs: number): PacedClock {
  let offsetMs = startMs - performance.now()
  let pace = 1
  return {
    now: () => Math.round(performance.now() + offsetMs),
    monotonic: () => performance.now(),
    schedule(delayMs, run) {
      const timer = setTimeout(run, delayMs / pace)
      return () => clearTimeout(timer)
    },
    setNow: (ms) => {
      offsetMs = ms - performance.now()
    },
    hurry: () => {
      pace = HURRY
    },
  }
}
