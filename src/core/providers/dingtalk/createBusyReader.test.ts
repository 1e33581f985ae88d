import { beforeEach, describe, expect, it } from 'vitest'
import { createFakeClock } from '../../testing/fakeClock.ts'
import type { FakeClock } from '../../testing/fakeClock.ts'
import { ProviderError } from '../ProviderError.ts'
import type { DingtalkClient } from './client.ts'
import { answerOf, createBusyReader } from './createBusyReader.ts'
import type { BusyReader } from './createBusyReader.ts'

const HOUR = 3_600_000
const range = { fromMs: 0, untilMs: 24 * HOUR }
const never = new AbortController().signal
const refused = (kind: ProviderError['kind'], vendorCode: string): ProviderError =>
  new ProviderError(kind, 'refused', { vendorCode })

let clock: FakeClock
let asked: string[]
/** What a query of these rooms meets; null answers it. */
let fate: (roomIds: readonly string[]) => ProviderError | null
let reader: BusyReader

beforeEach(() => {
  clock = createFakeClock(0)
  asked = []
  fate = () => null
  const client: Pick<DingtalkClient, 'queryBusy'> = {
    queryBusy: (roomIds) => {
      asked.push(roomIds.join())
      const error = fate(roomIds)
      if (error) return Promise.reject(error)
      return Promise.resolve(roomIds.map((roomId) => ({ roomId, scheduleItems: [] })))
    },
  }
  reader = createBusyReader(client as DingtalkClient, clock)
})

const read = async (...roomIds: string[]): Promise<Record<string, string>> => {
  const answers = await reader.read(roomIds, range, never)
  return Object.fromEntries(
    [...answers].map(([id, one]) => [id, one.kind === 'read' ? 'read' : one.error.kind]),
  )
}

describe('batches', () => {
  it.each([
    [0, 0],
    [1, 1],
    [5, 1],
    [6, 2],
    [10, 2],
    [11, 3],
  ])('%d rooms cost %d calls, as announced', async (count, calls) => {
    const ids = Array.from({ length: count }, (_, index) => `r${index}`)
    expect(reader.cost(ids)).toBe(calls)
    await read(...ids)
    expect(asked).toHaveLength(calls)
  })

  it('a room bound to two doors is asked for once', async () => {
    expect(await read('a', 'a')).toEqual({ a: 'read' })
    expect(asked).toEqual(['a'])
  })

  it('what refuses one call of the API ends the read; what was read before stays read', async () => {
    fate = (ids) => (ids.includes('r5') ? refused('quota', 'ApiCountLimit') : null)
    const ids = Array.from({ length: 20 }, (_, index) => `r${index}`)
    const readings = Object.values(await read(...ids))
    expect(asked.length).toBeLessThan(4)
    expect(readings).toHaveLength(20)
    expect(new Set(readings)).toEqual(new Set(['read', 'quota']))
  })

  it('trouble with one batch leaves the others alone', async () => {
    fate = (ids) => (ids.includes('r0') ? refused('server', 'system.error') : null)
    const ids = Array.from({ length: 6 }, (_, index) => `r${index}`)
    expect(await read(...ids)).toMatchObject({ r0: 'server', r4: 'server', r5: 'read' })
  })

  it('a caller who gives up hears their own reason', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    fate = () => {
      controller.abort(reason)
      return refused('network', 'ABORTED')
    }
    await expect(reader.read(['a', 'b'], range, controller.signal)).rejects.toBe(reason)
  })
})

