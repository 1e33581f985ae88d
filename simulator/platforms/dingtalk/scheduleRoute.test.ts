import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Fields } from '../../http/fields.ts'
import { at, iso, openDingtalk, type OpenDingtalk } from '../../testing/openDingtalk.ts'
import { roomIdOf, unionIdOf } from './vendorIds.ts'

let open: OpenDingtalk
const book = async (fields: Record<string, unknown>) =>
  (await open.sim('POST', 'bookings', { room: 12, ...fields })).body
const query = (body: unknown) => open.calendar('POST', 'doorplate', 'meetingRooms/schedules/query', { body })
const rooms = async (ids: readonly number[]) =>
  (await open.busy(ids, '16T00:00', '17T00:00')).body['scheduleInformation'] as readonly Fields[]

beforeEach(async () => {
  open = await openDingtalk()
})
afterEach(() => open.close())

describe('one busy time', () => {
  it('says who and when, never what', async () => {
    await book({ startMs: at('16T10:00'), booker: 'wangbo', subject: '架构评审' })
    expect(await open.items(12)).toEqual([
      {
        eventId: expect.any(String) as string,
        status: 'BUSY',
        organizer: { id: unionIdOf('wangbo') },
        start: { dateTime: iso('16T10:00'), timeZone: 'Asia/Shanghai' },
        end: { dateTime: iso('16T11:00'), timeZone: 'Asia/Shanghai' },
      },
    ])
  })

  it('is TENTATIVE while it waits for approval, and a text nobody knows for a state nobody knows', async () => {
    await book({ status: 'inApproval' })
    await book({ room: 13, status: 'requested' })
    await book({ room: 14, status: 9 })
    for (const [room, status] of [
      [12, 'TENTATIVE'],
      [13, 'TENTATIVE'],
      [14, 'STATE_9'],
    ] as const)
      expect(await open.items(room)).toMatchObject([{ status }])
  })

  it('is gone when it is cancelled', async () => {
    const booking = await book({})
    await open.sim('DELETE', `bookings/${String(booking['id'])}`)
    expect(await open.items(12)).toEqual([])
  })

  it('comes in the zone it was made in: a panel that reads the clock face shows the wrong hour', async () => {
    await book({ startMs: at('16T10:00'), timeZone: 'America/New_York' })
    expect(await open.items(12)).toMatchObject([
      { start: { dateTime: '2026-03-15T22:00:00-04:00', timeZone: 'America/New_York' } },
    ])
  })

  it('of a series has the series’ own id on every day, or each day’s own when told so', async () => {
    for (const day of ['16', '17']) await book({ startMs: at(`${day}T14:00`), masterBookingId: 'weekly' })
    const ids = async () => (await open.items(12, '16T00:00', '18T00:00')).map((item) => item['eventId'])
    expect(new Set(await ids()).size).toBe(1)
    await open.sim('PATCH', 'quirks', { tellsInstanceIds: true })
    expect(new Set(await ids()).size).toBe(2)
  })
})

describe('a day of busy times', () => {
  it('comes in no useful order, overlaps included', async () => {
    await book({ startMs: at('16T10:00') })
    await book({ startMs: at('16T14:00') })
    await book({ startMs: at('16T14:30') })
    const starts = (await open.items(12)).map((item) => (item['start'] as Fields)['dateTime'])
    expect(starts).toEqual([iso('16T14:30'), iso('16T14:00'), iso('16T10:00')])
  })

  it('has what began before it and ends after it', async () => {
    await book({ startMs: at('15T23:00'), endMs: at('16T01:00') })
    await book({ startMs: at('16T23:30'), endMs: at('17T00:30') })
    await book({ startMs: at('17T00:00') })
    expect(await open.items(12)).toHaveLength(2)
  })

  it('has a whole day as midnights in UTC, so it can be missed: the morning alone does not find it', async () => {
    await book({ allDay: true })
    expect(await open.items(12)).toMatchObject([
      {
        start: { dateTime: '2026-03-16T00:00:00Z', timeZone: 'UTC' },
        end: { dateTime: '2026-03-17T00:00:00Z', timeZone: 'UTC' },
      },
    ])
    expect(await open.items(12, '16T00:00', '16T08:00')).toEqual([])
    expect(await open.items(12, '17T00:00', '17T08:00')).toHaveLength(1)
    await open.sim('PATCH', 'quirks', { tellsAllDayLocally: true })
    expect(await open.items(12, '16T00:00', '16T08:00')).toMatchObject([
      { start: { dateTime: iso('16T00:00'), timeZone: 'Asia/Shanghai' } },
    ])
  })

  it('has what is over, or not when told so', async () => {
    await book({ startMs: at('16T08:00') })
    expect(await open.items(12)).toHaveLength(1)
    await open.sim('PATCH', 'quirks', { omitsPastItems: true })
    expect(await open.items(12)).toEqual([])
  })
})

