import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Fields } from '../../http/fields.ts'
import { at, eventPath, iso, openDingtalk, type OpenDingtalk } from '../../testing/openDingtalk.ts'
import { unionIdOf } from './vendorIds.ts'

let open: OpenDingtalk
const point = (text: string, timeZone = 'Asia/Shanghai') => ({ dateTime: iso(text), timeZone })
const walkUp = {
  summary: 'Walk-up meeting',
  isAllDay: false,
  start: point('16T14:03'),
  end: point('16T14:30'),
  reminders: [],
  extra: { noPushNotification: 'true' },
}
const book = async (fields: Record<string, unknown>) =>
  (await open.sim('POST', 'bookings', { room: 12, startMs: at('16T14:00'), booker: 'wangbo', ...fields }))
    .body
const eventIdOn = async (room: number) => String((await open.items(room))[0]!['eventId'])
const get = (userId: string, eventId: unknown, query: Record<string, string> = {}) =>
  open.calendar('GET', userId, eventPath(eventId), { query })
const create = (body: unknown, userId = 'doorplate', headers: Record<string, string> = {}) =>
  open.calendar('POST', userId, 'calendars/primary/events', { body, headers })
const put = (userId: string, eventId: unknown, body: Fields) =>
  open.calendar('PUT', userId, eventPath(eventId), { body: { id: eventId, ...body } })
const del = (userId: string, eventId: unknown) =>
  open.calendar('DELETE', userId, eventPath(eventId), { query: { pushNotification: 'false' } })

beforeEach(async () => {
  open = await openDingtalk()
})
afterEach(() => open.close())

describe('GET event', () => {
  it('tells the organiser what the busy times do not: title, names, video meeting', async () => {
    await book({ subject: '架构评审', attendees: ['chenlu', 'liyan'], online: true })
    const { body } = await get('wangbo', await eventIdOn(12), { maxAttendees: '1' })
    expect(body).toMatchObject({
      id: await eventIdOn(12),
      summary: '架构评审',
      status: 'confirmed',
      isAllDay: false,
      start: point('16T14:00'),
      end: point('16T15:00'),
      organizer: { id: unionIdOf('wangbo'), displayName: '王博', self: true, responseStatus: 'accepted' },
      attendees: [{ id: unionIdOf('chenlu'), displayName: '陈璐' }],
      onlineMeetingInfo: { type: 'dingtalk', url: expect.stringMatching(/^https:/) as string },
      reminders: [{ method: 'dingtalk', minutes: '15' }],
      meetingRooms: [{ responseStatus: 'accepted', displayName: '西湖' }],
    })
    expect(body).not.toHaveProperty('recurrence')
  })

  it('tells an attendee the same, and anybody else nothing', async () => {
    await book({ attendees: ['chenlu'] })
    const eventId = await eventIdOn(12)
    expect((await get('chenlu', eventId)).body).toMatchObject({ organizer: { self: false } })
    expect(await get('liyan', eventId)).toMatchObject({ status: 404, body: { code: 'itemNotFound' } })
    expect((await get('wangbo', 'bm8gc3VjaA==')).status).toBe(404)
  })

  it('needs the id encoded: some ids have a slash in them', async () => {
    const ids: string[] = []
    while (!ids.at(-1)?.includes('/') && ids.length < 15) ids.push(String((await create(walkUp)).body['id']))
    const eventId = ids.at(-1)!
    expect(eventId).toContain('/')
    expect((await get('doorplate', eventId)).status).toBe(200)
    const path = `calendar/users/${unionIdOf('doorplate')}/calendars/primary/events/${eventId}`
    expect((await fetch(`${open.url}/v1.0/${path}`)).status).toBe(404)
  })

  it('tells a whole day as dates, the end excluded', async () => {
    await book({ allDay: true })
    expect((await get('wangbo', await eventIdOn(12))).body).toMatchObject({
      isAllDay: true,
      start: { date: '2026-03-16' },
      end: { date: '2026-03-17' },
    })
  })

  it('tells a room that waits for approval as tentative', async () => {
    await book({ status: 'inApproval' })
    expect((await get('wangbo', await eventIdOn(12))).body['meetingRooms']).toMatchObject([
      { responseStatus: 'tentative' },
    ])
  })

  it('tells a private event without its title, or refuses it when told so: neither is a broken read', async () => {
    await book({ private: true, subject: '薪酬' })
    const eventId = await eventIdOn(12)
    const { status, body } = await get('wangbo', eventId)
    expect(status).toBe(200)
    expect(JSON.stringify(body)).not.toContain('薪酬')
    await open.sim('PATCH', 'quirks', { refusesPrivateEvents: true })
    expect((await get('wangbo', eventId)).body['code']).toBe('permissionDeny')
  })

  it('of a series’ own id is its first day: its times are not those of the busy item', async () => {
    for (const day of ['09', '16']) await book({ startMs: at(`${day}T14:00`), masterBookingId: 'weekly' })
    const { body } = await get('wangbo', await eventIdOn(12))
    expect(body).toMatchObject({
      start: point('09T14:00'),
      recurrence: { pattern: { type: 'weekly', daysOfWeek: 'monday', interval: 1 } },
    })
    expect(body).not.toHaveProperty('seriesMasterId')
  })

  it('of one occurrence names its series; of one taken out of it there is instanceNotExist', async () => {
    await open.sim('PATCH', 'quirks', { tellsInstanceIds: true })
    const booking = await book({ masterBookingId: 'weekly' })
    const eventId = await eventIdOn(12)
    expect((await get('wangbo', eventId)).body).toMatchObject({
      start: point('16T14:00'),
      seriesMasterId: expect.any(String) as string,
      originStart: { dateTime: '2026-03-16T06:00:00Z' },
    })
    await open.sim('DELETE', `bookings/${String(booking['id'])}`)
    expect(await get('wangbo', eventId)).toMatchObject({ status: 404, body: { code: 'instanceNotExist' } })
  })

  it('keeps its id when the client moves it, and tells a cancelled one as such', async () => {
    const { id } = await book({})
    const eventId = await eventIdOn(12)
    const moved = await open.sim('PATCH', `bookings/${String(id)}`, { rebook: true, startMs: at('16T16:00') })
    expect(await eventIdOn(12)).toBe(eventId)
    expect((await get('wangbo', eventId)).body).toMatchObject({ start: point('16T16:00') })
    await open.sim('DELETE', `bookings/${String(moved.body['id'])}`)
    expect((await get('wangbo', eventId)).body).toMatchObject({ status: 'cancelled' })
  })

  it('works for bookings without a calendar entry, and for organisers who left it is refused', async () => {
    await book({ scheduleId: '', subject: '无日程' })
    expect((await get('wangbo', await eventIdOn(12))).body).toMatchObject({ summary: '无日程' })
    await book({ room: 13, booker: 'tanghua' })
    expect((await get('tanghua', await eventIdOn(13))).body['code']).toBe('permissionDeny')
  })

  it.each(['0', '501', 'x'])('refuses maxAttendees=%s', async (maxAttendees) => {
    await book({})
    expect((await get('wangbo', await eventIdOn(12), { maxAttendees })).body['code']).toBe('invalidParameter')
  })
})

