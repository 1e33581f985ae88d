import { createPinia, setActivePinia } from 'pinia'
import { createApp } from 'vue'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createFakeClock, settle } from '../../../core/testing/fakeClock.ts'
import type { ApiResult } from '../../../shared/api/errors.ts'
import { CORE_PRESS_MS, SCREEN_PRESS_MS } from '../../../shared/api/patience.ts'
import type { ActionOutcome } from '../../../shared/domain/action.ts'
import { createFakeApi } from '../api/fakeApi.ts'
import type { FakeApi } from '../api/fakeApi.ts'
import type { Press } from '../display/Press.ts'
import { apiKey, clockKey } from '../injection.ts'
import { useActionStore } from './actionStore.ts'
import { useDoorStore } from './doorStore.ts'
import { createUuid } from '../api/createUuid.ts'

const done: ApiResult<ActionOutcome> = {
  ok: true,
  data: { kind: 'done', meeting: { id: 'm', startMs: 1_000, endMs: 2_000 } },
}
const silence: ApiResult<ActionOutcome> = { ok: false, error: { code: 'unavailable' } }
const quarter: Press = { name: 'book', startMs: null, minutes: 15 }
const half: Press = { name: 'book', startMs: null, minutes: 30 }

function open(answer: () => ApiResult<ActionOutcome> | Promise<ApiResult<ActionOutcome>> = () => done) {
  const api: FakeApi = createFakeApi({
    'room.book': answer,
    'meeting.checkIn': answer,
    'meeting.extend': answer,
    'meeting.end': answer,
  })
  const clock = createFakeClock(0)
  const pinia = createPinia()
  createApp({}).use(pinia).provide(apiKey, api).provide(clockKey, clock)
  setActivePinia(pinia)
  const store = pinia._a.runWithContext(() => useActionStore(pinia))
  const door = pinia._a.runWithContext(() => useDoorStore(pinia))
  const ids = (): unknown[] =>
    api.requests.map(({ input }) => (input as { readonly pressId?: string }).pressId)
  return { api, clock, store, door, ids }
}

/** A core that answers when the test says so. */
function later() {
  let answer: (result: ApiResult<ActionOutcome>) => void = () => undefined
  const promise = new Promise<ApiResult<ActionOutcome>>((resolve) => {
    answer = resolve
  })
  return { promise, answer: (result: ApiResult<ActionOutcome>) => answer(result) }
}

beforeEach(() => vi.restoreAllMocks())

describe('a press', () => {
  it('is sent once however often it is repeated while it is under way', async () => {
    const wait = later()
    const { api, store } = open(() => wait.promise)
    const first = store.press(quarter, 'peony', null)
    expect(await store.press(quarter, 'peony', null)).toBeNull()
    expect(await store.press(half, 'peony', null)).toBeNull()
    expect(api.requests).toHaveLength(1)
    wait.answer(done)
    expect(await first).toMatchObject({ kind: 'done' })
  })

  it('shows its progress before anything was answered, and none afterwards', async () => {
    const wait = later()
    const { store } = open(() => wait.promise)
    const first = store.press(quarter, 'peony', null)
    expect(store.pendingKey).toBe('book null 15')
    wait.answer(done)
    await first
    expect(store.pendingKey).toBeNull()
  })

  it.each([
    [{ name: 'checkIn', meetingId: 'a' }, 'meeting.checkIn', { meetingId: 'a' }],
    [{ name: 'book', startMs: 5, minutes: null }, 'room.book', { startMs: 5, minutes: null }],
    [{ name: 'extend', meetingId: 'a', minutes: 30 }, 'meeting.extend', { meetingId: 'a', minutes: 30 }],
    [{ name: 'end', meetingId: 'a' }, 'meeting.end', { meetingId: 'a' }],
  ] as const)('%o goes to its route with room and PIN', async (press, route, input) => {
    const { api, store } = open()
    await store.press(press, 'peony', '135790')
    expect(api.requests).toMatchObject([{ route, input: { ...input, roomId: 'peony', pin: '135790' } }])
  })
})

