import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DisplayApi } from '../../../../shared/api/DisplayApi.ts'
import type { ApiResult } from '../../../../shared/api/errors.ts'
import type { ApiEvents, EventName } from '../../../../shared/api/events.ts'
import { galleryConfig, gallerySnapshot } from '../../gallery/gallerySnapshot.ts'

/** A request as the far side saw it. */
export interface SeenRequest {
  readonly route: string
  readonly input: unknown
  readonly session: string | null
}

/** A transport with its far side in the test's hands. */
export interface TransportPeer {
  readonly api: DisplayApi
  /** Decides every further answer. */
  answer(handler: (request: SeenRequest) => ApiResult<unknown> | Promise<ApiResult<unknown>>): void
  /** Makes the far side send an event; resolves once it is on its way. */
  emit<E extends EventName>(event: E, payload: ApiEvents[E]): Promise<void>
  /** Takes the far side away in the middle of everything; null where it cannot go away alone. */
  readonly breakOff: (() => Promise<void>) | null
  close(): Promise<void>
}

const published = (revision: number) => ({
  snapshot: { ...gallerySnapshot, revision },
  sentAtMs: 1_764_000_000_000,
})

/** What every transport must do, whatever carries it. */
export function describeTransport(name: string, open: () => Promise<TransportPeer>): void {
  describe(`${name} transport`, () => {
    let peer: TransportPeer
    const ends: (() => void)[] = []
    beforeEach(async () => {
      peer = await open()
    })
    afterEach(async () => {
      for (const end of ends.splice(0)) end()
      await peer.close()
    })

    const isOpen = async (): Promise<void> => {
      const states: string[] = []
      ends.push(peer.api.onConnection((state) => states.push(state)))
      await vi.waitFor(() => expect(states.at(-1)).toBe('open'))
    }

    it('carries a request with its input and brings back the answer whole', async () => {
      const seen: SeenRequest[] = []
      const data = { config: galleryConfig, published: published(7) }
      peer.answer((request) => {
        seen.push(request)
        return { ok: true, data }
      })
      expect(await peer.api.request('panel.open', { roomId: '西湖 1' })).toEqual({ ok: true, data })
      expect(seen).toEqual([{ route: 'panel.open', input: { roomId: '西湖 1' }, session: null }])
    })

    it('carries the admin session from the moment it is given until it is taken back', async () => {
      const sessions: (string | null)[] = []
      peer.answer(({ session }) => {
        sessions.push(session)
        return { ok: true, data: { isDone: true } }
      })
      await peer.api.request('session.lock', {})
      peer.api.useSession('token-1')
      await peer.api.request('session.lock', {})
      peer.api.useSession(null)
      await peer.api.request('session.lock', {})
      expect(sessions).toEqual([null, 'token-1', null])
    })

    it('brings back a refusal with its code and everything it says', async () => {
      const error = { code: 'badRequest', issues: [{ path: 'roomId', message: 'too long' }] } as const
      peer.answer(() => ({ ok: false, error }))
      expect(await peer.api.request('panel.open', { roomId: null })).toEqual({ ok: false, error })
    })

    it('keeps answers apart when they come back in another order', async () => {
      let finishFirst = (): void => undefined
      const first = new Promise<void>((resolve) => {
        finishFirst = resolve
      })
      peer.answer(async ({ input }) => {
        const { roomId } = input as { roomId: string }
        if (roomId === 'slow') await first
        return { ok: true, data: { outcome: roomId } }
      })
      const slow = peer.api.request('room.refresh', { roomId: 'slow' })
      const quick = await peer.api.request('room.refresh', { roomId: 'quick' })
      finishFirst()
      expect(quick).toEqual({ ok: true, data: { outcome: 'quick' } })
      expect(await slow).toEqual({ ok: true, data: { outcome: 'slow' } })
    })

    it('delivers events whole, by name and in order, to everyone who listens', async () => {
      const rooms: number[] = []
      const again: number[] = []
      const panels: unknown[] = []
      ends.push(peer.api.on('room.changed', ({ snapshot }) => rooms.push(snapshot.revision)))
      ends.push(peer.api.on('room.changed', ({ snapshot }) => again.push(snapshot.revision)))
      ends.push(peer.api.on('panel.changed', (config) => panels.push(config)))
      await isOpen()
      await peer.emit('room.changed', published(1))
      await peer.emit('panel.changed', galleryConfig)
      await peer.emit('room.changed', published(2))
      await vi.waitFor(() => expect(again).toEqual([1, 2]))
      expect(rooms).toEqual([1, 2])
      expect(panels).toEqual([galleryConfig])
    })

    it('delivers nothing to whoever has left, and goes on for the others', async () => {
      const gone: number[] = []
      const here: number[] = []
      const leave = peer.api.on('room.changed', ({ snapshot }) => gone.push(snapshot.revision))
      ends.push(peer.api.on('room.changed', ({ snapshot }) => here.push(snapshot.revision)))
      await isOpen()
      await peer.emit('room.changed', published(1))
      await vi.waitFor(() => expect(here).toEqual([1]))
      leave()
      leave()
      await peer.emit('room.changed', published(2))
      await vi.waitFor(() => expect(here).toEqual([1, 2]))
      expect(gone).toEqual([1])
    })

    it('tells its connection at once', () => {
      const states: string[] = []
      ends.push(peer.api.onConnection((state) => states.push(state)))
      expect(states).toHaveLength(1)
    })

    it('answers unavailable and says so when the far side goes away', async () => {
      if (!peer.breakOff) return
      const states: string[] = []
      ends.push(peer.api.onConnection((state) => states.push(state)))
      await vi.waitFor(() => expect(states.at(-1)).toBe('open'))
      await peer.breakOff()
      await vi.waitFor(() => expect(states.at(-1)).toBe('lost'))
      expect(await peer.api.request('panel.open', { roomId: null })).toEqual({
        ok: false,
        error: { code: 'unavailable' },
      })
    })
  })
}

/** What a transport must not believe; for peers whose far side can say anything at all. */
export function describeDistrust(name: string, open: () => Promise<TransportPeer>): void {
  describe(`${name} transport, badly answered`, () => {
    let peer: TransportPeer
    beforeEach(async () => {
      peer = await open()
    })
    afterEach(() => peer.close())

    it.each([
      ['nothing', undefined],
      ['text', 'Bad gateway'],
      ['an answer without data', { ok: true }],
      ['an unknown code', { ok: false, error: { code: 'teapot' } }],
    ])('takes %s for an unavailable core, not for data', async (_name, garbage) => {
      peer.answer(() => garbage as unknown as ApiResult<unknown>)
      expect(await peer.api.request('panel.open', { roomId: null })).toEqual({
        ok: false,
        error: { code: 'unavailable' },
      })
    })

    it('never rejects when the far side fails', async () => {
      peer.answer(() => Promise.reject(new Error('far side')))
      await expect(peer.api.request('room.refresh', { roomId: null })).resolves.toEqual({
        ok: false,
        error: { code: 'unavailable' },
      })
    })

    it('drops an event that is not of its kind', async () => {
      const rooms: number[] = []
      const states: string[] = []
      const endRoom = peer.api.on('room.changed', ({ snapshot }) => rooms.push(snapshot.revision))
      const endState = peer.api.onConnection((state) => states.push(state))
      await vi.waitFor(() => expect(states.at(-1)).toBe('open'))
      await peer.emit('room.changed', {} as ApiEvents['room.changed'])
      await peer.emit('room.changed', published(3))
      await vi.waitFor(() => expect(rooms).toEqual([3]))
      endRoom()
      endState()
    })
  })
}
