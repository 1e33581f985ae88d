import { randomUUID } from 'node:crypto'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Fields } from '../../http/fields.ts'
import { openFeishu, type OpenFeishu, type Query } from '../../testing/openFeishu.ts'
import { mondayMs } from '../../testing/openSimulator.ts'

let open: OpenFeishu
let nowMs = mondayMs
const minute = 60_000
const events = 'calendar/v4/calendars/primary/events'
const time = (ms: number) => ({ timestamp: String(ms / 1000), timezone: 'Asia/Shanghai' })
const span = (fromMin: number, lengthMin: number) => ({
  start_time: time(mondayMs + fromMin * minute),
  end_time: time(mondayMs + (fromMin + lengthMin) * minute),
})
const create = (body: Fields = {}, query: Query = {}) =>
  open.call('POST', events, {
    query,
    body: { summary: '门口预订：西湖', vchat: { vc_type: 'no_meeting' }, ...span(0, 30), ...body },
  })
const newEvent = async (body: Fields = {}) => {
  const { data } = await create(body)
  return String((data['event'] as Fields)['event_id'])
}
const roomId = async (id: number) => (await open.ids()).roomIds[id]!
const addRoom = async (eventId: string, room = 12, more: Fields = {}) =>
  open.post(`${events}/${eventId}/attendees`, {
    attendees: [
      {
        type: 'resource',
        room_id: await roomId(room),
        operate_id: (await open.ids()).openIds['huangjing'],
        ...more,
      },
    ],
  })
const attendees = async (eventId: string) =>
  (await open.get(`${events}/${eventId}/attendees`, { page_size: '100' })).data['items'] as readonly Fields[]
const rsvp = async (eventId: string) =>
  (await attendees(eventId)).find((one) => one['type'] === 'resource')!['rsvp_status']
/** Lets the rooms think. */
const wait = (ms = 1_500) => {
  nowMs += ms
  open.setNow(nowMs)
}
const booked = async (room = 12, body: Fields = {}) => {
  const id = await newEvent(body)
  await addRoom(id, room)
  wait()
  return id
}
const patch = (id: string, body: Fields) => open.call('PATCH', `${events}/${id}`, { body })
interface Booking extends Fields {
  readonly status: string
  readonly startMs: number
  readonly endMs: number
}
const taken = async () =>
  ((await open.sim('GET', 'state')).body['bookings'] as readonly Booking[]).filter(
    (one) => one.status !== 'cancelled',
  )

beforeEach(async () => {
  nowMs = mondayMs
  open = await openFeishu()
})
afterEach(() => open.close())

describe('the calendar', () => {
  it('is the app’s own, under its id and under "primary", and needs a bot', async () => {
    const { data } = await open.call('POST', 'calendar/v4/calendars/primary')
    const [first] = data['calendars'] as readonly { readonly calendar: { readonly calendar_id: string } }[]
    const { calendarId } = await open.ids()
    expect(first!.calendar).toMatchObject({ calendar_id: calendarId, type: 'primary', role: 'owner' })
    const byId = `calendar/v4/calendars/${calendarId}/events`
    expect((await open.post(byId, { summary: 'x', ...span(0, 30) })).code).toBe(0)
    const foreign = calendarId.replace('feishu.cn_', 'feishu.cn_0')
    expect(await open.post(`calendar/v4/calendars/${foreign}/events`)).toMatchObject({ code: 191000 })
    expect(await open.post('calendar/v4/calendars/12/events')).toMatchObject({ status: 400, code: 191001 })
    await open.sim('PATCH', 'feishu', { hasBot: false })
    expect(await create()).toMatchObject({ status: 404, code: 190007 })
  })

  it('knows no user_id of an app', async () => {
    const query = { user_id_type: 'user_id' }
    expect((await open.call('POST', 'calendar/v4/calendars/primary', { query })).code).toBe(190002)
  })
})