describe('a bad id', () => {
  const badId =
    (bad: string, code = 'invalidParameter') =>
    (ids: readonly string[]) =>
      ids.includes(bad) ? refused('badResponse', code) : null

  it.each(['invalidParameter', 'param.error'])(
    'refused as %s: its siblings are read without it',
    async (code) => {
      fate = badId('b', code)
      expect(await read('a', 'b', 'c')).toEqual({ a: 'read', b: 'notFound', c: 'read' })
      expect(asked).toEqual(['a,b,c', 'a', 'b', 'c'])
    },
  )

  it('is not asked for again for six hours, then alone', async () => {
    fate = badId('b')
    await read('a', 'b', 'c')
    asked = []
    await clock.advance(6 * HOUR - 1)
    expect(reader.cost(['a', 'b', 'c'])).toBe(1)
    expect(await read('a', 'b', 'c')).toEqual({ a: 'read', b: 'notFound', c: 'read' })
    await clock.advance(1)
    expect(reader.cost(['a', 'b', 'c'])).toBe(2)
    expect(await read('a', 'b', 'c')).toEqual({ a: 'read', b: 'notFound', c: 'read' })
    expect(await read('a', 'b', 'c')).toEqual({ a: 'read', b: 'notFound', c: 'read' })
    expect(asked).toEqual(['a,c', 'a,c', 'b', 'a,c'])
  })

  it('that was only the vendor’s mood is back in the batch after its trial', async () => {
    fate = badId('b')
    await read('a', 'b', 'c')
    fate = () => null
    await clock.advance(6 * HOUR)
    expect(await read('a', 'b', 'c')).toEqual({ a: 'read', b: 'read', c: 'read' })
    expect(reader.cost(['a', 'b', 'c'])).toBe(1)
  })

  it('alone, and named as unknown by the vendor, is not asked for at every read', async () => {
    fate = () => refused('notFound', 'invalidParameter')
    expect(await read('b')).toEqual({ b: 'notFound' })
    expect(await read('b')).toEqual({ b: 'notFound' })
    expect(asked).toEqual(['b'])
    expect(reader.cost(['b'])).toBe(0)
  })

  it('a refusal of every room is no bad id: nobody is set apart, and nothing is split again for an hour', async () => {
    fate = () => refused('badResponse', 'invalidParameter')
    expect(await read('a', 'b')).toEqual({ a: 'badResponse', b: 'badResponse' })
    expect(await read('a', 'b')).toEqual({ a: 'badResponse', b: 'badResponse' })
    expect(asked).toEqual(['a,b', 'a', 'b', 'a,b'])
    fate = () => null
    expect(await read('a', 'b')).toEqual({ a: 'read', b: 'read' })
    fate = badId('b')
    await clock.advance(HOUR)
    expect(await read('a', 'b')).toEqual({ a: 'read', b: 'notFound' })
  })

  it('a throttle amid the split stops it: more asking makes it worse', async () => {
    fate = (ids) => (ids.length > 1 ? refused('badResponse', 'invalidParameter') : null)
    const bad = fate
    fate = (ids) => (ids.join() === 'b' ? refused('rateLimited', 'QpsLimit') : bad(ids))
    expect(await read('a', 'b', 'c')).toEqual({ a: 'read', b: 'rateLimited', c: 'rateLimited' })
    expect(asked).toEqual(['a,b,c', 'a', 'b'])
  })
})

describe('one room’s part of an answer', () => {
  const item = {
    eventId: 'e1',
    status: 'BUSY',
    start: { dateTime: '2026-03-16T10:00:00+08:00' },
    end: { dateTime: '2026-03-16T11:00:00+08:00' },
  }

  it('empty is free, items are items', () => {
    expect(answerOf('a', [{ roomId: 'a', scheduleItems: [] }])).toEqual({ kind: 'read', items: [] })
    expect(answerOf('a', [{ roomId: 'a', error: '', scheduleItems: [item] }])).toMatchObject({
      kind: 'read',
      items: [{ eventId: 'e1' }],
    })
  })

  it.each([
    ['missing', [], 'badResponse'],
    ['another room’s', [{ roomId: 'b', scheduleItems: [] }], 'badResponse'],
    [
      'refused, beside an empty list',
      [{ roomId: 'a', error: 'no permission', scheduleItems: [] }],
      'permission',
    ],
    ['refused in Chinese', [{ roomId: 'a', error: '无权限查看', scheduleItems: [] }], 'permission'],
    ['refused for whatever reason', [{ roomId: 'a', error: 'boom', scheduleItems: [] }], 'server'],
    ['without its list', [{ roomId: 'a', scheduleItems: undefined }], 'badResponse'],
    ['null', [{ roomId: 'a', scheduleItems: null }], 'badResponse'],
    ['half damaged', [{ roomId: 'a', scheduleItems: [item, { ...item, start: 7 }] }], 'badResponse'],
    [
      'told twice',
      [
        { roomId: 'a', scheduleItems: [] },
        { roomId: 'a', scheduleItems: [item] },
      ],
      'badResponse',
    ],
  ] as const)('%s is no empty room', (_name, schedules, kind) => {
    expect(answerOf('a', schedules)).toMatchObject({ kind: 'failed', error: { kind } })
  })

  it('the vendor’s text goes no further: it may name people', () => {
    const answer = answerOf('a', [{ roomId: 'a', error: '陈璐 no permission', scheduleItems: [] }])
    expect(JSON.stringify(answer) + String(answer.kind === 'failed' && answer.error.message)).not.toContain(
      '陈璐',
    )
  })
})
