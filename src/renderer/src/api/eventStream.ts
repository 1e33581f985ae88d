import type { ConnectionState } from '../../../shared/api/DisplayApi.ts'
import { eventNames } from '../../../shared/api/events.ts'
import type { EventName } from '../../../shared/api/events.ts'
import type { Clock } from '../time/Clock.ts'

/** The host sends a ping every 15 s; after this much silence the line is dead, whatever the socket believes. */
export const SILENCE_LIMIT_MS = 40_000
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 30_000

/** The part of the browser's `EventSource` that is used. */
export interface EventSourceLike {
  addEventListener(type: string, listener: (event: { readonly data?: unknown }) => void): void
  close(): void
}

/** What an {@link EventStream} is built from. */
export interface EventStreamDeps {
  readonly connect: () => EventSourceLike
  readonly clock: Clock
  /** In `[0, 1)`; spreads the retries of many screens after the host's restart. */
  readonly random: () => number
  readonly onEvent: (name: EventName, data: string) => void
  readonly onState: (state: ConnectionState) => void
}

/** One server-sent event stream that is reconnected for ever. */
export interface EventStream {
  start(): void
  stop(): void
}

/** The browser's own reconnection gives up on an HTTP error and never notices a dead line, so it is not relied on. */
export function createEventStream({
  connect,
  clock,
  random,
  onEvent,
  onState,
}: EventStreamDeps): EventStream {
  let source: EventSourceLike | null = null
  let failures = 0
  let cancelTimer = (): void => undefined

  function watchSilence(): void {
    cancelTimer()
    cancelTimer = clock.schedule(SILENCE_LIMIT_MS, lose)
  }

  function lose(): void {
    stop()
    onState('lost')
    const longestMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures)
    failures += 1
    cancelTimer = clock.schedule(longestMs * (0.5 + random() / 2), open)
  }

  function open(): void {
    const mine = connect()
    source = mine
    // A closed source may still deliver what was queued; it must not speak for its successor.
    const ifCurrent = (run: (data: unknown) => void) => (event: { readonly data?: unknown }) => {
      if (source === mine) run(event.data)
    }
    mine.addEventListener(
      'open',
      ifCurrent(() => {
        failures = 0
        watchSilence()
        onState('open')
      }),
    )
    mine.addEventListener('error', ifCurrent(lose))
    mine.addEventListener('ping', ifCurrent(watchSilence))
    for (const name of eventNames) {
      mine.addEventListener(
        name,
        ifCurrent((data) => {
          watchSilence()
          if (typeof data === 'string') onEvent(name, data)
        }),
      )
    }
    watchSilence()
  }

  function start(): void {
    failures = 0
    onState('connecting')
    open()
  }

  function stop(): void {
    cancelTimer()
    source?.close()
    source = null
  }

  return { start, stop }
}
