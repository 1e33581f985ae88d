import { createPinia, setActivePinia } from 'pinia'
import { createApp } from 'vue'
import { beforeEach, describe, expect, it } from 'vitest'
import { blankSettings } from '../../../core/settings/blankSettings.ts'
import { createFakeClock } from '../../../core/testing/fakeClock.ts'
import type { Settings } from '../../../shared/settings/schema.ts'
import { apiKey, clockKey } from '../injection.ts'
import {
  createFakeAdmin,
  PIN,
  refusedAddressSteps,
  SENTINEL_SECRET,
} from '../settings/testing/createFakeAdmin.ts'
import type { FakeAdminWorld } from '../settings/testing/createFakeAdmin.ts'
import { useSessionStore } from './sessionStore.ts'
import { useSettingsStore } from './settingsStore.ts'

const SECRET = 'wecom.corpSecret'

const wecomAccount = (corpId: string): Settings['account'] => ({
  platform: 'wecom',
  baseUrl: 'https://qyapi.weixin.qq.com',
  corpId,
})

async function setUp(start: Partial<FakeAdminWorld> = {}) {
  const api = createFakeAdmin(start)
  const pinia = createPinia()
  createApp({}).use(pinia).provide(apiKey, api).provide(clockKey, createFakeClock(0))
  setActivePinia(pinia)
  const session = useSessionStore()
  await session.look()
  await session.unlock(PIN)
  const store = useSettingsStore()
  await store.load()
  return { api, session, store }
}

beforeEach(() => setActivePinia(undefined))

