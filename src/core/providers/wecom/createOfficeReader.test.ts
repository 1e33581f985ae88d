import { describe, expect, it, vi } from 'vitest'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import { ProviderError } from '../ProviderError.ts'
import type { RawSchedule, WecomClient } from './client.ts'
import type { PlaceFilter } from './requests.ts'
import type { Catalogue } from './createCatalogue.ts'
import { createOfficeReader } from './createOfficeReader.ts'
import type { OfficeReading } from './createOfficeReader.ts'
import type { OfficeRoom } from './schema.ts'

const DAY = 86_400_000
const TODAY_MS = 1_773_590_400_000
const day = (offset: number): TimeRange => ({
  fromMs: TODAY_MS + offset * DAY,
  untilMs: TODAY_MS + (offset + 1) * DAY,
})
const never = new AbortController().signal
const place = { city: '杭州', building: '滨江一号', floor: '3F' }
const booking = (id: string) => ({
  booking_id: id,
  start_time: TODAY_MS / 1000 + 3600,
  end_time: TODAY_MS / 1000 + 7200,
  booker: 'x',
  status: 0,
})

type Answer = (filter: PlaceFilter, asked: TimeRange) => readonly RawSchedule[] | Error

function setUp(answer: Answer, placed: readonly number[] = []) {
  const asked: string[] = []
  const client: Partial<WecomClient> = {
    async getBookingInfo(filter, range) {
      const what = 'meetingroom_id' in filter ? String(filter.meetingroom_id) : (filter.floor ?? 'building')
      asked.push(`${what}@${(range.fromMs - TODAY_MS) / DAY}`)
      await Promise.resolve()
      const told = answer(filter, range)
      if (told instanceof Error) throw told
      return told
    },
  }
  const doubt = vi.fn()
  const catalogue: Catalogue<number, OfficeRoom> = {
    learn: () => Promise.resolve(),
    get: (id) => (placed.includes(id) ? { meetingroom_id: id, name: 'r', ...place } : undefined),
    take: vi.fn(),
    doubt,
  }
  const reader = createOfficeReader(client as WecomClient, catalogue)
  const read = (ids: readonly number[], needed: readonly TimeRange[] = [day(0)], welcome: TimeRange[] = []) =>
    reader.read(ids, { needed, welcome }, never)
  return { asked, doubt, reader, read }
}
const told = (readings: ReadonlyMap<number, OfficeReading>, id: number): string => {
  const reading = readings.get(id)
  if (!reading) return 'left out'
  return reading.kind === 'read'
    ? `read ${reading.bookings.length}`
    : `${reading.error.kind} ${reading.error.details.vendorCode ?? ''}`.trim()
}
const coded = (kind: ProviderError['kind'], vendorCode: string): ProviderError =>
  new ProviderError(kind, vendorCode, { vendorCode })
const empty = (...ids: readonly number[]): RawSchedule[] =>
  ids.map((id) => ({ meetingroom_id: id, schedule: [] }))