describe('creating an event', () => {
  it('answers with the event and books no room: setting a place is not enough', async () => {
    const { code, data } = await create({ location: { name: '西湖' } })
    expect(code).toBe(0)
    expect(data['event']).toMatchObject({
      event_id: expect.stringMatching(/^[0-9a-f-]{36}_0$/) as string,
      organizer_calendar_id: (await open.ids()).calendarId,
      status: 'confirmed',
      ...span(0, 30),
    })
    expect(await taken()).toEqual([])
  })

  it.each([
    ['no times', { start_time: undefined }],
    ['numbers as times', { start_time: { timestamp: 1_773_627_600 } }],
    ['an end before the start', span(30, -10)],
    ['both a date and a time', { start_time: { timestamp: '1', date: '2026-03-16' } }],
    ['a series', { recurrence: 'FREQ=DAILY;INTERVAL=1' }],
    ['a title of 1001 characters', { summary: 'x'.repeat(1001) }],
  ])('refuses %s with 190002 and names the field', async (_, body) => {
    const refused = await create(body)
    expect(refused).toMatchObject({ status: 400, code: 190002 })
    expect(refused.body['error']).toHaveProperty('field_violations.0.field')
  })

  it('makes one event of one idempotency key: a repeated press must not book twice', async () => {
    const query = { idempotency_key: randomUUID() }
    const [one, two] = [await create({}, query), await create({ summary: 'other' }, query)]
    expect(two.data['event']).toEqual(one.data['event'])
    expect((await create()).data['event']).not.toMatchObject({
      event_id: (one.data['event'] as Fields)['event_id'],
    })
    expect((await create({}, { idempotency_key: 'short' })).code).toBe(190002)
  })

  it('attaches a video meeting with the first guest unless told no_meeting', async () => {
    const id = await newEvent({ vchat: undefined })
    await addRoom(id)
    const { data } = await open.get(`${events}/${id}`)
    expect((data['event'] as Fields)['vchat']).toMatchObject({ vc_type: 'vc' })
    const without = await booked(13)
    const answer = await open.get(`${events}/${without}`)
    expect((answer.data['event'] as Fields)['vchat']).toEqual({ vc_type: 'no_meeting' })
  })

  it('needs the scope to create', async () => {
    await open.sim('PATCH', 'feishu', { scopes: ['calendar:calendar.event:read'] })
    const refused = await create()
    expect(refused.code).toBe(99991672)
    expect(refused.msg).toContain('calendar:calendar.event:create')
  })
})