describe('POST event', () => {
  it('makes an event without a room: the corridor sees nothing of it', async () => {
    const { status, body } = await create({ ...walkUp, location: { displayName: '西湖' } })
    expect(status).toBe(200)
    expect(body).toMatchObject({ summary: 'Walk-up meeting', start: walkUp.start, end: walkUp.end })
    expect(body).not.toHaveProperty('meetingRooms')
    expect((await get('doorplate', body['id'])).body).toMatchObject({ id: body['id'] })
    expect(await open.bookings()).toEqual([])
  })

  it('makes whole days and video meetings', async () => {
    const days = { start: { date: '2026-03-17' }, end: { date: '2026-03-19' } }
    expect((await create({ ...walkUp, ...days, isAllDay: true })).body).toMatchObject(days)
    const { body } = await create({ ...walkUp, onlineMeetingInfo: { type: 'dingtalk' } })
    expect(body).toHaveProperty('onlineMeetingInfo')
  })

  it.each([
    ['no summary', { summary: '' }],
    ['a summary of 2049 characters', { summary: 'x'.repeat(2049) }],
    ['no start', { start: undefined }],
    ['no zone', { start: { dateTime: iso('16T14:00') } }],
    ['two zones', { end: point('16T15:00', 'UTC') }],
    ['a zone that is none', { start: point('16T14:03', 'Mars'), end: point('16T14:30', 'Mars') }],
    ['an end before the start', { end: point('16T14:00') }],
    ['a date that is not all-day', { start: { date: '2026-03-16' }, end: { date: '2026-03-17' } }],
    ['an attendee who is nobody', { attendees: [{ id: 'nobody' }] }],
  ])('refuses %s and makes nothing', async (_, change) => {
    expect(await create({ ...walkUp, ...change })).toMatchObject({
      status: 400,
      body: { code: 'invalidParameter' },
    })
    expect((await open.sim('GET', 'state')).body['schedules']).toEqual([])
  })

  it('refuses minute precision by a code of its own', async () => {
    const start = { dateTime: '2026-03-16T14:03+08:00', timeZone: 'Asia/Shanghai' }
    expect((await create({ ...walkUp, start })).body['code']).toBe(
      'InvalidParameter.ParsedISO8601TimestampError',
    )
  })

  it('allows a person so many a day, deleted ones included, until midnight in Shanghai', async () => {
    open.setNow(at('16T23:30'))
    await open.sim('PATCH', 'limits', { dingtalkCreatesPerDay: 1 })
    await del('doorplate', (await create(walkUp)).body['id'])
    expect(await create(walkUp)).toMatchObject({ status: 400, body: { code: 'flowLimit' } })
    expect((await create(walkUp, 'chenlu')).status).toBe(200)
    open.setNow(at('17T00:00'))
    expect((await create(walkUp)).status).toBe(200)
  })

  it('under one x-client-token makes one event: a lost answer must not book twice', async () => {
    await open.token()
    await open.sim('POST', 'faults', { kind: 'drop', when: 'after', times: 1, route: '/events' })
    const headers = { 'x-client-token': 'press-1' }
    await expect(create(walkUp, 'doorplate', headers)).rejects.toThrow()
    const again = await create(walkUp, 'doorplate', headers)
    expect((await create(walkUp, 'doorplate', headers)).body).toEqual(again.body)
    expect((await open.sim('GET', 'state')).body['schedules']).toHaveLength(1)
    expect((await create(walkUp, 'doorplate', { 'x-client-token': 'press-2' })).body['id']).not.toBe(
      again.body['id'],
    )
  })
})

