import type { Clock } from '../../ports/Clock.ts'
import { ProviderError } from '../ProviderError.ts'
import { raceAbort } from './raceAbort.ts'

/**
 * Runs `run` until it settles, the deadline passes or the caller gives up, whichever is first. Does not wait for work
 * that ignores its signal: a request may hang for ever after a suspend, and must not take the poller with it. The signal
 * of `run` fires at the latest when this settles: an answer nobody reads to its end would keep its connection for ever.
 * @param name the call's name, for the error's text
 * @throws the caller's own reason when `caller` fires; ProviderError of kind `network` at the deadline
 */
export async function withDeadline<T>(
  clock: Clock,
  deadlineMs: number,
  name: string,
  caller: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  caller.throwIfAborted()
  const controller = new AbortController()
  const giveUp = (): void => controller.abort(caller.reason)
  caller.addEventListener('abort', giveUp, { once: true })
  const cancelTimer = clock.schedule(deadlineMs, () => controller.abort(overdue(name, deadlineMs)))
  try {
    return await raceAbort(run(controller.signal), controller.signal)
  } finally {
    cancelTimer()
    caller.removeEventListener('abort', giveUp)
    controller.abort(over(name))
  }
}

const over = (name: string): Error => new Error(`${name}: the call is over`)

const overdue = (name: string, deadlineMs: number): ProviderError =>
  new ProviderError('network', `${name}: no complete answer within ${deadlineMs} ms`, {
    vendorCode: 'DEADLINE',
  })