describe('createOfficeReader', () => {
  it('one question answers for every room of a place', async () => {
    const { asked, read } = setUp(() => empty(1, 2, 7), [1, 2])
    const readings = await read([1, 2])
    expect([asked, told(readings, 1), told(readings, 2), readings.size]).toEqual([
      ['3F@0'],
      'read 0',
      'read 0',
      2,
    ])
  })

  it('a damaged schedule fails its own room only, naming the field and no value', async () => {
    const broken = { meetingroom_id: 2, schedule: [{ ...booking('b'), status: 'sentinel' }] }
    const { read } = setUp(() => [{ meetingroom_id: 1, schedule: [booking('a')] }, broken], [1, 2])
    const readings = await read([1, 2])
    expect([told(readings, 1), told(readings, 2)]).toEqual(['read 1', 'badResponse'])
    const failed = readings.get(2)
    expect(failed?.kind === 'failed' && failed.error.message).not.toContain('sentinel')
  })

  it('a schedule that is missing is no empty one', async () => {
    const { read } = setUp(() => [{ meetingroom_id: 1, schedule: undefined }])
    expect(told(await read([1]), 1)).toBe('badResponse')
  })

  it('a room that left the place is found by its id, and the list doubted', async () => {
    const { asked, doubt, read } = setUp(
      (filter) => ('meetingroom_id' in filter ? empty(filter.meetingroom_id) : empty(1)),
      [1, 2],
    )
    const readings = await read([1, 2])
    expect([asked, told(readings, 2)]).toEqual([['3F@0', '2@0'], 'read 0'])
    expect(doubt).toHaveBeenCalledTimes(1)
  })

  it('a room that is nowhere is not found, not empty', async () => {
    const { read } = setUp(() => empty(1), [1, 2])
    const readings = await read([1, 2])
    expect([told(readings, 1), told(readings, 2)]).toEqual(['read 0', 'notFound'])
  })

  it('a place too large to tell is asked room by room, from then on', async () => {
    const { asked, doubt, read } = setUp(
      (filter) => ('floor' in filter ? coded('server', '45029') : empty(1, 2)),
      [1, 2],
    )
    expect(told(await read([1, 2]), 2)).toBe('read 0')
    await read([1, 2])
    expect(asked).toEqual(['3F@0', '1@0', '2@0', '1@0', '2@0'])
    expect(doubt).not.toHaveBeenCalled()
  })

  it('yesterday unread means the room is unread: a night booking may still run', async () => {
    const { read } = setUp((_filter, range) => (range.fromMs < TODAY_MS ? coded('server', '-1') : empty(1)))
    expect(told(await read([1], [day(-1), day(0)]), 1)).toBe('server -1')
  })

  it('tomorrow unread only narrows the horizon', async () => {
    const answer: Answer = (_filter, range) => (range.fromMs > TODAY_MS ? coded('server', '-1') : empty(1))
    const { read } = setUp(answer)
    const narrow = (await read([1], [day(0)], [day(1)])).get(1)
    expect(narrow).toMatchObject({ kind: 'read', horizon: day(0) })
    const { read: readBoth } = setUp(() => empty(1))
    const wide = (await readBoth([1], [day(0)], [day(1)])).get(1)
    expect(wide).toMatchObject({
      kind: 'read',
      horizon: { fromMs: TODAY_MS, untilMs: TODAY_MS + 2 * DAY },
    })
  })

  it('a refusal of the whole API is asked for no further rooms', async () => {
    const { asked, read } = setUp(() => coded('permission', '48002'))
    const readings = await read([1, 2, 3, 4, 5])
    expect(asked).toHaveLength(2)
    expect([1, 5].map((id) => told(readings, id))).toEqual(['permission 48002', 'permission 48002'])
  })

  it('rooms read before such a refusal stay read', async () => {
    let calls = 0
    const { read } = setUp((filter) => {
      calls += 1
      if (calls > 2) return coded('rateLimited', '45009')
      return 'meetingroom_id' in filter ? empty(filter.meetingroom_id) : []
    })
    const readings = await read([1, 2, 3, 4])
    expect([1, 2, 3, 4].map((id) => told(readings, id))).toEqual([
      'read 0',
      'read 0',
      'rateLimited 45009',
      'rateLimited 45009',
    ])
  })

  it('a room that always fails does not starve its siblings', async () => {
    const { read } = setUp((filter) => {
      const id = 'meetingroom_id' in filter ? filter.meetingroom_id : 0
      return id === 1 ? coded('server', '-1') : empty(id)
    })
    const readings = await read([1, 2, 3])
    expect([1, 2, 3].map((id) => told(readings, id))).toEqual(['server -1', 'read 0', 'read 0'])
  })

  it('an id the platform does not take is a room not found', async () => {
    const { read } = setUp(() => coded('badResponse', '40058'))
    expect(told(await read([1]), 1)).toBe('notFound 40058')
  })

  it('announces its calls', () => {
    const { reader } = setUp(() => [], [1, 2])
    expect(reader.cost([1, 2, 3], { needed: [day(-1), day(0)], welcome: [day(1)] })).toBe(6)
  })

  it('a bug is not dressed up as a platform’s failure', async () => {
    const { read } = setUp(() => new TypeError('bug'))
    await expect(read([1])).rejects.toThrow(TypeError)
  })
})
