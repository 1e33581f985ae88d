import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { createApp } from 'vue'
import type { ApiErrorCode, ApiResult } from '../../../shared/api/errors.ts'
import type { PublishedSnapshot } from '../../../shared/api/events.ts'
import type { PanelOpening } from '../../../shared/api/routes.ts'
import { createFakeClock, settle } from '../../../core/testing/fakeClock.ts'
import { createFakeApi } from '../api/fakeApi.ts'
import { GALLERY_NOW_MS, galleryConfig, gallerySnapshot } from '../gallery/gallerySnapshot.ts'
import { addressKey, apiKey, clockKey } from '../injection.ts'
import { usePanelStore } from './panelStore.ts'

const published = (revision: number, sentAtMs = GALLERY_NOW_MS, id = 'west-lake'): PublishedSnapshot => ({
  snapshot: { ...gallerySnapshot, revision, room: { ...gallerySnapshot.room, id } },
  sentAtMs,
})
const opening = (revision: number, configRevision = 1): ApiResult<PanelOpening> => ({
  ok: true,
  data: { config: { ...galleryConfig, revision: configRevision }, published: published(revision) },
})
const refused = (code: ApiErrorCode): ApiResult<PanelOpening> => ({ ok: false, error: { code } })

interface Pending {
  answer(result: ApiResult<PanelOpening>): Promise<void>
}

function build(roomId: string | null = null, state: 'open' | 'connecting' = 'open') {
  const clock = createFakeClock(GALLERY_NOW_MS)
  const asked: Pending[] = []
  const api = createFakeApi(
    {
      'panel.open': () =>
        new Promise((resolve) => {
          asked.push({
            answer: (result) => {
              resolve(result)
              return settle()
            },
          })
        }),
      'room.refresh': () => ({ ok: true, data: { outcome: 'started' } }),
    },
    state,
  )
  const app = createApp({})
    .use(createPinia())
    .provide(apiKey, api)
    .provide(clockKey, clock)
    .provide(addressKey, { roomId })
  const store = app.runWithContext(() => usePanelStore())
  return { clock, api, asked, store, revision: () => store.snapshot?.revision ?? null }
}

let setup = build()
beforeEach(() => {
  setup = build()
})

