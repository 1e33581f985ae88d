import { anyScreen } from '../../core/api/Caller.ts'
import type { Caller } from '../../core/api/Caller.ts'
import type { Core } from '../../core/Core.ts'
import type { ApiResult } from '../../shared/api/errors.ts'
import type { ApiEvent } from '../../shared/api/events.ts'
import { snapshotWith } from '../../shared/domain/testing/fixtures.ts'

/** One call as the transport handed it on. */
export interface Dispatched {
  readonly route: string
  readonly input: unknown
  readonly caller: Caller
}

/** The one token the fake core takes. */
export const SESSION = 'open-session'

/** What a transport needs of the core, under the test's control. */
export interface FakeCore extends Pick<Core, 'callerOf' | 'dispatch' | 'subscribe'> {
  readonly dispatched: Dispatched[]
  /** What every dispatch answers from now on. */
  answer(result: ApiResult<unknown>): void
  publish(event: ApiEvent): void
  readonly listeners: () => number
}

export function createFakeCore(): FakeCore {
  const dispatched: Dispatched[] = []
  const listeners = new Set<(event: ApiEvent) => void>()
  let next: ApiResult<unknown> = { ok: true, data: {} }
  return {
    dispatched,
    answer: (result) => {
      next = result
    },
    callerOf: (token) => (token === SESSION ? { kind: 'admin', session: token } : anyScreen),
    dispatch: (route, input, caller) => {
      dispatched.push({ route, input, caller })
      return Promise.resolve(next)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    publish: (event) => {
      for (const listener of listeners) listener(event)
    },
    listeners: () => listeners.size,
  }
}

export const panelChanged = (revision: number): ApiEvent => ({
  name: 'panel.changed',
  payload: { revision },
})

export const roomChanged = (roomId: string, revision: number, name = '西湖'): ApiEvent => {
  const snapshot = snapshotWith([])
  return {
    name: 'room.changed',
    payload: {
      snapshot: { ...snapshot, revision, room: { ...snapshot.room, id: roomId, name } },
      sentAtMs: 1,
    },
  }
}
