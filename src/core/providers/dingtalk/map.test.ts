import { describe, expect, it } from 'vitest'
import { createZone } from '../../../shared/domain/zonedTime.ts'
import { mapBookingRules, mapBusyItems, mapClosures, mapEvent, mapRoom } from './map.ts'
import type { EventFacts, Knowledge } from './map.ts'
import { busyItemsSchema, eventSchema, roomDetailSchema, roomPageSchema } from './schema.ts'

const shanghai = createZone('Asia/Shanghai')
const nothingKnown: Knowledge = { eventOf: () => null, nameOf: () => null }
const local = (text: string): number => Date.parse(`2026-03-${text}:00+08:00`)
const monday = { fromMs: local('16T00:00'), untilMs: local('17T00:00') }
const point = (dateTime: string, timeZone = 'Asia/Shanghai') => ({ dateTime, timeZone })

/** A busy item as the vendor sends it. */
const item = (more: object = {}) => ({
  eventId: 'ZXZ0LWV4YW1wbGU=',
  status: 'BUSY',
  organizer: { id: 'oPuNionAlice' },
  start: point('2026-03-16T10:00:00+08:00'),
  end: point('2026-03-16T11:00:00+08:00'),
  ...more,
})
const map = (items: readonly object[], knowledge = nothingKnown, horizon = monday, zone = shanghai) =>
  mapBusyItems(busyItemsSchema.parse(items), horizon, zone, knowledge)

describe('states of busy items', () => {
  it.each([
    ['BUSY', 'confirmed', 0],
    ['TENTATIVE', 'pending', 0],
    ['ACCEPTED', 'confirmed', 0],
    ['cancelled', 'cancelled', 0],
    ['DECLINED', 'declined', 0],
    ['FREE', 'unknown', 1],
    ['STATE_17', 'unknown', 1],
    ['', 'unknown', 1],
  ] as const)('%s is %s', (status, state, unknown) => {
    const { meetings, unknownStates } = map([item({ status })])
    expect([meetings[0]?.state, unknownStates.length]).toEqual([state, unknown])
  })

  it('an unknown state that does not look like one stays out of the log', () => {
    expect(map([item({ status: '和王总谈价格' })]).unknownStates).toEqual(['busy status of an unknown form'])
  })
})

describe('ids', () => {
  it('two days of a series share the event’s id, and are two meetings', () => {
    const second = item({
      start: point('2026-03-17T10:00:00+08:00'),
      end: point('2026-03-17T11:00:00+08:00'),
    })
    const { meetings } = map([second, item()], nothingKnown, { ...monday, untilMs: local('18T00:00') })
    expect(meetings.map((one) => [one.id, one.startMs])).toEqual([
      [`ZXZ0LWV4YW1wbGU=@${local('16T10:00') / 1000}`, local('16T10:00')],
      [`ZXZ0LWV4YW1wbGU=@${local('17T10:00') / 1000}`, local('17T10:00')],
    ])
  })

  it('an item told twice is one meeting', () => {
    expect(map([item(), item()]).meetings).toHaveLength(1)
  })
})

describe('times', () => {
  it.each([
    ['2026-03-16T10:00:00+08:00', local('16T10:00')],
    ['2026-03-16T02:00:00Z', local('16T10:00')],
    ['2026-03-16T02:00:00.000Z', local('16T10:00')],
    ['2026-03-16T02:00Z', local('16T10:00')],
    ['2026-03-15T22:00:00-04:00', local('16T10:00')],
  ])('%s is an instant', (dateTime, atMs) => {
    expect(map([item({ start: point(dateTime) })]).meetings[0]?.startMs).toBe(atMs)
  })

  it.each([
    ['no offset: whose ten o’clock?', { start: point('2026-03-16T10:00:00') }],
    ['a number', { start: { dateTime: 1_773_626_400_000 } }],
    ['nothing', { start: {} }],
    ['no day of the calendar', { start: point('2026-02-31T99:00:00+08:00') }],
    ['an end before the start', { end: point('2026-03-16T09:00:00+08:00') }],
    ['no end', { end: undefined }],
    ['no event', { eventId: '' }],
    ['no status', { status: undefined }],
  ])('%s is no booking anybody can read', (_name, more) => {
    expect(busyItemsSchema.safeParse([item(more)]).success).toBe(false)
  })

  it('what begun yesterday and still runs stays whole; what ended before the day is left out', () => {
    const overnight = item({
      start: point('2026-03-15T23:00:00+08:00'),
      end: point('2026-03-16T01:00:00+08:00'),
    })
    const over = item({ start: point('2026-03-15T09:00:00+08:00'), end: point('2026-03-16T00:00:00+08:00') })
    expect(map([over, overnight]).meetings.map((one) => [one.startMs, one.endMs])).toEqual([
      [local('15T23:00'), local('16T01:00')],
    ])
  })
})

