import type { Clock } from '../ports/Clock.ts'
import { raceAbort } from './raceAbort.ts'

/** How long work may take, and what is said of it when it takes longer. */
export interface Deadline {
  readonly clock: Pick<Clock, 'schedule'>
  readonly deadlineMs: number
  /** What {@link withDeadline} throws when the time is over. */
  readonly overdue: () => Error
  /** Whoever may give up before; nobody where it is absent. */
  readonly caller?: AbortSignal
}

/**
 * Runs `run` until it settles, the deadline passes or the caller gives up, whichever is first. Does not wait for work
 * that ignores its signal: a request may hang for ever after a suspend, and must not take the poller with it. The signal
 * of `run` fires at the latest when this settles: an answer nobody reads to its end would keep its connection for ever.
 * @throws the caller's own reason when `caller` fires; {@link Deadline.overdue} at the deadline
 */
export async function withDeadline<T>(
  { clock, deadlineMs, overdue, caller }: Deadline,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  caller?.throwIfAborted()
  const controller = new AbortController()
  const giveUp = (): void => controller.abort(caller?.reason)
  caller?.addEventListener('abort', giveUp, { once: true })
  const cancelTimer = clock.schedule(deadlineMs, () => controller.abort(overdue()))
  try {
    return await raceAbort(run(controller.signal), controller.signal)
  } finally {
    cancelTimer()
    caller?.removeEventListener('abort', giveUp)
    controller.abort(new Error('the work is over'))
  }
}
