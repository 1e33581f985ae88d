import type { ApiResult } from './errors.ts'
import type { ApiEvents, EventName } from './events.ts'
import type { InputOf, OutputOf, RouteName } from './routes.ts'

/** Whether events reach the screen at the moment. */
export type ConnectionState = 'connecting' | 'open' | 'lost'

/**
 * The one interface between a screen and its core; IPC and HTTP are two implementations of it and one test suite
 * judges both.
 */
export interface DisplayApi {
  /** Never rejects: a transport's own failure is `{ ok: false, error: { code: 'unavailable' } }`. */
  request<R extends RouteName>(route: R, input: InputOf<R>): Promise<ApiResult<OutputOf<R>>>
  /** Sends every further request with this admin session, or, with null, as whoever stands at the door. */
  useSession(token: string | null): void
  /** @returns unsubscribes */
  on<E extends EventName>(event: E, listener: (payload: ApiEvents[E]) => void): () => void
  /** Told the present state at once and every change after it. A change to `open` means: ask for the snapshot again. */
  onConnection(listener: (state: ConnectionState) => void): () => void
}
