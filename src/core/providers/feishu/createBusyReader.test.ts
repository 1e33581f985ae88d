import { describe, expect, it } from 'vitest'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import { createZone } from '../../../shared/domain/zonedTime.ts'
import { createFakeClock } from '../../testing/fakeClock.ts'
import { ProviderError } from '../ProviderError.ts'
import type { BusyAnswer } from './client.ts'
import { createBusyReader } from './createBusyReader.ts'

const FROM_MS = Date.parse('2026-01-05T00:00:00+08:00')
const DAY = 86_400_000
const range = { fromMs: FROM_MS, untilMs: FROM_MS + DAY }
const never = new AbortController().signal
const item = {
  uid: '0d1e6c1a-22aa-4f0b-9a11-5e2b7a90c001',
  start_time: '2026-01-05T14:00:00+08:00',
  end_time: '2026-01-05T15:00:00+08:00',
}

/** @param answer what the platform says to a question */
function setUp(answer: (ids: readonly string[], asked: TimeRange) => BusyAnswer | ProviderError) {
  const questions: (readonly string[])[] = []
  const ranges: TimeRange[] = []
  const clock = createFakeClock(FROM_MS)
  const client = {
    getBusyTimes(ids: readonly string[], asked: TimeRange) {
      questions.push(ids)
      ranges.push(asked)
      const told = answer(ids, asked)
      return told instanceof ProviderError ? Promise.reject(told) : Promise.resolve(told)
    },
  }
  const reader = createBusyReader(client, clock, createZone('Asia/Shanghai'))
  const read = (ids: readonly string[]) => reader.read(ids, range, never)
  return { clock, reader, read, questions, ranges }
}

const good = (rooms: Readonly<Record<string, unknown>>, asked: TimeRange): BusyAnswer => ({
  rooms: new Map(Object.entries(rooms)),
  refused: new Set(),
  range: asked,
})

describe('createBusyReader', () => {
  it('asks from the day before: a meeting of last night may still run', async () => {
    const { read, ranges } = setUp((_ids, asked) => good({ a: [] }, asked))
    expect(await read(['a'])).toEqual(new Map([['a', { kind: 'read', items: [], horizon: range }]]))
    expect(ranges).toEqual([{ fromMs: range.fromMs - DAY, untilMs: range.untilMs }])
  })

  it('claims no more than the answer covers', async () => {
    const untilMs = range.untilMs - 6 * 3_600_000
    const { read } = setUp((_ids, asked) => ({ ...good({ a: [] }, asked), range: { ...asked, untilMs } }))
    expect((await read(['a'])).get('a')).toMatchObject({ horizon: { untilMs } })
  })

  it.each([
    ['no list', 7],
    ['a time without an offset', [{ ...item, start_time: '2026-01-05T14:00:00' }]],
    ['an end before its start', [{ ...item, end_time: '2026-01-05T13:00:00+08:00' }]],
    ['no id', [{ ...item, uid: '' }]],
  ])('a room with %s fails alone, and is not empty', async (_name, told) => {
    const { read } = setUp((_ids, asked) => good({ a: told, b: [item] }, asked))
    const readings = await read(['a', 'b'])
    expect(readings.get('a')).toMatchObject({ kind: 'failed', error: { kind: 'badResponse' } })
    expect(readings.get('b')).toMatchObject({ kind: 'read', items: [{ uid: item.uid }] })
  })

  it('finds the one id that spoils a question, and leaves it out for a quarter of an hour', async () => {
    const refusal = new ProviderError('notFound', 'room id', { vendorCode: '100005' })
    const ids = ['a', 'b', 'c', 'bad', 'e']
    const { clock, reader, read, questions } = setUp((asked, span) =>
      asked.includes('bad') ? refusal : good(Object.fromEntries(asked.map((id) => [id, []])), span),
    )
    const kinds = async () => [...(await read(ids))].map(([id, { kind }]) => `${id} ${kind}`)
    const expected = ['a read', 'b read', 'c read', 'bad failed', 'e read']
    expect(await kinds()).toEqual(expected)
    questions.length = 0
    expect(await kinds()).toEqual(expected)
    expect([questions, reader.cost(ids)]).toEqual([[['a', 'b', 'c', 'e']], 1])
    await clock.advance(15 * 60_000)
    questions.length = 0
    await kinds()
    expect(questions[0]).toEqual(ids)
  })

  it('a throttle ends the calls of this read', async () => {
    const throttle = new ProviderError('rateLimited', 'wait')
    const ids = Array.from({ length: 45 }, (_id, index) => `room-${index}`)
    const { read, questions, reader } = setUp(() => throttle)
    expect(reader.cost(ids)).toBe(3)
    const readings = await read(ids)
    expect(new Set([...readings.values()].map(({ kind }) => kind))).toEqual(new Set(['failed']))
    expect([readings.size, questions.length]).toEqual([45, 1])
  })

  it('a server’s fault leaves the next twenty rooms their chance', async () => {
    const ids = Array.from({ length: 40 }, (_id, index) => `room-${index}`)
    const { read } = setUp((asked, span) =>
      asked.includes('room-0')
        ? new ProviderError('server', 'busy')
        : good(Object.fromEntries(asked.map((id) => [id, []])), span),
    )
    const readings = await read(ids)
    expect([readings.get('room-19')?.kind, readings.get('room-20')?.kind]).toEqual(['failed', 'read'])
  })
})
