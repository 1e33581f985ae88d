import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Fields } from '../../http/fields.ts'
import { openFeishu, type OpenFeishu, type Query } from '../../testing/openFeishu.ts'
import { mondayMs } from '../../testing/openSimulator.ts'

let open: OpenFeishu
interface Row {
  readonly uid: string
  readonly original_time: number
  readonly start_time: string
  readonly end_time: string
  readonly organizer_info?: { readonly name?: string; readonly open_id: string }
}
const at = (text: string): number => Date.parse(`2026-03-${text}:00+08:00`)
const day = { time_min: '2026-03-16T00:00:00+08:00', time_max: '2026-03-17T00:00:00+08:00' }
const roomId = async (id: number) => (await open.ids()).roomIds[id]!
const query = (more: Query = {}) => open.get('meeting_room/freebusy/batch_get', { ...day, ...more })
const rowsOf = (data: Fields, id: string) => (data['free_busy'] as Record<string, Row[]>)[id]
const rows = async (room = 12, more: Query = {}) => {
  const id = await roomId(room)
  return rowsOf((await query({ room_ids: id, ...more })).data, id) ?? null
}

beforeEach(async () => {
  open = await openFeishu()
})
afterEach(() => open.close())

describe('the question', () => {
  it('takes 20 rooms as repeated keys and no more; brackets behind the name make another name', async () => {
    const id = await roomId(12)
    const made = Array.from({ length: 19 }, (_, index) => `omm_${String(index).padStart(32, '0')}`)
    expect((await query({ room_ids: [id, ...made] })).code).toBe(0)
    expect((await query({ room_ids: [id, ...made, `omm_${'a'.repeat(32)}`] })).code).toBe(105002)
    expect((await query({ 'room_ids[]': [id] })).code).toBe(105002)
  })

  it('refuses times that are no RFC 3339 with 100003, a plus sign sent as it is among them', async () => {
    const id = await roomId(12)
    for (const time of ['1773590400', '2026-03-16', '2026-03-16T00:00:00', '2026-03-16 00:00:00+08:00'])
      expect(await query({ room_ids: id, time_min: time })).toMatchObject({ status: 400, code: 100003 })
    const raw = await fetch(
      `${open.url}/open-apis/meeting_room/freebusy/batch_get?room_ids=${id}&time_min=2026-03-16T00:00:00+08:00&time_max=2026-03-17T00:00:00+08:00`,
      { headers: { authorization: `Bearer ${await open.token()}` } },
    )
    expect(await raw.json()).toMatchObject({ code: 100003 })
    expect((await query({ room_ids: id, time_min: '2026-03-15T16:00:00Z' })).code).toBe(0)
  })

  it('answers 30 days at most: a look for a whole series has to be cut up', async () => {
    const id = await roomId(12)
    const until = (text: string) => query({ room_ids: id, time_max: `2026-${text}T00:00:00+08:00` })
    expect((await until('04-15')).code).toBe(0)
    expect((await until('04-16')).code).toBe(105002)
    expect((await until('03-16')).code).toBe(105002)
  })
})

describe('rooms', () => {
  it('gives a free room an empty list, or leaves it out: absent is not free and not unknown by itself', async () => {
    expect(await rows()).toEqual([])
    await open.sim('PATCH', 'quirks', { omitsFreeRooms: true })
    expect(await rows()).toBeNull()
  })

  it('names a room nobody knows in error_room_ids and leaves it out: one wrong id must not free a room', async () => {
    const unknown = `omm_${'0'.repeat(32)}`
    const { data } = await query({ room_ids: [unknown, await roomId(12)] })
    expect(data['error_room_ids']).toEqual([unknown])
    expect(Object.keys(data['free_busy'] as object)).toEqual([await roomId(12)])
    await open.sim('PATCH', 'quirks', { refusesUnknownRooms: true })
    expect((await query({ room_ids: [unknown, await roomId(12)] })).code).toBe(100005)
    expect((await query({ room_ids: ['12'] })).code).toBe(100005)
  })

  it('leaves a room the app may not see out without a word: no error is no evidence', async () => {
    const id = await roomId(12)
    await open.sim('PATCH', 'rooms/12', { isVisible: false })
    const { code, data } = await query({ room_ids: id })
    expect([code, data['error_room_ids'], data['free_busy']]).toEqual([0, [], {}])
  })
})

