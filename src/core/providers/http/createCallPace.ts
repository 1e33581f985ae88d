import type { Clock } from '../../ports/Clock.ts'
import { waitFor } from '../../async/waitFor.ts'

/** Spreads calls over time, for platforms that count them by the second. */
export interface CallPace {
  /** Waits until one more call fits. @throws the signal's reason */
  wait(signal: AbortSignal): Promise<void>
}

/** @param most calls that may begin within any `perMs` milliseconds, at least 1 */
export function createCallPace(clock: Clock, most: number, perMs: number): CallPace {
  let begun: readonly number[] = []

  function waitMs(nowMs: number): number {
    begun = begun.filter((atMs) => atMs > nowMs - perMs)
    const [first] = begun
    return first === undefined || begun.length < most ? 0 : first + perMs - nowMs
  }

  return {
    async wait(signal) {
      signal.throwIfAborted()
      // Whoever waited for the same place looks again: only one of them gets it.
      for (let ms = waitMs(clock.monotonic()); ms > 0; ms = waitMs(clock.monotonic()))
        await waitFor(clock, ms, signal)
      begun = [...begun, clock.monotonic()]
    },
  }
}
