import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { at, eventPath, iso, openDingtalk, type OpenDingtalk } from '../../testing/openDingtalk.ts'
import { roomIdOf } from './vendorIds.ts'

let open: OpenDingtalk
const create = async (from = '16T14:00', to = '16T14:30') => {
  const body = {
    summary: 'Walk-up meeting',
    start: { dateTime: iso(from), timeZone: 'Asia/Shanghai' },
    end: { dateTime: iso(to), timeZone: 'Asia/Shanghai' },
  }
  const answer = await open.calendar('POST', 'doorplate', 'calendars/primary/events', { body })
  return String(answer.body['id'])
}
const add = (eventId: string, rooms: readonly number[], userId = 'doorplate', token = '') =>
  open.calendar('POST', userId, eventPath(eventId, '/meetingRooms'), {
    body: { meetingRoomsToAdd: rooms.map((room) => ({ roomId: roomIdOf(room) })) },
    headers: token === '' ? {} : { 'x-client-token': token },
  })
const remove = (eventId: string, rooms: readonly number[], userId = 'doorplate') =>
  open.calendar('POST', userId, eventPath(eventId, '/meetingRooms/batchRemove'), {
    body: { meetingRoomsToRemove: rooms.map((room) => ({ roomId: roomIdOf(room) })) },
  })
const notAvailable = { status: 400, body: { code: 'meetingRoomNotAvailable' } }

beforeEach(async () => {
  open = await openDingtalk()
})
afterEach(() => open.close())

describe('adding a room', () => {
  it('books it to the minute, under the event’s own id', async () => {
    const eventId = await create('16T14:03', '16T14:30')
    expect((await add(eventId, [12])).body).toEqual({ result: true })
    expect(await open.items(12)).toMatchObject([
      { eventId, status: 'BUSY', start: { dateTime: iso('16T14:03') }, end: { dateTime: iso('16T14:30') } },
    ])
    const event = await open.calendar('GET', 'doorplate', eventPath(eventId))
    expect(event.body['meetingRooms']).toMatchObject([{ roomId: roomIdOf(12), responseStatus: 'accepted' }])
  })

  it('to the second press finds it taken, and the event is left over: somebody has to delete it', async () => {
    const [first, second] = [await create(), await create('16T14:15', '16T14:45')]
    expect((await add(first, [12])).status).toBe(200)
    expect(await add(second, [12])).toMatchObject({
      ...notAvailable,
      body: { message: 'room busy' },
    })
    expect((await open.calendar('GET', 'doorplate', eventPath(second))).body).toMatchObject({
      status: 'confirmed',
    })
  })

  it('with approval is only asked for: TENTATIVE until somebody says yes', async () => {
    const eventId = await create()
    expect((await add(eventId, [21])).body).toEqual({ result: true })
    expect(await open.items(21)).toMatchObject([{ status: 'TENTATIVE' }])
    const [booking] = await open.bookings()
    await open.sim('PATCH', `bookings/${String(booking!['id'])}`, { status: 'booked' })
    expect(await open.items(21)).toMatchObject([{ status: 'BUSY' }])
  })

  it.each([
    ['too short', 14, '16T14:00', '16T14:15', {}, '30 minutes'],
    ['too long', 14, '16T14:00', '16T17:00', {}, '120 minutes'],
    ['too far ahead', 12, '16T14:00', '16T14:30', { advanceDays: 0 }, ''],
    ['not open', 12, '16T14:00', '16T14:30', { isDisabled: true }, 'not open'],
  ])('that is %s is refused with the rule in a JSON text', async (_, room, from, to, rules, word) => {
    await open.sim('PATCH', `rooms/${room}`, rules)
    const day = 'advanceDays' in rules ? '17' : '16'
    const answer = await add(await create(from.replace('16T', `${day}T`), to.replace('16T', `${day}T`)), [
      room,
    ])
    expect(answer).toMatchObject(notAvailable)
    const [, json = ''] = /developerMessage: (.*)$/.exec(String(answer.body['message'])) ?? []
    const [reason] = JSON.parse(json) as readonly { roomName: string; text: string }[]
    expect(reason!.text).toContain(word)
    expect(await open.bookings()).toEqual([])
  })

  it('into a closure is refused', async () => {
    await open.sim('POST', 'closures', { room: 12, startMs: at('16T14:20'), forEver: true, reason: '检修' })
    const answer = await add(await create(), [12])
    expect(answer).toMatchObject(notAvailable)
    expect(answer.body['message']).toContain('检修')
    expect((await add(await create('16T13:00', '16T14:20'), [12])).status).toBe(200)
  })

  it('for people of another department is refused', async () => {
    await open.post('oa/meetingroom/edit', { meetingroom_id: 12, range: { department_list: [9] } })
    expect(await add(await create(), [12])).toMatchObject(notAvailable)
  })

  it('takes five rooms per event, all of them or none', async () => {
    await open.sim('POST', 'bookings', { room: 14, startMs: at('16T14:00') })
    const eventId = await create()
    expect(await add(eventId, [12, 13, 14])).toMatchObject(notAvailable)
    expect(await open.items(12)).toEqual([])
    expect((await add(eventId, [12, 13, 15, 21])).status).toBe(200)
    expect((await add(eventId, [22, 23])).body).toMatchObject({
      code: 'invalidParameter',
      message: 'attendees batch size too large. Maximum allowed:5',
    })
  })

  it('wants an id, a known one, and the organiser', async () => {
    const eventId = await create()
    expect((await add(eventId, [])).body).toMatchObject({ message: 'roomId must be provided.' })
    expect((await add(eventId, [404])).body).toMatchObject({ message: 'roomId invalid' })
    expect((await add(eventId, [12], 'chenlu')).body).toMatchObject({ code: 'itemNotFound' })
  })

  it('twice under one x-client-token books once and says yes twice', async () => {
    const eventId = await create()
    expect((await add(eventId, [12], 'doorplate', 'press-1')).body).toEqual({ result: true })
    expect((await add(eventId, [12], 'doorplate', 'press-1')).body).toEqual({ result: true })
    expect(await open.bookings()).toHaveLength(1)
    expect(await add(eventId, [12], 'doorplate', 'press-2')).toMatchObject(notAvailable)
  })

  it('is seen by WeCom’s panels too: one world behind both', async () => {
    await add(await create(), [12])
    const answer = await open.post('oa/meetingroom/get_booking_info', { meetingroom_id: 12 })
    expect(answer['booking_list']).toMatchObject([{ schedule: [{ booker: 'doorplate', status: 0 }] }])
  })
})

