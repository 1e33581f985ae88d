import { pressStepsMs } from '../../shared/api/patience.ts'
import type { Logger } from '../ports/Logger.ts'
import type { Clock } from '../ports/Clock.ts'
import { ProviderError } from '../providers/ProviderError.ts'
import type { WriteOutcome } from '../providers/RoomActions.ts'

/** Runs the writes of a platform under a deadline. */
export interface Writer {
  /** Never throws. A platform that breaks its contract leaves `unclear`: what it did then, nobody knows. */
  run(call: (signal: AbortSignal) => Promise<WriteOutcome>): Promise<WriteOutcome>
  /** Gives up what runs now and from now on. */
  stop(): void
}

/** See {@link Writer}. */
export function createWriter(clock: Clock, log: Logger): Writer {
  const running = new Set<AbortController>()
  let isStopped = false
  const givenUp = new ProviderError('network', 'the action was given up on')

  async function ask(call: (signal: AbortSignal) => Promise<WriteOutcome>, signal: AbortSignal) {
    try {
      return await call(signal)
    } catch (error: unknown) {
      // The one throw the contract knows: aborted before anything was sent.
      if (signal.aborted && error === signal.reason) {
        return { kind: 'refused', reason: 'offline', error: givenUp } as const
      }
      log.error('a write broke its contract', { type: error instanceof Error ? error.name : typeof error })
      return { kind: 'unclear', error: new ProviderError('badResponse', 'a write threw') } as const
    }
  }

  return {
    // Not `withDeadline`: after its abort a write gets a grace to say whether it had left.
    async run(call) {
      const controller = new AbortController()
      if (isStopped) controller.abort(givenUp)
      running.add(controller)
      let cancel: () => void = () => undefined
      const overdue = new Promise<WriteOutcome>((resolve) => {
        const leave = (): void => resolve({ kind: 'unclear', error: givenUp })
        const armGrace = (): void => {
          cancel()
          cancel = clock.schedule(pressStepsMs.writeGrace, leave)
        }
        cancel = clock.schedule(pressStepsMs.write, () => controller.abort(givenUp))
        if (controller.signal.aborted) armGrace()
        else controller.signal.addEventListener('abort', armGrace, { once: true })
      })
      try {
        return await Promise.race([ask(call, controller.signal), overdue])
      } finally {
        cancel()
        running.delete(controller)
      }
    },
    stop() {
      isStopped = true
      for (const controller of running) controller.abort(givenUp)
    },
  }
}