describe('PUT event', () => {
  it('changes only what is sent, and the room follows', async () => {
    await book({ subject: '架构评审' })
    const eventId = await eventIdOn(12)
    const { body } = await put('wangbo', eventId, { end: point('16T15:30') })
    expect(body).toMatchObject({ summary: '架构评审', start: point('16T14:00'), end: point('16T15:30') })
    expect(await open.items(12)).toMatchObject([{ start: point('16T14:00'), end: point('16T15:30') }])
    await put('wangbo', eventId, { summary: '改名' })
    expect((await get('wangbo', eventId)).body).toMatchObject({ summary: '改名', end: point('16T15:30') })
  })

  it('is the organiser’s, under the event’s own id', async () => {
    await book({ attendees: ['chenlu'] })
    const eventId = await eventIdOn(12)
    expect((await put('chenlu', eventId, { summary: 'x' })).body['code']).toBe('permissionDenied')
    expect((await put('liyan', eventId, { summary: 'x' })).status).toBe(404)
    expect((await put('wangbo', eventId, { id: 'other' })).body['code']).toBe('invalidParameter')
  })

  it('into the next meeting is refused and changes nothing, or loses the room when told so', async () => {
    await book({})
    const eventId = await eventIdOn(12)
    await book({ startMs: at('16T15:00') })
    expect(await put('wangbo', eventId, { end: point('16T15:30') })).toMatchObject({
      status: 400,
      body: { code: 'meetingRoomNotAvailable' },
    })
    expect(await open.items(12)).toMatchObject([
      { start: point('16T15:00') },
      { start: point('16T14:00'), end: point('16T15:00') },
    ])
    await open.sim('PATCH', 'quirks', { losesRoomOnMove: true })
    const moved = await put('wangbo', eventId, { end: point('16T15:30') })
    expect(moved).toMatchObject({ status: 200, body: { status: 'confirmed', end: point('16T15:30') } })
    expect(moved.body).not.toHaveProperty('meetingRooms')
    expect(await open.items(12)).toHaveLength(1)
  })

  it('can leave the room as it was behind a good answer: only a read of the room tells', async () => {
    await open.sim('PATCH', 'quirks', { keepsRoomTimeOnMove: true })
    await book({})
    const { body } = await put('wangbo', await eventIdOn(12), { end: point('16T15:30') })
    expect(body).toMatchObject({ end: point('16T15:30') })
    expect(await open.items(12)).toMatchObject([{ end: point('16T15:00') }])
  })

  it('below the room’s minimum is refused, or let through when told so: ending early may not work', async () => {
    await book({ room: 14 })
    const eventId = await eventIdOn(14)
    const ended = () => put('wangbo', eventId, { start: point('16T14:00'), end: point('16T14:10') })
    expect((await ended()).body).toMatchObject({
      code: 'meetingRoomNotAvailable',
      message: expect.stringContaining('developerMessage') as string,
    })
    await open.sim('PATCH', 'quirks', { allowsShortRemainder: true })
    expect((await ended()).status).toBe(200)
    expect(await open.items(14)).toMatchObject([{ end: point('16T14:10') }])
  })

  it('on one occurrence moves that one, which remembers where it was', async () => {
    await open.sim('PATCH', 'quirks', { tellsInstanceIds: true })
    for (const day of ['16', '17']) await book({ startMs: at(`${day}T14:00`), masterBookingId: 'weekly' })
    const eventId = await eventIdOn(12)
    const { body } = await put('wangbo', eventId, { start: point('16T15:00'), end: point('16T16:00') })
    expect(body).toMatchObject({
      start: point('16T15:00'),
      originStart: { dateTime: '2026-03-16T06:00:00Z' },
    })
    expect(await open.items(12, '17T00:00', '18T00:00')).toMatchObject([{ start: point('17T14:00') }])
  })

  it('on a series’ own id moves every day of it: the press that must never happen', async () => {
    for (const day of ['16', '17']) await book({ startMs: at(`${day}T14:00`), masterBookingId: 'weekly' })
    await put('wangbo', await eventIdOn(12), { start: point('16T14:00'), end: point('16T14:30') })
    expect(await open.items(12, '16T00:00', '18T00:00')).toMatchObject([
      { end: point('17T14:30') },
      { end: point('16T14:30') },
    ])
  })
})