describe('removing a room', () => {
  it('frees the room and keeps the meeting, one of several alone', async () => {
    const eventId = await create()
    await add(eventId, [12, 13])
    expect((await remove(eventId, [12])).body).toEqual({ result: true })
    expect(await open.items(12)).toEqual([])
    expect(await open.items(13)).toHaveLength(1)
    const event = await open.calendar('GET', 'doorplate', eventPath(eventId))
    expect(event.body).toMatchObject({ status: 'confirmed', meetingRooms: [{ roomId: roomIdOf(13) }] })
  })

  it('keeps a meeting that had no calendar entry, and the room can be added again', async () => {
    await open.sim('POST', 'bookings', {
      room: 12,
      startMs: at('16T14:00'),
      booker: 'wangbo',
      scheduleId: '',
      subject: '无日程',
    })
    const eventId = String((await open.items(12))[0]!['eventId'])
    await remove(eventId, [12], 'wangbo')
    const event = () => open.calendar('GET', 'wangbo', eventPath(eventId))
    expect((await event()).body).toMatchObject({ status: 'confirmed', summary: '无日程' })
    expect((await event()).body).not.toHaveProperty('meetingRooms')
    await add(eventId, [13], 'wangbo')
    expect(await open.items(13)).toMatchObject([{ eventId }])
  })

  it('of a series’ own id frees every day: the release that must never happen', async () => {
    for (const day of ['16', '17'])
      await open.sim('POST', 'bookings', {
        room: 12,
        startMs: at(`${day}T14:00`),
        booker: 'wangbo',
        masterBookingId: 'weekly',
      })
    const eventId = String((await open.items(12))[0]!['eventId'])
    await remove(eventId, [12], 'wangbo')
    expect(await open.items(12, '16T00:00', '18T00:00')).toEqual([])
  })

  it('of one occurrence frees that one', async () => {
    await open.sim('PATCH', 'quirks', { tellsInstanceIds: true })
    for (const day of ['16', '17'])
      await open.sim('POST', 'bookings', {
        room: 12,
        startMs: at(`${day}T14:00`),
        booker: 'wangbo',
        masterBookingId: 'weekly',
      })
    await remove(String((await open.items(12))[0]!['eventId']), [12], 'wangbo')
    expect(await open.items(12, '16T00:00', '18T00:00')).toMatchObject([
      { start: { dateTime: iso('17T14:00') } },
    ])
  })

  it('says yes to a room the event never had: only a read tells', async () => {
    const eventId = await create()
    await add(eventId, [12])
    expect((await remove(eventId, [13])).body).toEqual({ result: true })
    expect(await open.items(12)).toHaveLength(1)
  })

  it('is the organiser’s and wants rooms', async () => {
    await open.sim('POST', 'bookings', {
      room: 12,
      startMs: at('16T14:00'),
      booker: 'wangbo',
      attendees: ['doorplate'],
    })
    const eventId = String((await open.items(12))[0]!['eventId'])
    expect((await remove(eventId, [12])).body).toMatchObject({ code: 'permissionDenied' })
    expect((await remove(eventId, [], 'wangbo')).body).toMatchObject({
      message: 'Meeting rooms to remove must be provided.',
    })
    expect(await open.items(12)).toHaveLength(1)
  })
})
