import type { Logger } from '../ports/Logger.ts'

/** Hands events to whoever listens at that moment. */
export interface EventHub<E> {
  publish(event: E): void
  /** @returns unsubscribes */
  subscribe(listener: (event: E) => void): () => void
}

/** A listener that throws is logged and does not keep the others from hearing. */
export function createEventHub<E extends { readonly name: string }>(log: Logger): EventHub<E> {
  const listeners = new Set<(event: E) => void>()
  return {
    publish(event) {
      for (const listener of [...listeners]) {
        try {
          listener(event)
        } catch (error: unknown) {
          log.error('an event listener failed', {
            event: event.name,
            type: error instanceof Error ? error.name : typeof error,
          })
        }
      }
    },
    subscribe(listener) {
      // A wrapper of its own, so that the same function may listen twice and leave twice.
      const own = (event: E): void => listener(event)
      listeners.add(own)
      return () => listeners.delete(own)
    },
  }
}