describe('several rooms', () => {
  it('answers them in an order of its own', async () => {
    const answered = (await rooms([12, 13, 14])).map((room) => room['roomId'])
    expect(answered).toEqual([14, 13, 12].map(roomIdOf))
  })

  it('gives a room the operator may not see an error inside HTTP 200, beside an empty list: not a free day', async () => {
    await book({ room: 13 })
    await open.sim('PATCH', 'rooms/13', { isVisible: false })
    await open.post('oa/meetingroom/edit', { meetingroom_id: 14, range: { user_list: ['chenlu'] } })
    const [forbidden, hidden, good] = await rooms([12, 13, 14])
    for (const room of [forbidden, hidden])
      expect(room).toMatchObject({ error: 'no permission', scheduleItems: [] })
    expect(good).not.toHaveProperty('error')
  })

  it('gives a room an error for a while when a fault says so', async () => {
    await book({})
    await open.sim('POST', 'faults', {
      kind: 'roomError',
      meetingroomId: roomIdOf(12),
      errmsg: 'system error',
      route: 'schedules/query',
    })
    const [other, hit] = await rooms([12, 13])
    expect(hit).toEqual({ roomId: roomIdOf(12), error: 'system error', scheduleItems: [] })
    expect(other).not.toHaveProperty('error')
  })

  it('can lose one: missing is not empty', async () => {
    await open.sim('POST', 'faults', { kind: 'missingRoom', meetingroomId: roomIdOf(12) })
    expect(await rooms([12, 13])).toMatchObject([{ roomId: roomIdOf(13) }])
  })

  it('refuses the whole batch for one id that is none', async () => {
    const span = { startTime: iso('16T00:00'), endTime: iso('17T00:00') }
    expect(await query({ roomIds: [roomIdOf(12), 'deadbeef'], ...span })).toMatchObject({
      status: 400,
      body: { code: 'invalidParameter', message: 'roomId invalid' },
    })
  })

  it('takes five rooms and no sixth, or as many as told', async () => {
    const six = [12, 13, 14, 15, 21, 22]
    expect((await open.busy(six.slice(1), '16T00:00', '17T00:00')).status).toBe(200)
    expect((await open.busy(six, '16T00:00', '17T00:00')).body).toMatchObject({
      code: 'invalidParameter',
      message: 'Cannot get schedule information for more than limit.',
    })
    await open.sim('PATCH', 'limits', { dingtalkRoomsPerQuery: 20 })
    expect((await open.busy(six, '16T00:00', '17T00:00')).status).toBe(200)
  })
})

describe('what is refused', () => {
  const good = { roomIds: [roomIdOf(12)], startTime: iso('16T00:00'), endTime: iso('17T00:00') }
  it.each([
    [{ ...good, roomIds: [] }, 'query ids cannot be empty'],
    [{ ...good, endTime: '2026-06-15T00:00:01+08:00' }, 'Cannot query schedule for more than 90 days.'],
    [{ ...good, endTime: iso('16T00:00') }, 'endTime must be after startTime'],
  ])('%j', async (body, message) => {
    expect(await query(body)).toMatchObject({ status: 400, body: { code: 'invalidParameter', message } })
  })

  it.each(['2026-03-16T00:00+08:00', '2026-03-16T00:00:00Z', '2026-03-16', '1773590400000'])(
    'the time %s, which some documents show',
    async (startTime) => {
      expect((await query({ ...good, startTime })).body['code']).toBe(
        'InvalidParameter.ParsedISO8601TimestampError',
      )
    },
  )

  it('takes milliseconds in UTC and seconds with an offset', async () => {
    expect((await query({ ...good, startTime: '2026-03-15T16:00:00.000Z' })).status).toBe(200)
    expect((await query(good)).status).toBe(200)
  })

  it('a caller who is nobody, and one outside the range of the app', async () => {
    const asked = async (userId: string) =>
      (await open.calendar('POST', userId, 'meetingRooms/schedules/query', { body: good })).body['code']
    expect(await asked('nobody')).toBe('invalidParameter')
    expect(await asked('hejun')).toBe('permissionDeny')
  })
})
