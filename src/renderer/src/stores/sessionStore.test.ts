import { createPinia, setActivePinia } from 'pinia'
import { createApp } from 'vue'
import { beforeEach, describe, expect, it } from 'vitest'
import { createFakeClock, settle } from '../../../core/testing/fakeClock.ts'
import { apiKey, clockKey } from '../injection.ts'
import { createFakeAdmin, PIN } from '../settings/testing/createFakeAdmin.ts'
import type { FakeAdminWorld } from '../settings/testing/createFakeAdmin.ts'
import { useSessionStore } from './sessionStore.ts'

function setUp(start: Partial<FakeAdminWorld> = {}) {
  const api = createFakeAdmin(start)
  const clock = createFakeClock(0)
  const pinia = createPinia()
  createApp({}).use(pinia).provide(apiKey, api).provide(clockKey, clock)
  setActivePinia(pinia)
  return { api, clock, session: useSessionStore() }
}

beforeEach(() => setActivePinia(undefined))

describe('sessionStore', () => {
  it.each([
    ['a PIN is set', 'enterPin', {}],
    ['no PIN is set', 'choosePin', { pin: null }],
    ['the secret store cannot be read', 'unavailable', { isUnavailable: true }],
  ] as const)('when %s the gate is %s', async (_case, kind, start) => {
    const { session } = setUp(start)
    await session.look()
    expect(session.gate.kind).toBe(kind)
  })

  it('a core that cannot be asked is told apart from a locked one', async () => {
    const { session, api } = setUp()
    api.request = () => Promise.resolve({ ok: false, error: { code: 'unavailable' } })
    await session.look()
    expect(session.gate).toEqual({ kind: 'unreachable', error: { code: 'unavailable' } })
  })

  it('the right PIN opens a session, and requests after it carry its token', async () => {
    const { session, api } = setUp()
    await session.look()
    await session.unlock(PIN)
    expect(session.gate.kind).toBe('open')
    await session.ask('settings.get', {})
    expect(api.requests.at(-1)).toMatchObject({ route: 'settings.get', session: 'token-1' })
  })

  it('a wrong PIN says so and opens nothing', async () => {
    const { session, api } = setUp()
    await session.look()
    await session.unlock('111111')
    expect(session.gate.kind).toBe('enterPin')
    expect(session.refusal?.code).toBe('wrongPin')
    expect(api.world.tokens).toEqual([])
  })

  it('counts the wait down second by second on its own, and forgets the lock at its end', async () => {
    const { session, clock } = setUp({ failures: 4 })
    await session.look()
    await session.unlock('111111')
    expect(session.waitMs).toBe(30_000)
    await clock.advance(1_000)
    expect(session.waitMs).toBe(29_000)
    // The wall clock jumping must not shorten or lengthen it.
    clock.jump(3_600_000)
    await clock.advance(28_000)
    expect(session.waitMs).toBe(1_000)
    await clock.advance(1_000)
    expect(session.waitMs).toBe(0)
    expect(clock.pending()).toBe(0)
  })

  it('a wait from before a restart is shown before anybody types', async () => {
    const { session } = setUp({ failures: 6 })
    await session.look()
    expect(session.waitMs).toBe(60_000)
  })

  it('a session that died sends the admin back to the PIN and takes the token from the transport', async () => {
    const { session, api } = setUp()
    await session.look()
    await session.unlock(PIN)
    api.world.isSessionOpen = false
    expect(await session.ask('settings.get', {})).toEqual({ ok: false, error: { code: 'forbidden' } })
    expect(session.gate).toEqual({ kind: 'enterPin', hasExpired: true })
    expect(api.world.tokens).toEqual(['token-1', null])
  })

  it('keeps a session alive while somebody types, at most once a minute', async () => {
    const { session, api, clock } = setUp()
    await session.look()
    await session.unlock(PIN)
    const count = (): number => api.requests.filter(({ route }) => route === 'session.touch').length
    session.touch()
    await clock.advance(61_000)
    session.touch()
    session.touch()
    await settle()
    expect(count()).toBe(1)
  })

  it('leaving locks under the session and then drops it', async () => {
    const { session, api } = setUp()
    await session.look()
    await session.unlock(PIN)
    await session.end()
    expect(api.requests.at(-1)).toMatchObject({ route: 'session.lock', session: 'token-1' })
    expect(api.world.isSessionOpen).toBe(false)
    expect(api.world.tokens.at(-1)).toBeNull()
    expect(session.gate.kind).toBe('asking')
  })

  it('leaving without having been in asks nothing', async () => {
    const { session, api } = setUp()
    await session.look()
    await session.end()
    expect(api.requests.map(({ route }) => route)).toEqual(['session.getState'])
  })

  it('a first PIN opens the settings; a wrong set-up code does not', async () => {
    const { session, api } = setUp({ pin: null, setupCode: 'K7QX-2M9P' })
    await session.look()
    expect(session.gate).toEqual({ kind: 'choosePin', needsSetupCode: true })
    await session.choosePin(PIN, 'guess')
    expect(session.refusal?.code).toBe('wrongPin')
    await session.choosePin(PIN, 'K7QX-2M9P')
    expect(session.gate.kind).toBe('open')
    expect(api.world.pin).toBe(PIN)
  })

  it('somebody else having set the PIN meanwhile leads to entering it', async () => {
    const { session, api } = setUp({ pin: null })
    await session.look()
    api.world.pin = PIN
    const answers = api.request.bind(api)
    api.request = (route, input) =>
      route === 'session.setPin'
        ? Promise.resolve({ ok: false, error: { code: 'forbidden' } })
        : answers(route, input)
    await session.choosePin('999999', null)
    await settle()
    expect(session.gate).toEqual({ kind: 'enterPin', hasExpired: false })
    expect(session.refusal).toBeNull()
  })
})
