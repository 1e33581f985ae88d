import type { Clock } from '../ports/Clock.ts'

/** See {@link createLeapClock}. */
export interface LeapClock extends Clock {
  /** Sets the wall clock; no time passes. */
  setNow(nowMs: number): void
  /** Lets time pass at once, on both clocks; timers that fell due run when all is quiet. */
  elapse(ms: number): void
  /** Time spent on the other side of the wire: goes by with everybody else's, and is waited for by nobody alone. */
  linger(delayMs: number, run: () => void): () => void
}

interface Timer {
  readonly atMs: number
  readonly run: () => void
  readonly isWaitedFor: boolean
}

/**
 * A clock for code that waits on what a test does not see: as soon as nothing but time can help, time leaps to the next
 * timer. A minute's wait takes no time, and no deadline comes because the machine is busy.
 * @param startMs first wall time, epoch milliseconds
 * @param settle resolves when nothing is under way any more that needs no time
 */
export function createLeapClock(startMs: number, settle: () => Promise<void>): LeapClock {
  const timers = new Set<Timer>()
  let elapsedMs = 0
  let shiftMs = 0
  let isLeaping = false

  /** Of several that are due at once the one that was set first. */
  const next = (): Timer | undefined =>
    [...timers].reduce<Timer | undefined>(
      (one, other) => (one && one.atMs <= other.atMs ? one : other),
      undefined,
    )
  const isAwaited = (): boolean => [...timers].some(({ isWaitedFor }) => isWaitedFor)

  async function leap(): Promise<void> {
    await settle()
    while (isAwaited()) {
      const timer = next()
      if (!timer) break
      timers.delete(timer)
      elapsedMs = Math.max(elapsedMs, timer.atMs)
      timer.run()
      await settle()
    }
    isLeaping = false
  }

  function add(delayMs: number, run: () => void, isWaitedFor: boolean): () => void {
    const timer: Timer = { atMs: elapsedMs + Math.max(0, delayMs), run, isWaitedFor }
    timers.add(timer)
    if (isWaitedFor && !isLeaping) {
      isLeaping = true
      void leap()
    }
    return () => timers.delete(timer)
  }

  const now = (): number => startMs + elapsedMs + shiftMs
  return {
    now,
    monotonic: () => elapsedMs,
    schedule: (delayMs, run) => add(delayMs, run, true),
    linger: (delayMs, run) => add(delayMs, run, false),
    setNow: (nowMs) => {
      shiftMs += nowMs - now()
    },
    elapse: (ms) => {
      elapsedMs += ms
    },
  }
}
