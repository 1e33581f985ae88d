import type { ConnectionState, DisplayApi } from '../../../shared/api/DisplayApi.ts'
import { REQUEST_HEADER, SESSION_HEADER } from '../../../shared/api/bridge.ts'
import type { EventName } from '../../../shared/api/events.ts'
import { answerWithinMs, patienceOf } from '../../../shared/api/patience.ts'
import type { RouteName } from '../../../shared/api/routes.ts'
import type { Clock } from '../time/Clock.ts'
import { createUuid } from './createUuid.ts'
import { isAnswerOf, isPayloadOf, unavailable } from './answers.ts'
import { createEventStream } from './eventStream.ts'
import type { EventSourceLike } from './eventStream.ts'
import { createListeners } from './listeners.ts'

/** What the page gives to the transport. */
export interface HttpTransportDeps {
  /** The application's root, ending in a slash; routes are `api/<route>` under it. */
  readonly baseUrl: string
  /** The only room whose events are wanted; null for all. */
  readonly roomId: string | null
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly createEventSource: (url: string) => EventSourceLike
  readonly clock: Clock
  readonly random: () => number
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The contract over HTTP: one POST per request, one SSE stream while anybody listens. */
export function createHttpTransport({
  baseUrl,
  roomId,
  fetch,
  createEventSource,
  clock,
  random,
}: HttpTransportDeps): DisplayApi {
  const events = createListeners<{ readonly name: EventName; readonly payload: unknown }>()
  const connections = createListeners<ConnectionState>()
  const eventsUrl = new URL('api/events', baseUrl)
  if (roomId !== null) eventsUrl.searchParams.set('roomId', roomId)
  let state: ConnectionState = 'connecting'
  let session: string | null = null

  const stream = createEventStream({
    connect: () => createEventSource(eventsUrl.href),
    clock,
    random,
    onEvent: (name, data) => events.tell({ name, payload: parseJson(data) }),
    onState(next) {
      if (next === state) return
      state = next
      connections.tell(next)
    },
  })

  const isIdle = (): boolean => events.size + connections.size === 0

  /** The stream lives as long as somebody listens. */
  function listen(add: () => () => void): () => void {
    const wasIdle = isIdle()
    const remove = add()
    if (wasIdle) stream.start()
    return () => {
      if (isIdle()) return
      remove()
      if (!isIdle()) return
      stream.stop()
      state = 'connecting'
    }
  }

  async function post(route: RouteName, input: unknown): Promise<unknown> {
    const abort = new AbortController()
    const cancelTimeout = clock.schedule(answerWithinMs[patienceOf[route]], () => abort.abort())
    try {
      const response = await fetch(new URL(`api/${route}`, baseUrl).href, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          [REQUEST_HEADER]: createUuid(),
          ...(session === null ? {} : { [SESSION_HEADER]: session }),
        },
        body: JSON.stringify(input),
        cache: 'no-store',
        signal: abort.signal,
      })
      return await response.json()
    } finally {
      cancelTimeout()
    }
  }

  return {
    async request(route, input) {
      try {
        const answer = await post(route, input)
        return isAnswerOf(route, answer) ? answer : unavailable
      } catch {
        return unavailable
      }
    },
    useSession(token) {
      session = token
    },
    on: (event, listener) =>
      listen(() =>
        events.add(({ name, payload }) => {
          if (name === event && isPayloadOf(event, payload)) listener(payload)
        }),
      ),
    onConnection(listener) {
      const remove = listen(() => connections.add(listener))
      listener(state)
      return remove
    },
  }
}
