import type { Clock } from '../ports/Clock.ts'

interface Scheduled {
  readonly atMonotonicMs: number
  readonly order: number
  readonly run: () => void
}

/** A clock that moves only when told. */
export interface FakeClock extends Clock {
  /**
   * Moves time on and runs what falls due, in order, letting promises settle in between.
   * @throws when more than `maxRuns` timers fire: something re-arms itself without progress
   */
  advance(ms: number, maxRuns?: number): Promise<void>
  /** Moves the wall clock alone, as NTP or a user would; timers and monotonic time stay. */
  jump(ms: number): void
  /** How many timers wait. */
  pending(): number
}

/** Lets every settled promise run its continuations, through several hops. */
export async function settle(): Promise<void> {
  for (let hop = 0; hop < 50; hop += 1) await Promise.resolve()
}

/** As {@link settle}, for code that reads streams: those need turns of the event loop, not only promises. */
export async function settleStreams(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

/**
 * @param startMs first wall time, epoch milliseconds
 * @param settleWith lets what a timer started run its course before the next one fires
 */
export function createFakeClock(startMs: number, settleWith = settle): FakeClock {
  let elapsedMs = 0
  let shiftMs = 0
  let orders = 0
  const timers = new Set<Scheduled>()

  function schedule(delayMs: number, run: () => void): () => void {
    const timer = { atMonotonicMs: elapsedMs + Math.max(0, delayMs), order: (orders += 1), run }
    timers.add(timer)
    return () => timers.delete(timer)
  }

  function nextDue(untilMs: number): Scheduled | undefined {
    return [...timers]
      .filter((timer) => timer.atMonotonicMs <= untilMs)
      .sort((a, b) => a.atMonotonicMs - b.atMonotonicMs || a.order - b.order)[0]
  }

  async function advance(ms: number, maxRuns = 100_000): Promise<void> {
    const untilMs = elapsedMs + ms
    await settleWith()
    for (let runs = 0; ; runs += 1) {
      if (runs > maxRuns) throw new Error(`more than ${maxRuns} timers fired within ${ms} ms`)
      const timer = nextDue(untilMs)
      if (!timer) break
      timers.delete(timer)
      elapsedMs = Math.max(elapsedMs, timer.atMonotonicMs)
      timer.run()
      await settleWith()
    }
    elapsedMs = untilMs
  }

  return {
    now: () => startMs + elapsedMs + shiftMs,
    monotonic: () => elapsedMs,
    schedule,
    advance,
    jump: (ms) => {
      shiftMs += ms
    },
    pending: () => timers.size,
  }
}
