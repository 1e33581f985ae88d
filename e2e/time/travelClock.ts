import type { Clock } from '../../src/core/ports/Clock.ts'

/** Runs at real speed from a chosen moment on, and can be moved forward. */
export interface TravelClock extends Clock {
  /** Moves wall and monotonic time forward together, as if so long had passed; timers that fall due run at once. */
  advance(ms: number): void
}

/** The timers and the monotonic time underneath. */
export interface RealTime {
  readonly monotonic: () => number
  readonly setTimer: (run: () => void, delayMs: number) => () => void
}

interface Waiting {
  readonly dueMs: number
  readonly run: () => void
  cancelTimer: () => void
}

/** Longest delay a platform timer can hold. */
const MAX_TIMER_MS = 2_147_483_647

/** @returns the machine's own time, taken hold of now: later patches of the globals do not reach it */
export function realTime(): RealTime {
  const { setTimeout: set, clearTimeout: clear } = globalThis
  const now = performance.now.bind(performance)
  return {
    monotonic: now,
    setTimer(run, delayMs) {
      const timer = set(run, delayMs)
      return () => clear(timer)
    },
  }
}

/** @param startMs the first wall time, epoch milliseconds */
export function createTravelClock(startMs: number, real: RealTime = realTime()): TravelClock {
  const originMs = real.monotonic()
  const waiting = new Set<Waiting>()
  let travelledMs = 0

  const monotonic = (): number => real.monotonic() - originMs + travelledMs

  function arm(timer: Waiting): void {
    const leftMs = Math.max(0, timer.dueMs - monotonic())
    timer.cancelTimer = real.setTimer(() => fire(timer), Math.min(Math.ceil(leftMs), MAX_TIMER_MS))
  }

  function fire(timer: Waiting): void {
    if (timer.dueMs > monotonic()) {
      arm(timer)
      return
    }
    waiting.delete(timer)
    timer.run()
  }

  return {
    now: () => Math.floor(startMs + monotonic()),
    monotonic,
    schedule(delayMs, run) {
      const timer: Waiting = { dueMs: monotonic() + delayMs, run, cancelTimer: () => undefined }
      waiting.add(timer)
      arm(timer)
      return () => {
        waiting.delete(timer)
        timer.cancelTimer()
      }
    },
    advance(ms) {
      travelledMs += ms
      for (const timer of waiting) {
        timer.cancelTimer()
        arm(timer)
      }
    },
  }
}
