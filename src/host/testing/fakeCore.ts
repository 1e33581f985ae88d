import type { Core } from '../../core/Core.ts'
import type { ApiResult } from '../../shared/api/errors.ts'
import type { ApiEvent } from '../../shared/api/events.ts'
import type { PanelConfig } from '../../shared/settings/panelConfig.ts'
import { defaultStatusRules } from '../../shared/domain/statusRules.ts'
import { snapshotWith } from '../../shared/domain/testing/fixtures.ts'

/** One call as the transport handed it on. */
export interface Dispatched {
  readonly route: string
  readonly input: unknown
  readonly access: string
  readonly session: string | null
}

/** The one token the fake core takes. */
export const SESSION = 'open-session'

/** What a transport needs of the core, under the test's control. */
export interface FakeCore extends Pick<Core, 'accessOf' | 'dispatch' | 'subscribe'> {
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
    accessOf: (token) => (token === SESSION ? 'admin' : 'display'),
    dispatch: (route, input, access, session = null) => {
      dispatched.push({ route, input, access, session })
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

const config: PanelConfig = {
  revision: 1,
  language: 'zh-CN',
  theme: 'auto',
  hourCycle: '24',
  timeZone: 'Asia/Shanghai',
  rules: defaultStatusRules,
  officeHours: { days: [1, 2, 3, 4, 5], from: '08:00', until: '20:00' },
  actions: { checkIn: 'off', book: 'off', extend: 'off', end: 'off' },
  platform: 'wecom',
  rooms: [{ id: 'west-lake', name: '西湖' }],
  version: '0.0.0',
  isStorageBroken: false,
}

export const panelChanged = (revision: number): ApiEvent => ({
  name: 'panel.changed',
  payload: { ...config, revision },
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