describe('busy times', () => {
  it('have uid, time with offset and organiser', async () => {
    const booked = await open.book({ room: 12, booker: 'wangbo', startMs: at('16T14:00') })
    const { openIds } = await open.ids()
    expect(await rows()).toEqual([
      {
        uid: booked.uid,
        original_time: 0,
        start_time: '2026-03-16T14:00:00+08:00',
        end_time: '2026-03-16T15:00:00+08:00',
        organizer_info: { name: '王博', open_id: openIds['wangbo'] },
      },
    ])
  })

  it('come in the offset that is set, whatever the question’s: only the instant counts', async () => {
    await open.book({ room: 12, startMs: at('16T14:00') })
    await open.sim('PATCH', 'feishu', { freebusyOffsetMinutes: -330 })
    expect(await rows()).toMatchObject([{ start_time: '2026-03-16T00:30:00-05:30' }])
  })

  it('give a private meeting no organiser, and one of an app or of somebody out of sight no name', async () => {
    await open.book({ room: 12, startMs: at('16T13:00'), private: true })
    await open.book({ room: 12, startMs: at('16T14:00'), booker: 'hejun' })
    await open.book({ room: 12, startMs: at('16T15:00'), ownApp: true })
    const [own, unseen, hidden] = (await rows())!
    expect(hidden).not.toHaveProperty('organizer_info')
    expect(Object.keys(unseen!.organizer_info!)).toEqual(['open_id'])
    expect(Object.keys(own!.organizer_info!)).toEqual(['open_id'])
    const unknown = await open.get(`contact/v3/users/${own!.organizer_info!.open_id}`)
    expect(unknown.code).toBe(41012)
  })

  it('show every occurrence of a series under one uid with original_time 0: the uid alone is no key', async () => {
    const first = await open.book({ room: 12, startMs: at('16T09:00'), repeat: 'day' })
    const found = (await rows(12, { time_max: '2026-03-19T00:00:00+08:00' }))!
    expect(found.map((row) => [row.uid, row.original_time])).toEqual(
      Array.from({ length: 3 }, () => [first.uid, 0]),
    )
  })

  it('give a moved occurrence its first start as original_time', async () => {
    await open.book({ room: 12, startMs: at('16T09:00'), repeat: 'day' })
    const { body } = await open.sim('GET', 'state')
    const second = (body['bookings'] as { id: string; startMs: number }[]).find(
      (one) => one.startMs === at('17T09:00'),
    )!
    await open.sim('PATCH', `bookings/${second.id}`, { startMs: at('17T11:00') })
    await open.sim('PATCH', `bookings/${second.id}`, { startMs: at('17T12:00') })
    const [moved] = (await rows(12, {
      time_min: '2026-03-17T00:00:00+08:00',
      time_max: '2026-03-18T00:00:00+08:00',
    }))!
    expect(moved).toMatchObject({
      original_time: at('17T09:00') / 1000,
      start_time: '2026-03-17T12:00:00+08:00',
    })
  })

  it('do not tell a pending booking from a sure one, and drop cancelled ones', async () => {
    await open.book({ room: 12, startMs: at('16T14:00'), status: 'inApproval' })
    await open.book({ room: 12, startMs: at('16T15:00'), status: 'cancelled' })
    expect((await rows())!.map((row) => Object.keys(row).sort())).toEqual([
      ['end_time', 'organizer_info', 'original_time', 'start_time', 'uid'],
    ])
  })

  it('count what overlaps the window, across midnight too, and not what only touches it', async () => {
    await open.book({ room: 12, startMs: at('15T23:00'), endMs: at('16T01:00') })
    await open.book({ room: 12, startMs: at('15T22:00'), endMs: at('16T00:00') })
    await open.book({ room: 12, startMs: at('17T00:00') })
    expect(await rows()).toMatchObject([{ start_time: '2026-03-15T23:00:00+08:00' }])
  })

  it('tell an all-day booking as local midnights, or as midnights in UTC', async () => {
    await open.book({ room: 12, allDay: true })
    expect(await rows()).toMatchObject([
      { start_time: '2026-03-16T00:00:00+08:00', end_time: '2026-03-17T00:00:00+08:00' },
    ])
    await open.sim('PATCH', 'quirks', { tellsAllDayInUtc: true })
    expect(await rows()).toMatchObject([
      { start_time: '2026-03-16T08:00:00+08:00', end_time: '2026-03-17T08:00:00+08:00' },
    ])
  })

  it('keep a released meeting as long as they lag: the list says released before they agree', async () => {
    const { id } = await open.book({ room: 12 })
    await open.sim('PATCH', 'feishu', { freebusyLagMs: 30_000 })
    await open.sim('PATCH', `bookings/${id}`, { release: 'manual' })
    expect(await rows()).toHaveLength(1)
    open.setNow(mondayMs + 30_000)
    expect(await rows()).toEqual([])
  })
})

describe('calendar/v4/freebusy/list', () => {
  const list = async (more: Fields = {}) =>
    open.post('calendar/v4/freebusy/list', { ...day, room_id: await roomId(12), ...more })

  it('tells one room’s busy times without uid; the rsvp of a pending booking is needs_action', async () => {
    await open.book({ room: 12, startMs: at('16T14:00'), status: 'inApproval' })
    const busy = { start_time: '2026-03-16T14:00:00+08:00', end_time: '2026-03-16T15:00:00+08:00' }
    expect((await list()).data['freebusy_list']).toEqual([busy])
    expect((await list({ need_rsvp_status: true })).data['freebusy_list']).toEqual([
      { ...busy, rsvp_status: 'needs_action' },
    ])
  })

  it('needs a bot (190007), and looks 90 days far', async () => {
    expect((await list({ time_max: '2026-06-15T00:00:00+08:00' })).code).toBe(190002)
    await open.sim('PATCH', 'feishu', { hasBot: false })
    expect(await list()).toMatchObject({ status: 404, code: 190007 })
  })
})
