import type { Clock } from '../ports/Clock.ts'
import { raceAbort } from './raceAbort.ts'

/** Lets time pass. @throws the signal's reason */
export async function waitFor(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  let cancel = (): void => undefined
  try {
    await raceAbort(
      new Promise<void>((resolve) => {
        cancel = clock.schedule(ms, resolve)
      }),
      signal,
    )
  } finally {
    cancel()
  }
}