describe('whole days', () => {
  const allDay = (from: string, until: string) =>
    item({
      start: point(`2026-03-${from}T00:00:00Z`, 'UTC'),
      end: point(`2026-03-${until}T00:00:00Z`, 'UTC'),
    })

  it.each(['Asia/Shanghai', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland', 'UTC'])(
    'midnights in UTC are the door’s own day in %s: half a day off, the morning would look free',
    (name) => {
      const zone = createZone(name)
      const fromMs = zone.startOfDay(
        Date.parse('2026-03-16T12:00:00Z') - zone.offsetMs(Date.parse('2026-03-16T12:00:00Z')),
      )
      const day = { fromMs, untilMs: zone.startOfNextDay(fromMs) }
      const { meetings } = map(
        [allDay('15', '16'), allDay('16', '17'), allDay('17', '18')],
        nothingKnown,
        day,
        zone,
      )
      expect(meetings).toMatchObject([{ startMs: day.fromMs, endMs: day.untilMs, isAllDay: true }])
    },
  )

  it('over several days it is one meeting', () => {
    const { meetings } = map([allDay('15', '18')])
    expect(meetings).toMatchObject([{ startMs: local('15T00:00'), endMs: local('18T00:00'), isAllDay: true }])
  })

  it('as dates, and as local midnights, they are the same days', () => {
    const asDates = item({ start: { date: '2026-03-16' }, end: { date: '2026-03-17' } })
    const asLocal = item({
      start: point('2026-03-16T00:00:00+08:00'),
      end: point('2026-03-17T00:00:00+08:00'),
    })
    for (const one of [asDates, asLocal])
      expect(map([one]).meetings).toMatchObject([
        { startMs: monday.fromMs, endMs: monday.untilMs, isAllDay: true },
      ])
  })

  it('an hour around midnight in UTC is an hour', () => {
    const hour = item({
      start: point('2026-03-16T00:00:00Z', 'UTC'),
      end: point('2026-03-16T01:00:00Z', 'UTC'),
    })
    expect(map([hour]).meetings).toMatchObject([{ startMs: local('16T08:00'), isAllDay: false }])
  })

  it('a day in which the clocks change is as long as it is', () => {
    const berlin = createZone('Europe/Berlin')
    const fromMs = Date.parse('2026-03-29T00:00:00+01:00')
    const day = { fromMs, untilMs: Date.parse('2026-03-30T00:00:00+02:00') }
    const { meetings } = map([allDay('29', '30')], nothingKnown, day, berlin)
    expect(meetings[0]?.endMs).toBe(fromMs + 23 * 3_600_000)
  })
})

describe('events', () => {
  const facts = (more: object): EventFacts => mapEvent(eventSchema.parse({ id: 'e', ...more }))

  it('tell title, organiser, series and video meeting', () => {
    const told = facts({
      summary: ' Q4 review ',
      status: 'confirmed',
      organizer: { id: 'oPuNionAlice', displayName: 'Alice Wang', responseStatus: 'accepted' },
      recurrence: { pattern: { type: 'weekly', interval: 1 } },
      onlineMeetingInfo: { type: 'dingtalk', url: 'https://meeting.example/secret', conferenceId: 'c' },
    })
    expect(told).toEqual({
      title: 'Q4 review',
      organizer: 'Alice Wang',
      isPrivate: false,
      isRecurring: true,
      isOnline: true,
    })
  })

  it.each([
    ['no summary', {}],
    ['an empty one', { summary: '' }],
    ['null', { summary: null }],
  ])('%s: hidden from us, so masked', (_name, more) => {
    expect(facts(more)).toMatchObject({ title: null, isPrivate: true })
  })

  it('an occurrence of a series repeats too', () => {
    expect(facts({ summary: 'x', seriesMasterId: 's' }).isRecurring).toBe(true)
  })

  it('go into the meeting, and the address to join does not', () => {
    const event = facts({ summary: 'Q4', onlineMeetingInfo: { url: 'https://meeting.example/secret' } })
    const { meetings } = map([item()], { eventOf: () => event, nameOf: () => 'Alice by contact' })
    expect(meetings[0]).toMatchObject({
      title: 'Q4',
      organizer: 'Alice by contact',
      organizerId: 'oPuNionAlice',
      video: { topic: 'Q4', url: null, isRunning: false },
    })
  })

  it('without an organiser there is nobody to name', () => {
    const event = facts({ summary: 'Q4' })
    const { meetings } = map([item({ organizer: null })], { eventOf: () => event, nameOf: () => 'wrong' })
    expect(meetings[0]).toMatchObject({ organizer: null, title: 'Q4' })
  })

  it.each([
    ['its event was not read', null],
    ['its event is private', facts({ organizer: { displayName: 'Alice Wang' } })],
  ])('nobody is named while %s', (_name, event) => {
    const { meetings } = map([item()], { eventOf: () => event, nameOf: () => 'Alice by contact' })
    expect(meetings[0]).toMatchObject({ organizer: null, title: null, isPrivate: event !== null })
  })
})

describe('rooms', () => {
  const list = (room: object) =>
    roomPageSchema.parse({
      hasMore: false,
      nextToken: 0,
      result: [{ roomId: 'r1', roomName: 'Maple', ...room }],
    }).result[0]!

  it('of the list', () => {
    const room = list({
      corpId: 'dingdemo01',
      roomStaffId: 'unused',
      roomStatus: 2,
      roomCapacity: 8,
      roomLabels: [
        { labelId: 1, labelName: 'TV' },
        { labelId: 2, labelName: 'Phone' },
        { labelId: 3, labelName: 'Projector' },
        { labelId: 4, labelName: 'Whiteboard' },
        { labelId: '5', labelName: 'Video' },
        { labelId: 9, labelName: '咖啡机' },
        { labelId: 10 },
      ],
      roomLocation: { title: 'HQ', desc: '3rd floor, east' },
      roomGroup: { groupId: 12, groupName: '3F', parentId: 0 },
      roomPicture: 'https://x.example/p.jpg',
      isvRoomId: 'HQ-3',
    })
    expect(mapRoom(room, 'door')).toEqual({
      id: 'door',
      name: 'Maple',
      capacity: 8,
      location: ['HQ', '3F'],
      equipment: ['tv', 'phone', 'projector', 'whiteboard', 'video', { other: '咖啡机' }, { other: '10' }],
      needsApproval: false,
    })
  })

  it('that have nothing to say', () => {
    expect(mapRoom(list({}), 'door')).toMatchObject({ capacity: null, location: [], equipment: [] })
    expect(mapRoom(list({ roomLocation: { title: '', desc: 'east wing' } }), 'door').location).toEqual([
      'east wing',
    ])
  })

  it.each([
    ['a page without its end', { nextToken: 1, result: [] }],
    ['a page without rooms', { hasMore: false }],
    ['a cursor no number carries exactly', { hasMore: true, nextToken: 2 ** 60, result: [] }],
  ])('%s is no page', (_name, page) => {
    expect(roomPageSchema.safeParse(page).success).toBe(false)
  })
})

describe('room details', () => {
  const detail = (extensionConfig: object | null) =>
    roomDetailSchema.parse({ result: { roomId: 'r1', roomName: 'Maple', extensionConfig } }).result
  const from = local('16T09:00')
  const until = local('16T12:00')
  const closed = (taskEndTime?: unknown) =>
    detail({
      reservationCloseDetail: { taskStartTime: from, taskEndTime, closeReason: '检修', sendNotify: true },
    })

  it.each([
    ['no rules', detail(null), []],
    ['open', detail({ openReservation: true }), []],
    ['a window', closed(until), [{ fromMs: from, untilMs: until, reason: '检修' }]],
    ['a window without end', closed(), [{ fromMs: from, untilMs: monday.untilMs, reason: '检修' }]],
    ['null as the end', closed(null), [{ fromMs: from, untilMs: monday.untilMs, reason: '检修' }]],
    ['0 as the end', closed(0), [{ fromMs: from, untilMs: monday.untilMs, reason: '检修' }]],
    ['a window of no length', closed(from), []],
    ['a window that ends before it begins', closed(from - 1), []],
    [
      'a window without a beginning',
      detail({ reservationCloseDetail: { taskEndTime: until, closeReason: ' ' } }),
      [{ fromMs: monday.fromMs, untilMs: until, reason: null }],
    ],
    ['closed to all bookings', detail({ openReservation: false }), [{ ...monday, reason: null }]],
  ])('closures: %s', (_name, room, closures) => {
    expect(mapClosures(room, monday)).toEqual(closures)
  })

  it('a window says more than the switch beside it', () => {
    const reservationCloseDetail = { taskStartTime: from, taskEndTime: until, closeReason: '' }
    const both = detail({ openReservation: false, reservationCloseDetail })
    expect(mapClosures(both, monday)).toEqual([{ fromMs: from, untilMs: until, reason: null }])
  })

  it('booking rules', () => {
    const room = detail({
      openReservation: true,
      minReservationTimeInterval: 15,
      maxReservationTimeInterval: 240,
      advanceReservation: {
        advanceReservationTime: 2,
        advanceReservationTimeUnit: 'weeks',
        advanceBookTimeFormat: '08:00',
      },
      approvalSwitch: true,
      approvalType: 2,
    })
    expect(mapBookingRules(room, from)).toEqual({
      gridMinutes: null,
      minMinutes: 15,
      maxMinutes: 240,
      latestEndMs: from + 15 * 86_400_000,
      refusal: 'approval',
    })
    expect(mapRoom(room, 'door').needsApproval).toBe(true)
  })

  it('a room without rules limits nothing; 0 is no limit; closed outranks approval', () => {
    const free = { gridMinutes: null, minMinutes: 0, maxMinutes: null, latestEndMs: null, refusal: null }
    expect(mapBookingRules(detail(null), from)).toEqual(free)
    expect(mapBookingRules(detail({ maxReservationTimeInterval: 0 }), from)).toEqual(free)
    const shut = detail({ openReservation: false, approvalSwitch: true })
    expect(mapBookingRules(shut, from).refusal).toBe('closed')
  })

  it('a unit of tomorrow limits nothing rather than everything', () => {
    const advanceReservation = { advanceReservationTime: 2, advanceReservationTimeUnit: 'moons' }
    expect(mapBookingRules(detail({ advanceReservation }), from).latestEndMs).toBeNull()
  })
})
