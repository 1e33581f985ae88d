import type { ConnectionState, DisplayApi } from '../../../shared/api/DisplayApi.ts'
import type { ApiResult } from '../../../shared/api/errors.ts'
import type { ApiEvents, EventName } from '../../../shared/api/events.ts'
import type { InputOf, OutputOf, RouteName } from '../../../shared/api/routes.ts'
import { isAnswerOf, isPayloadOf, unavailable } from './answers.ts'
import { createListeners } from './listeners.ts'

type Awaitable<T> = T | Promise<T>

/** What a fake core answers, by route; a route left out is unavailable. */
export type FakeAnswers = {
  readonly [R in RouteName]?: (input: InputOf<R>) => Awaitable<ApiResult<OutputOf<R>>>
}

/** One request as it was asked, with the session it was sent with. */
export interface FakeRequest {
  readonly route: RouteName
  readonly input: unknown
  readonly session: string | null
}

/** A core that does what it is told, for tests and for the gallery. */
export interface FakeApi extends DisplayApi {
  /** Requests so far, in order. */
  readonly requests: readonly FakeRequest[]
  emit<E extends EventName>(event: E, payload: ApiEvents[E]): void
  setConnection(state: ConnectionState): void
  /** How many callbacks are registered: zero after a clean end. */
  listenerCount(): number
}

/** @param answers read at every request, so a test may change what stands behind them */
export function createFakeApi(answers: FakeAnswers, initialState: ConnectionState = 'open'): FakeApi {
  const requests: FakeRequest[] = []
  const events = createListeners<{ readonly name: EventName; readonly payload: unknown }>()
  const connections = createListeners<ConnectionState>()
  let state = initialState
  let session: string | null = null

  return {
    requests,
    async request(route, input) {
      requests.push({ route, input, session })
      try {
        const answer = await answers[route]?.(input)
        return isAnswerOf(route, answer) ? answer : unavailable
      } catch {
        return unavailable
      }
    },
    useSession(token) {
      session = token
    },
    on: (event, listener) =>
      events.add(({ name, payload }) => {
        if (name === event && isPayloadOf(event, payload)) listener(payload)
      }),
    onConnection(listener) {
      const remove = connections.add(listener)
      listener(state)
      return remove
    },
    emit: (name, payload) => events.tell({ name, payload }),
    setConnection(next) {
      state = next
      connections.tell(next)
    },
    listenerCount: () => events.size + connections.size,
  }
}