describe('a room as attendee', () => {
  it('is asked, not booked: needs_action, and nobody sees it taken, until it says accept', async () => {
    const id = await newEvent()
    const asked = await addRoom(id)
    expect(asked.data['attendees']).toMatchObject([
      { type: 'resource', room_id: await roomId(12), rsvp_status: 'needs_action' },
      { type: 'user', display_name: '黄静' },
    ])
    wait(1_499)
    expect(await rsvp(id)).toBe('needs_action')
    expect(await taken()).toEqual([])
    wait(1)
    expect(await rsvp(id)).toBe('accept')
    expect(await taken()).toMatchObject([
      { roomId: 12, startMs: mondayMs, subject: '门口预订：西湖', ownApp: true, contactId: 'huangjing' },
    ])
  })

  it('shows up in busy times under the event’s uid, without a name, and on the other platforms', async () => {
    const id = await booked()
    const room = await roomId(12)
    const { data } = await open.get('meeting_room/freebusy/batch_get', {
      room_ids: room,
      time_min: '2026-03-16T00:00:00+08:00',
      time_max: '2026-03-17T00:00:00+08:00',
    })
    const [row] = (data['free_busy'] as Record<string, readonly Fields[]>)[room]!
    expect(`${String(row!['uid'])}_${String(row!['original_time'])}`).toBe(id)
    expect(Object.keys(row!['organizer_info'] as object)).toEqual(['open_id'])
    expect(open.simulator.world.bookings.isTaken(12, mondayMs, mondayMs + minute)).toBe(true)
  })

  it('declines who comes second, although both were told 0: the race is lost later', async () => {
    const first = await newEvent()
    const second = await newEvent({ summary: 'too late' })
    await addRoom(second)
    await addRoom(first)
    wait()
    expect([await rsvp(first), await rsvp(second)]).toEqual(['decline', 'accept'])
    expect(await taken()).toMatchObject([{ subject: 'too late' }])
  })

  it('declines when somebody else books while it thinks', async () => {
    const id = await newEvent()
    await addRoom(id)
    await open.book({ room: 12, subject: 'quicker' })
    wait()
    expect(await rsvp(id)).toBe('decline')
    expect(await taken()).toMatchObject([{ subject: 'quicker' }])
  })

  it('leaves the event of a declined room in the calendar: an orphan for its maker to delete', async () => {
    await open.book({ room: 12 })
    const id = await booked()
    expect((await open.get(`${events}/${id}`)).data['event']).toMatchObject({ status: 'confirmed' })
  })

  it.each([
    ['approval is needed', () => open.sim('PATCH', 'rooms/12', { needsApproval: true })],
    ['it is disabled', () => open.sim('PATCH', 'rooms/12', { isDisabled: true })],
    ['it is closed then', () => open.sim('POST', 'closures', { room: 12, startInMinutes: 20 })],
    ['it opens later', () => open.sim('PATCH', 'feishu/rooms/12', { opensAtMin: 11 * 60 })],
    ['it closes earlier', () => open.sim('PATCH', 'feishu/rooms/12', { closesAtMin: 10 * 60 + 40 })],
  ])('declines an app when %s, which no error tells', async (_, change) => {
    await change()
    const id = await booked()
    expect(await rsvp(id)).toBe('decline')
    expect(await taken()).toEqual([])
  })

  it('declines an app where only some people may book', async () => {
    const { world } = open.simulator
    const room = world.rooms.get(12)!
    world.rooms.set(12, { ...room, range: { userIds: [], departmentIds: [7] } })
    expect(await rsvp(await booked())).toBe('decline')
    world.rooms.set(12, { ...room, rules: { ...room.rules, maxMinutes: 20 } })
    expect(await rsvp(await booked())).toBe('decline')
    world.rooms.set(12, { ...room, rules: { ...room.rules, advanceDays: 1 } })
    expect(await rsvp(await booked(12, span(3 * 1440, 30)))).toBe('decline')
    expect(await rsvp(await booked(12, span(1440, 30)))).toBe('accept')
  })

  it('wants a contact who works here, unless the organisation does not mind', async () => {
    const id = await newEvent()
    const refused = await addRoom(id, 12, { operate_id: undefined })
    expect(refused).toMatchObject({ code: 190002 })
    expect(refused.body['error']).toMatchObject({ field_violations: [{ field: 'attendees.operate_id' }] })
    const { openIds } = await open.ids()
    expect((await addRoom(id, 12, { operate_id: openIds['tanghua'] })).code).toBe(195100)
    await open.sim('PATCH', 'quirks', { takesRoomsWithoutContact: true })
    expect((await addRoom(id, 12, { operate_id: undefined })).code).toBe(0)
  })

  it('must exist, and be of a known type', async () => {
    const id = await newEvent()
    const unknown = await addRoom(id, 12, { room_id: 'omm_none' })
    expect(unknown).toMatchObject({ status: 404, code: 194000 })
    expect((await addRoom(id, 12, { type: 'chat' })).code).toBe(194004)
  })

  it('can be asked again after it declined', async () => {
    const blocker = await open.book({ room: 12 })
    const id = await booked()
    await open.sim('DELETE', `bookings/${blocker.id}`)
    await addRoom(id)
    wait()
    expect(await rsvp(id)).toBe('accept')
    await addRoom(id)
    wait()
    expect(await rsvp(id)).toBe('accept')
    expect(await taken()).toHaveLength(1)
  })

  it('is removed once it was given back', async () => {
    const id = await booked()
    await open.post('meeting_room/instance/reply', {
      room_id: await roomId(12),
      uid: id.slice(0, 36),
      original_time: 0,
      status: 'ENDED_BEFORE_DUE',
    })
    expect(await rsvp(id)).toBe('removed')
  })

  it('is listed with the people, for the organiser alone', async () => {
    const persons = await open.book({ room: 12 })
    const peoples = `${persons.uid}_0`
    expect(await open.get(`${events}/${peoples}/attendees`)).toMatchObject({ status: 403, code: 194001 })
    expect(await open.get(`${events}/${peoples}`)).toMatchObject({ status: 404, code: 193001 })
    expect(await open.get(`${events}/nonsense`)).toMatchObject({ status: 400, code: 193000 })
  })
})