describe('settingsStore', () => {
  it('is clean after loading, dirty after a change, clean again when the change is taken back', async () => {
    const { store } = await setUp()
    expect(store.isDirty).toBe(false)
    const { display } = store.draft!
    store.patch({ display: { ...display, theme: 'dark' } })
    expect(store.isDirty).toBe(true)
    store.patch({ display: { ...display, theme: 'auto' } })
    expect(store.isDirty).toBe(false)
  })

  it('a field set to undefined is not a change: the default room taken back is clean', async () => {
    const { store } = await setUp()
    const { rooms } = store.draft!
    store.patch({ rooms: rooms.map((room) => ({ ...room, name: room.name })) })
    expect(store.isDirty).toBe(false)
  })

  it('saves the whole draft and the typed secret, then forgets the secret', async () => {
    const { store, api } = await setUp()
    store.typeSecret(SECRET, SENTINEL_SECRET)
    await store.save(false)
    expect(api.world.saves).toHaveLength(1)
    expect(api.world.saves[0]).toMatchObject({ secrets: { [SECRET]: SENTINEL_SECRET }, isInsisting: false })
    expect(store.secrets).toEqual({})
    expect(store.saving.kind).toBe('saved')
    expect(store.isDirty).toBe(false)
  })

  it('sends plain values: a proxy cannot cross to the main process', async () => {
    const { store, api } = await setUp()
    store.patch({ display: { ...store.draft!.display, theme: 'dark' } })
    await store.save(false)
    expect(() => structuredClone(api.world.saves[0])).not.toThrow()
  })

  it('a failed test saves nothing and shows its steps; insisting saves', async () => {
    const { store, api } = await setUp({ steps: refusedAddressSteps })
    store.patch({ account: wecomAccount('ww0') })
    await store.save(false)
    expect(store.saving).toEqual({ kind: 'testFailed', steps: refusedAddressSteps })
    expect(api.world.settings?.account).not.toMatchObject({ corpId: 'ww0' })
    expect(store.isDirty).toBe(true)
    await store.save(true)
    expect(api.world.settings?.account).toMatchObject({ corpId: 'ww0' })
  })

  it('keeps the draft and the secret of a save that was refused, with the fields', async () => {
    const { store, api } = await setUp()
    store.typeSecret(SECRET, SENTINEL_SECRET)
    const issues = [{ path: 'rooms.0.id', message: 'expected lower-case letters' }]
    api.world.refuseWith = { code: 'badRequest', issues }
    await store.save(false)
    expect(store.issues).toEqual(issues)
    expect(store.secrets).toEqual({ [SECRET]: SENTINEL_SECRET })
  })

  it('a change takes back what was said about that part, and nothing else', async () => {
    const { store, api } = await setUp()
    api.world.refuseWith = {
      code: 'badRequest',
      issues: [
        { path: 'rooms.0.id', message: '' },
        { path: 'display.soonMinutes', message: '' },
      ],
    }
    await store.save(false)
    store.patch({ display: { ...store.draft!.display, soonMinutes: 5 } })
    expect(store.issues.map(({ path }) => path)).toEqual(['rooms.0.id'])
  })

  it('forgets everything when the settings are left', async () => {
    const { store } = await setUp()
    store.typeSecret(SECRET, SENTINEL_SECRET)
    store.forget()
    expect([store.secrets, store.draft, store.view]).toEqual([{}, null, null])
  })

  it('an expired session costs the secret, not the draft', async () => {
    const { store, api, session } = await setUp()
    store.patch({ display: { ...store.draft!.display, theme: 'dark' } })
    store.typeSecret(SECRET, SENTINEL_SECRET)
    api.world.isSessionOpen = false
    await store.save(false)
    expect(session.gate).toEqual({ kind: 'enterPin', hasExpired: true })
    expect(store.saving.kind).toBe('idle')
    store.forgetSecrets()
    await session.unlock(PIN)
    await store.load()
    expect(store.secrets).toEqual({})
    expect(store.draft?.display.theme).toBe('dark')
  })

  it('tests the drafted account with the typed secret, and forgets the verdict when either changes', async () => {
    const { store, api } = await setUp()
    store.typeSecret(SECRET, SENTINEL_SECRET)
    await store.test()
    expect(api.requests.at(-1)).toMatchObject({
      route: 'connection.test',
      input: { account: { corpId: 'ww4f2c81a90b7de356' }, secrets: { [SECRET]: SENTINEL_SECRET } },
    })
    expect(store.testing.kind).toBe('done')
    store.typeSecret(SECRET, 'other')
    expect(store.testing.kind).toBe('idle')
    await store.test()
    // Binding a room says nothing about the account.
    store.patch({ rooms: [] })
    expect(store.testing.kind).toBe('done')
    store.patch({ account: wecomAccount('ww1') })
    expect(store.testing.kind).toBe('idle')
  })

  it('drops the answer of a test whose question has changed', async () => {
    const { store } = await setUp()
    const running = store.test()
    store.patch({ account: wecomAccount('ww1') })
    await running
    expect(store.testing.kind).toBe('idle')
  })

  it('another platform takes rooms and typed secrets out of the draft; discarding brings them back', async () => {
    const { store, api } = await setUp()
    const { rooms } = store.draft!
    store.typeSecret(SECRET, SENTINEL_SECRET)
    store.patch({ account: wecomAccount('ww1') })
    expect(store.draft?.rooms).toEqual(rooms)
    store.patch({ account: blankSettings().feishu.account })
    expect(store.draft).toMatchObject({ account: { platform: 'feishu' }, rooms: [] })
    expect(store.draft?.defaultRoomId).toBeUndefined()
    // A WeCom secret must not travel to another platform's save.
    expect(store.secrets).toEqual({})
    expect(api.world.settings?.rooms).toEqual(rooms)
    store.discard()
    expect(store.draft?.rooms).toEqual(rooms)
  })

  it('imported settings are a draft until somebody saves them', async () => {
    const { store, api } = await setUp()
    const before = api.world.settings
    store.replace({ ...store.draft!, timeZone: 'Europe/Berlin' })
    expect(store.isDirty).toBe(true)
    expect(api.world.settings).toBe(before)
    store.discard()
    expect(store.draft?.timeZone).toBe('Asia/Shanghai')
  })
})