describe('opening', () => {
  it('subscribes before it asks, so that no change falls between', async () => {
    const { api, asked, store, revision } = setup
    store.start()
    expect(asked).toHaveLength(1)
    api.emit('room.changed', published(6))
    await asked[0]!.answer(opening(5))
    expect(revision()).toBe(6)
  })

  it('asks for the room of its address', () => {
    const { api, store } = build('peony')
    store.start()
    expect(api.requests[0]).toMatchObject({ route: 'panel.open', input: { roomId: 'peony' } })
  })

  it('asks at once even while the event stream is still connecting, and again when it is open', async () => {
    const { api, asked, store, revision } = build(null, 'connecting')
    store.start()
    expect(asked).toHaveLength(1)
    await asked[0]!.answer(opening(1))
    expect(revision()).toBe(1)
    api.setConnection('open')
    expect(asked).toHaveLength(2)
    await asked[1]!.answer(opening(2))
    expect(revision()).toBe(2)
  })

  it('shows the first answer even when the event stream opened meanwhile, and still believes the second', async () => {
    const { api, asked, store, revision } = build(null, 'connecting')
    store.start()
    api.setConnection('open')
    await asked[0]!.answer(opening(500))
    expect(revision()).toBe(500)
    // The core may have been restarted in between and count from one again.
    await asked[1]!.answer(opening(1))
    expect(revision()).toBe(1)
  })

  it('stays blank only for a moment when the first answer does not come', async () => {
    const { clock, store } = setup
    store.start()
    await clock.advance(2_499)
    expect(store.hasOpened).toBe(false)
    await clock.advance(1)
    expect(store.hasOpened).toBe(true)
  })

  it.each<[ApiErrorCode, boolean]>([
    ['unavailable', true],
    ['internal', true],
    ['notFound', false],
    ['unconfigured', false],
  ])('refused with %s, what is on screen stays: %s', async (code, isKept) => {
    const { api, asked, store, revision } = setup
    store.start()
    await asked[0]!.answer(opening(1))
    api.setConnection('lost')
    api.setConnection('open')
    await asked[1]!.answer(refused(code))
    expect(store.refusal).toBe(code)
    expect(revision()).toBe(isKept ? 1 : null)
  })

  it('asks again after a refusal, with growing pauses, until it succeeds', async () => {
    const { clock, asked, store } = setup
    store.start()
    for (const pauseMs of [2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
      await asked.at(-1)!.answer(refused('unavailable'))
      const count = asked.length
      await clock.advance(pauseMs - 1)
      expect(asked).toHaveLength(count)
      await clock.advance(1)
      expect(asked).toHaveLength(count + 1)
    }
    await asked.at(-1)!.answer(opening(1))
    expect(store.refusal).toBeNull()
    const count = asked.length
    await clock.advance(600_000)
    expect(asked).toHaveLength(count)
  })

  it('shows nothing of a room when nothing is configured', async () => {
    const { asked, store } = setup
    store.start()
    await asked[0]!.answer({ ok: true, data: { config: galleryConfig, published: null } })
    expect(store.snapshot).toBeNull()
    expect(store.hasOpened).toBe(true)
  })
})

describe('events', () => {
  it('drops revisions that are not newer, in whatever order they come', async () => {
    const { api, asked, store, revision } = setup
    store.start()
    await asked[0]!.answer(opening(5))
    const kept = store.snapshot
    api.emit('room.changed', published(4))
    api.emit('room.changed', published(5))
    expect(store.snapshot).toBe(kept)
    api.emit('room.changed', published(7))
    api.emit('room.changed', published(6))
    expect(revision()).toBe(7)
  })

  it('ignores the other rooms of the core', async () => {
    const { api, asked, store, revision } = setup
    store.start()
    api.emit('room.changed', published(9, GALLERY_NOW_MS, 'peony'))
    await asked[0]!.answer(opening(5))
    api.emit('room.changed', published(10, GALLERY_NOW_MS, 'peony'))
    expect(revision()).toBe(5)
    expect(store.snapshot?.room.id).toBe('west-lake')
  })

  it('believes a restarted core that counts from one again', async () => {
    const { api, asked, store, revision } = setup
    store.start()
    await asked[0]!.answer(opening(500))
    api.setConnection('lost')
    expect(revision()).toBe(500)
    api.setConnection('open')
    await asked[1]!.answer(opening(1))
    expect(revision()).toBe(1)
    api.emit('room.changed', published(2))
    expect(revision()).toBe(2)
  })

  it('drops the late answer to a question asked before the reconnection', async () => {
    const { api, asked, store, revision } = setup
    store.start()
    api.setConnection('lost')
    api.setConnection('open')
    await asked[1]!.answer(opening(3))
    await asked[0]!.answer(opening(99))
    expect(revision()).toBe(3)
  })

  it('asks anew once the core knows something newer, and shows what it had until then', async () => {
    const { api, asked, store } = setup
    store.start()
    await asked[0]!.answer(opening(1, 4))
    api.emit('panel.changed', { revision: 4 })
    expect(asked).toHaveLength(1)
    api.emit('panel.changed', { revision: 5 })
    expect(asked).toHaveLength(2)
    expect(store.config?.theme).toBe('light')
    await asked[1]!.answer({
      ok: true,
      data: { config: { ...galleryConfig, revision: 6, theme: 'dark' }, published: published(2) },
    })
    expect(store.config?.theme).toBe('dark')
  })

  it('follows the default room when it becomes another one, whatever its revision', async () => {
    const { api, asked, store } = setup
    store.start()
    await asked[0]!.answer(opening(50))
    api.emit('panel.changed', { revision: 2 })
    api.emit('room.changed', published(51))
    await asked[1]!.answer({
      ok: true,
      data: { config: galleryConfig, published: published(3, GALLERY_NOW_MS, 'peony') },
    })
    expect(store.snapshot).toMatchObject({ revision: 3, room: { id: 'peony' } })
  })

  it('leaves nothing behind', async () => {
    const { api, asked, clock, store, revision } = setup
    const stop = store.start()
    await asked[0]!.answer(refused('unavailable'))
    stop()
    expect(api.listenerCount()).toBe(0)
    await clock.advance(600_000)
    expect(asked).toHaveLength(1)
    expect(revision()).toBeNull()
  })
})

describe('clock of the sender', () => {
  it.each([
    [499, 0],
    [500, 0],
    [501, 501],
    [-90_000, -90_000],
  ])('a difference of %s ms corrects this clock by %s', async (differenceMs, offsetMs) => {
    const { asked, store } = setup
    store.start()
    await asked[0]!.answer({
      ok: true,
      data: { config: galleryConfig, published: published(1, GALLERY_NOW_MS + differenceMs) },
    })
    expect(store.offsetMs).toBe(offsetMs)
  })

  it('a correction stays while later messages agree within half a second', async () => {
    const { api, asked, store } = setup
    store.start()
    await asked[0]!.answer({
      ok: true,
      data: { config: galleryConfig, published: published(1, GALLERY_NOW_MS + 60_000) },
    })
    api.emit('room.changed', published(2, GALLERY_NOW_MS + 60_400))
    expect(store.offsetMs).toBe(60_000)
    api.emit('room.changed', published(3, GALLERY_NOW_MS))
    expect(store.offsetMs).toBe(0)
  })
})

describe('somebody at the door', () => {
  const refreshes = (): number => setup.api.requests.filter(({ route }) => route === 'room.refresh').length

  it('reads the room anew when its data is older than 30 s, once in 30 s', async () => {
    const { asked, clock, store } = setup
    store.start()
    await asked[0]!.answer(opening(1))
    await store.refreshIfOld()
    expect(refreshes()).toBe(0)
    await clock.advance(18_001)
    await store.refreshIfOld()
    await store.refreshIfOld()
    expect(refreshes()).toBe(1)
    await clock.advance(30_000)
    await store.refreshIfOld()
    expect(refreshes()).toBe(1)
    await clock.advance(1)
    await store.refreshIfOld()
    expect(refreshes()).toBe(2)
  })
})