describe('changing an event', () => {
  it('extends only with both times: an end alone is answered 0 and changes nothing', async () => {
    const id = await booked()
    expect((await patch(id, { end_time: span(0, 60).end_time })).code).toBe(0)
    wait()
    expect(await taken()).toMatchObject([{ endMs: mondayMs + 30 * minute }])
    await patch(id, span(0, 60))
    expect(await rsvp(id)).toBe('needs_action')
    expect(await taken()).toMatchObject([{ endMs: mondayMs + 30 * minute }])
    wait()
    expect(await rsvp(id)).toBe('accept')
    expect(await taken()).toMatchObject([{ endMs: mondayMs + 60 * minute }])
  })

  it('ends early by moving the end', async () => {
    const id = await booked()
    await patch(id, { ...span(0, 10) })
    wait()
    expect(await taken()).toMatchObject([{ endMs: mondayMs + 10 * minute }])
  })

  it('loses the room when the next meeting is in the way, with a good answer: extend after reading, never before', async () => {
    const id = await booked()
    await open.book({ room: 12, startMs: mondayMs + 45 * minute })
    expect((await patch(id, span(0, 60))).code).toBe(0)
    wait()
    expect(await rsvp(id)).toBe('decline')
    expect(await taken()).toMatchObject([{ startMs: mondayMs + 45 * minute }])
  })

  it('or keeps the room as it was, where the platform does that', async () => {
    await open.sim('PATCH', 'quirks', { keepsRoomOnRefusedMove: true })
    const id = await booked()
    await open.book({ room: 12, startMs: mondayMs + 45 * minute })
    await patch(id, span(0, 60))
    wait()
    expect(await rsvp(id)).toBe('decline')
    expect(await taken()).toHaveLength(2)
  })

  it('tells a new title at once, and asks no room for it', async () => {
    const id = await booked()
    await patch(id, { summary: '延长' })
    expect(await rsvp(id)).toBe('accept')
    expect(await taken()).toMatchObject([{ subject: '延长' }])
  })

  it('counts the last of two changes: a late answer to the first must not undo the second', async () => {
    const id = await booked()
    await patch(id, span(0, 90))
    wait(1_000)
    await patch(id, span(0, 60))
    wait(500)
    expect(await rsvp(id)).toBe('needs_action')
    wait(1_000)
    expect(await taken()).toMatchObject([{ endMs: mondayMs + 60 * minute }])
  })
})

describe('deleting an event', () => {
  const remove = (id: string, query: Query = { need_notification: 'false' }) =>
    open.call('DELETE', `${events}/${id}`, { query })

  it('frees the room, and later calls say the event is deleted (193003)', async () => {
    const id = await booked()
    expect((await remove(id)).body).toMatchObject({ code: 0, data: {} })
    expect(await taken()).toEqual([])
    expect(await open.get(`${events}/${id}`)).toMatchObject({ status: 403, code: 193003 })
    expect((await remove(id)).code).toBe(193003)
    expect((await addRoom(id)).code).toBe(193003)
  })

  it('before the room has answered books nothing: an orphan taken back stays taken back', async () => {
    const id = await newEvent()
    await addRoom(id)
    await remove(id)
    wait()
    expect(await taken()).toEqual([])
  })

  it('leaves people’s events alone', async () => {
    const persons = await open.book({ room: 12 })
    expect((await remove(`${persons.uid}_0`)).code).toBe(193001)
    expect(await taken()).toHaveLength(1)
  })
})

describe('a lost answer', () => {
  it('leaves an event behind that its key finds again', async () => {
    await open.sim('POST', 'faults', { kind: 'drop', when: 'after', route: '/events', times: 1 })
    const query = { idempotency_key: randomUUID() }
    await expect(create({}, query)).rejects.toThrow()
    const before = (await open.sim('GET', 'state')).body['schedules'] as readonly unknown[]
    expect((await create({}, query)).code).toBe(0)
    const after = (await open.sim('GET', 'state')).body['schedules'] as readonly unknown[]
    expect([before.length, after.length]).toEqual([1, 1])
  })
})
