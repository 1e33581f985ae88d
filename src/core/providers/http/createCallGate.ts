import { raceAbort } from '../../async/raceAbort.ts'

/** Lets a limited number of calls run at once; the others wait in the order they came. */
export interface CallGate {
  /** @throws what `run` throws; or the signal's reason, without running, when it fires while waiting */
  pass<T>(run: () => Promise<T>, signal: AbortSignal): Promise<T>
}

/** @param width how many may run at once, at least 1 */
export function createCallGate(width: number): CallGate {
  let running = 0
  const waiting = new Set<() => void>()

  function admitNext(): void {
    const [next] = waiting
    if (!next || running >= width) return
    waiting.delete(next)
    running += 1
    next()
  }

  async function admission(signal: AbortSignal): Promise<void> {
    let admit = (): void => undefined
    const admitted = new Promise<void>((resolve) => (admit = resolve))
    waiting.add(admit)
    admitNext()
    try {
      await raceAbort(admitted, signal)
    } catch (error) {
      // Admitted in the same breath as the abort: the place goes to the next one.
      if (!waiting.delete(admit)) leave()
      throw error
    }
  }

  function leave(): void {
    running -= 1
    admitNext()
  }

  return {
    async pass(run, signal) {
      signal.throwIfAborted()
      await admission(signal)
      try {
        signal.throwIfAborted()
        return await run()
      } finally {
        leave()
      }
    },
  }
}