describe('the id of a press', () => {
  it('is a UUID of version 4, also where the browser keeps randomUUID to itself', () => {
    const ids = Array.from({ length: 50 }, createUuid)
    for (const id of ids)
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(new Set(ids).size).toBe(50)
  })

  it('stays for the same press after a lost answer: the core knows it again', async () => {
    const { store, ids } = open(() => silence)
    await store.press(quarter, 'peony', null)
    await store.press(quarter, 'peony', null)
    expect(ids()[0]).toBe(ids()[1])
  })

  it('is a new one for another wish after a lost answer', async () => {
    const { store, ids } = open(() => silence)
    await store.press(quarter, 'peony', null)
    await store.press(half, 'peony', null)
    expect(ids()[0]).not.toBe(ids()[1])
  })

  it('is a new one once the press was answered: two bookings of a quarter are two', async () => {
    const { store, ids } = open()
    await store.press(quarter, 'peony', null)
    await store.press(quarter, 'peony', null)
    expect(ids()[0]).not.toBe(ids()[1])
  })

  it('is a new one long after a lost answer', async () => {
    const { clock, store, ids } = open(() => silence)
    await store.press(quarter, 'peony', null)
    await clock.advance(120_000)
    await store.press(quarter, 'peony', null)
    expect(ids()[0]).not.toBe(ids()[1])
  })
})

describe('a result', () => {
  it.each([
    ['done', done, 6_000],
    ['refused', { ok: true, data: { kind: 'refused', reason: 'taken' } }, 10_000],
    ['unclear', { ok: true, data: { kind: 'unclear' } }, 10_000],
    ['unanswered', silence, 10_000],
  ] as const)('%s goes away by itself', async (_name, answer, shownMs) => {
    const { clock, store, door } = open(() => answer)
    await store.press(quarter, 'peony', null)
    await clock.advance(shownMs - 1)
    expect(door.told).not.toBeNull()
    await clock.advance(1)
    expect(door.told).toBeNull()
  })

  it('goes away by a tap and does not come back', async () => {
    const { clock, store, door } = open()
    await store.press(quarter, 'peony', null)
    door.dismiss()
    expect(door.told).toBeNull()
    expect(clock.pending()).toBe(0)
  })

  it('is not shown where whoever asked tells it himself', async () => {
    const { store, door } = open(() => ({ ok: false, error: { code: 'wrongPin', waitMs: 2_000 } }))
    const result = await store.press(quarter, 'peony', '1', () => false)
    expect(result).toEqual({ kind: 'error', code: 'wrongPin', waitMs: 2_000 })
    expect(door.told).toBeNull()
  })
})

describe('a core that never answers', () => {
  it('is given up only when the core must have given it up, said to be unclear, and the buttons come back', async () => {
    const { clock, store, door } = open(() => later().promise)
    void store.press(quarter, 'peony', null)
    await clock.advance(CORE_PRESS_MS)
    expect(store.pendingKey).not.toBeNull()
    await clock.advance(SCREEN_PRESS_MS - CORE_PRESS_MS)
    await settle()
    expect(store.pendingKey).toBeNull()
    expect(door.told).toMatchObject({ kind: 'result', result: { kind: 'error', code: 'unavailable' } })
  })

  it('and its repetition carries the same id', async () => {
    const { clock, store, ids } = open(() => later().promise)
    void store.press(quarter, 'peony', null)
    await clock.advance(SCREEN_PRESS_MS)
    await settle()
    void store.press(quarter, 'peony', null)
    expect(ids()).toHaveLength(2)
    expect(ids()[0]).toBe(ids()[1])
  })

  it('leaves neither timer nor message behind when the screen goes', async () => {
    const wait = later()
    const { clock, store, door } = open(() => wait.promise)
    void store.press(quarter, 'peony', null)
    store.stop()
    wait.answer(done)
    await settle()
    expect(clock.pending()).toBe(0)
    expect(door.told).toBeNull()
  })
})