describe('DELETE event', () => {
  it('by the organiser answers nothing, frees every room and cannot be done twice', async () => {
    await book({})
    const eventId = await eventIdOn(12)
    const answer = await del('wangbo', eventId)
    expect([answer.status, answer.body]).toEqual([200, {}])
    expect(await open.items(12)).toEqual([])
    expect((await get('wangbo', eventId)).body).toMatchObject({ status: 'cancelled' })
    expect((await del('wangbo', eventId)).status).toBe(404)
  })

  it('by an attendee takes away the own copy alone', async () => {
    await book({ attendees: ['chenlu'] })
    const eventId = await eventIdOn(12)
    expect((await del('chenlu', eventId)).status).toBe(200)
    expect(await open.items(12)).toHaveLength(1)
    expect((await get('chenlu', eventId)).status).toBe(404)
    expect((await get('wangbo', eventId)).status).toBe(200)
  })
})

describe('GET eventsview', () => {
  const view = (query: Record<string, string>, userId = 'wangbo') =>
    open.calendar('GET', userId, 'calendars/primary/eventsview', { query })
  const span = { timeMin: iso('16T00:00'), timeMax: iso('17T00:00') }

  it('shows one person’s events, days of a series one by one, and pages by text', async () => {
    for (const day of ['16', '17']) await book({ startMs: at(`${day}T14:00`), masterBookingId: 'weekly' })
    await book({ room: 13, booker: 'chenlu', attendees: ['wangbo'] })
    await book({ room: 14, booker: 'chenlu' })
    const first = await view({ ...span, maxResults: '1' })
    expect(first.body).toMatchObject({
      events: [{ seriesMasterId: expect.any(String) as string }],
      nextToken: expect.any(String) as string,
    })
    const second = await view({ ...span, maxResults: '1', nextToken: String(first.body['nextToken']) })
    expect(second.body['events']).toMatchObject([{ organizer: { displayName: '陈璐' } }])
    expect(second.body).not.toHaveProperty('nextToken')
  })

  it('finds the event a lost answer left behind', async () => {
    await create(walkUp)
    expect((await view(span, 'doorplate')).body['events']).toMatchObject([{ summary: 'Walk-up meeting' }])
  })

  it('refuses an offset whose plus sign was not encoded', async () => {
    const path = `${open.url}/v1.0/calendar/users/${unionIdOf('wangbo')}/calendars/primary/eventsview`
    const response = await fetch(`${path}?timeMin=2026-03-16T00:00:00+08:00`, {
      headers: { 'x-acs-dingtalk-access-token': await open.token() },
    })
    expect(response.status).toBe(400)
  })
})
