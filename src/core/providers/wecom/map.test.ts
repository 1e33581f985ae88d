import { describe, expect, it } from 'vitest'
import { createZone } from '../../../shared/domain/zonedTime.ts'
import {
  joinHardware,
  mapBookings,
  mapOfficeRoom,
  mapOnlineMeetings,
  mapUnit,
  mergeDays,
  occupancyOf,
} from './map.ts'
import {
  bookingInfoSchema,
  meetingPageSchema,
  officeRoomListSchema,
  scheduleSchema,
  unitPageSchema,
} from './schema.ts'

const shanghai = createZone('Asia/Shanghai')
const at = (text: string): number => Date.parse(`${text}+08:00`)
const seconds = (text: string): number => at(text) / 1000
const names: Readonly<Record<string, string>> = { chenlu: '陈璐', wangbo: '王波' }
const nameOf = (userId: string): string | null => names[userId] ?? null

const schedule = (text: string) => scheduleSchema.parse(JSON.parse(text))
const bookings = (text: string) => mapBookings(schedule(text), shanghai, nameOf)

describe('bookings of an office room', () => {
  it('maps a documented answer: who and when, no subject', () => {
    const { meetings, unknownStates } = bookings(
      `[{"booking_id":"bkA7f3","schedule_id":"9c41","start_time":1773626400,"end_time":1773631800,
         "booker":"chenlu","status":0,"some_new_field":{"a":1}}]`,
    )
    expect(unknownStates).toEqual([])
    expect(meetings).toEqual([
      {
        id: 'bkA7f3@1773626400',
        startMs: at('2026-03-16T10:00:00'),
        endMs: at('2026-03-16T11:30:00'),
        title: null,
        organizer: '陈璐',
        organizerId: 'chenlu',
        department: null,
        state: 'confirmed',
        isAllDay: false,
        isRecurring: false,
        isPrivate: false,
        isOwn: false,
        platformCheckIn: 'none',
        releasedAtMs: null,
        video: null,
      },
    ])
  })

  it.each([
    [0, 'confirmed', []],
    [1, 'cancelled', []],
    [2, 'pending', []],
    [3, 'pending', []],
    [4, 'unknown', ['booking status 4']],
    [-1, 'unknown', ['booking status -1']],
  ])('status %d is %s', (status, state, unknown) => {
    const { meetings, unknownStates } = bookings(
      `[{"booking_id":"b","start_time":1773626400,"end_time":1773631800,"booker":"x","status":${status}}]`,
    )
    expect([meetings[0]?.state, unknownStates]).toEqual([state, unknown])
  })

  it('reads the id’s name of before 2023, and prefers the new one', () => {
    const rest = '"start_time":1773626400,"end_time":1773631800,"booker":"x","status":0'
    expect(schedule(`[{"meeting_id":"mtOld",${rest}}]`)[0]?.id).toBe('mtOld')
    expect(schedule(`[{"meeting_id":"mtOld","booking_id":"bkNew",${rest}}]`)[0]?.id).toBe('bkNew')
  })

  it('reads a schedule that is one object', () => {
    expect(
      schedule('{"booking_id":"b","start_time":1773626400,"end_time":1773631800,"booker":"x","status":0}'),
    ).toHaveLength(1)
  })

  it.each([
    ['no id', '{"start_time":1773626400,"end_time":1773631800,"booker":"x","status":0}'],
    [
      'an empty id',
      '{"booking_id":"","start_time":1773626400,"end_time":1773631800,"booker":"x","status":0}',
    ],
    ['no status', '{"booking_id":"b","start_time":1773626400,"end_time":1773631800,"booker":"x"}'],
    ['no end', '{"booking_id":"b","start_time":1773626400,"booker":"x","status":0}'],
    [
      'text for a time',
      '{"booking_id":"b","start_time":"1773626400","end_time":1773631800,"booker":"x","status":0}',
    ],
    [
      'milliseconds',
      '{"booking_id":"b","start_time":1773626400000,"end_time":1773631800000,"booker":"x","status":0}',
    ],
    ['a zero', '{"booking_id":"b","start_time":0,"end_time":0,"booker":"x","status":0}'],
    [
      'an end before its start',
      '{"booking_id":"b","start_time":1773631800,"end_time":1773626400,"booker":"x","status":0}',
    ],
    ['null', 'null'],
    ['nothing', '"[]"'],
  ])('refuses %s instead of reading an empty room', (_name, entry) => {
    expect(scheduleSchema.safeParse(JSON.parse(entry)).success).toBe(false)
    expect(scheduleSchema.safeParse([JSON.parse(entry)]).success).toBe(false)
  })

  it('a list without its rooms is refused, an empty one is not', () => {
    expect(bookingInfoSchema.safeParse({ errcode: 0 }).success).toBe(false)
    expect(bookingInfoSchema.safeParse({ booking_list: null }).success).toBe(false)
    expect(bookingInfoSchema.safeParse({ booking_list: [] }).success).toBe(true)
  })

  it.each([
    ['midnight to midnight', '2026-03-16T00:00:00', '2026-03-17T00:00:00', true],
    ['to the last minute', '2026-03-16T00:00:00', '2026-03-16T23:59:00', true],
    ['two days', '2026-03-16T00:00:00', '2026-03-18T00:00:00', true],
    ['a long day', '2026-03-16T00:30:00', '2026-03-17T00:00:00', false],
    ['until the evening', '2026-03-16T00:00:00', '2026-03-16T20:00:00', false],
    ['no length', '2026-03-16T00:00:00', '2026-03-16T00:00:00', false],
  ])('all day: %s', (_name, start, end, expected) => {
    const entry = { id: 'b', start_time: seconds(start), end_time: seconds(end), booker: 'x', status: 0 }
    expect(mapBookings([entry], shanghai, nameOf).meetings[0]?.isAllDay).toBe(expected)
  })
})

describe('mergeDays', () => {
  const entry = (id: string, start: string, end: string, status = 0) => ({
    id,
    start_time: seconds(start),
    end_time: seconds(end),
    booker: 'x',
    status,
  })

  it('one booking told by both days is one', () => {
    const night = entry('n', '2026-03-16T23:00:00', '2026-03-17T01:00:00')
    expect(mergeDays([[night], [night]])).toEqual([night])
  })

  it('one booking cut at midnight is put together', () => {
    const evening = entry('n', '2026-03-16T23:00:00', '2026-03-17T00:00:00')
    const morning = entry('n', '2026-03-17T00:00:00', '2026-03-17T01:00:00')
    expect(mergeDays([[evening], [morning]])).toEqual([
      entry('n', '2026-03-16T23:00:00', '2026-03-17T01:00:00'),
    ])
  })

  it('where the two answers disagree, the one that takes the room counts', () => {
    const cancelled = entry('n', '2026-03-16T23:00:00', '2026-03-17T01:00:00', 1)
    const booked = { ...cancelled, status: 0 }
    expect(mergeDays([[cancelled], [booked]])[0]?.status).toBe(0)
    expect(mergeDays([[booked], [cancelled]])[0]?.status).toBe(0)
  })

  it('occurrences that share an id but not their time stay apart', () => {
    const days = [
      [entry('rb', '2026-03-16T09:00:00', '2026-03-16T10:00:00')],
      [entry('rb', '2026-03-17T09:00:00', '2026-03-17T10:00:00')],
    ]
    const { meetings } = mapBookings(mergeDays(days), shanghai, nameOf)
    expect(new Set(meetings.map((one) => one.id)).size).toBe(2)
  })

  it('back-to-back bookings of two people stay two, sorted', () => {
    const later = entry('b', '2026-03-16T10:00:00', '2026-03-16T11:00:00')
    const earlier = entry('a', '2026-03-16T09:00:00', '2026-03-16T10:00:00')
    expect(mergeDays([[later, earlier]])).toEqual([earlier, later])
  })
})

describe('meetings of Rooms hardware', () => {
  const page = (info: string) =>
    mapOnlineMeetings(
      meetingPageSchema.parse(JSON.parse(`{"has_more":false,"next_cursor":"","meeting_info_list":[${info}]}`))
        .meeting_info_list,
      shanghai,
    )
  const times = '"start_time":1773640800,"end_time":1773644400'

  it.each([
    ['MEETING_STATE_INVALID', 'unknown', ['MEETING_STATE_INVALID'], false],
    ['MEETING_STATE_INIT', 'confirmed', [], false],
    ['MEETING_STATE_ABOUT_TO_START', 'confirmed', [], false],
    ['MEETING_STATE_STARTED', 'confirmed', [], true],
    ['MEETING_STATE_CANCELLED', 'cancelled', [], false],
    ['MEETING_STATE_ENDED', 'cancelled', [], false],
    ['MEETING_STATE_NULL', 'over', [], false],
    ['MEETING_STATE_RECYCLED', 'over', [], false],
    ['MEETING_STATE_PAUSED', 'unknown', ['MEETING_STATE_PAUSED'], false],
    ['年度裁员会议', 'unknown', ['meeting status of an unknown form'], false],
  ])('%s is %s', (status, state, unknown, isRunning) => {
    const { meetings, unknownStates } = page(
      `{"meetingid":"hy5c","subject":"版本评审","status":"${status}","meeting_type":0,${times}}`,
    )
    expect([meetings[0]?.state, unknownStates, meetings[0]?.video?.isRunning]).toEqual([
      state,
      unknown,
      isRunning,
    ])
  })

  it('carries its subject and is our own', () => {
    const { meetings } = page(
      `{"meetingid":"hy5c","subject":"版本评审","status":"MEETING_STATE_INIT","meeting_type":1,${times}}`,
    )
    expect(meetings[0]).toMatchObject({
      id: 'hy5c@1773640800',
      title: '版本评审',
      organizer: null,
      isOwn: true,
      isRecurring: true,
      video: { topic: '版本评审', url: null, isRunning: false },
    })
  })

  it('an empty subject is no title, a missing type no repetition', () => {
    const { meetings } = page(`{"meeting_id":"old","subject":"","status":"MEETING_STATE_INIT",${times}}`)
    expect(meetings[0]).toMatchObject({ id: 'old@1773640800', title: null, isRecurring: false })
  })

  it('a meeting told on two pages is one', () => {
    const twice = `{"meetingid":"hy5c","status":"MEETING_STATE_INIT",${times}}`
    expect(page(`${twice},${twice}`).meetings).toHaveLength(1)
  })

  it.each([
    ['no status', `{"meetingid":"hy5c",${times}}`],
    ['a number for a status', `{"meetingid":"hy5c","status":2,${times}}`],
    ['no id', `{"status":"MEETING_STATE_INIT",${times}}`],
    ['no times', '{"meetingid":"hy5c","status":"MEETING_STATE_INIT"}'],
  ])('refuses %s', (_name, info) => {
    expect(() => page(info)).toThrow()
  })

  it('refuses a page that does not say whether there is more', () => {
    expect(meetingPageSchema.safeParse({ meeting_info_list: [] }).success).toBe(false)
    expect(meetingPageSchema.safeParse({ has_more: false }).success).toBe(false)
  })

  it.each([
    [0, 'unknown'],
    [1, 'unknown'],
    [2, 'idle'],
    [3, 'inUse'],
    [4, 'unknown'],
    [7, 'unknown'],
  ])('device status %d is %s', (status, expected) => {
    expect(occupancyOf(status)).toBe(expected)
  })
})

describe('joinHardware', () => {
  const booked = (start: string, end: string, status = 0) =>
    mapBookings(
      [
        {
          id: `b${start}`,
          start_time: seconds(`2026-03-16T${start}`),
          end_time: seconds(`2026-03-16T${end}`),
          booker: 'chenlu',
          status,
        },
      ],
      shanghai,
      nameOf,
    ).meetings
  const online = (
    start: string,
    end: string,
    status = 'MEETING_STATE_INIT',
    id = 'hy',
    subject = '版本评审',
  ) =>
    mapOnlineMeetings(
      [
        {
          id,
          subject,
          status,
          start_time: seconds(`2026-03-16T${start}`),
          end_time: seconds(`2026-03-16T${end}`),
        },
      ],
      shanghai,
    ).meetings

  it('lends the title of the meeting at the same time, and keeps who booked', () => {
    const joined = joinHardware(
      booked('10:00:00', '11:00:00'),
      online('10:00:00', '11:00:00', 'MEETING_STATE_STARTED'),
    )
    expect(joined).toHaveLength(1)
    expect(joined[0]).toMatchObject({
      title: '版本评审',
      organizer: '陈璐',
      isOwn: true,
      video: { isRunning: true },
    })
  })

  it('finds the meeting whose booking was widened to half hours', () => {
    const joined = joinHardware(booked('10:00:00', '11:00:00'), online('10:10:00', '10:40:00'))
    expect(joined.map((one) => [one.title, one.endMs])).toEqual([['版本评审', at('2026-03-16T11:00:00')]])
  })

  it('two candidates lend nothing, and neither takes the room twice', () => {
    const joined = joinHardware(booked('10:00:00', '11:00:00'), [
      ...online('10:00:00', '11:00:00', 'MEETING_STATE_INIT', 'a', '甲'),
      ...online('10:00:00', '11:00:00', 'MEETING_STATE_INIT', 'b', '乙'),
    ])
    expect(joined.map((one) => one.title)).toEqual([null])
  })

  it('a deleted or cancelled meeting neither lends its title nor frees the booking', () => {
    for (const status of ['MEETING_STATE_ENDED', 'MEETING_STATE_CANCELLED', 'MEETING_STATE_NULL']) {
      const [one, more] = joinHardware(booked('10:00:00', '11:00:00'), online('10:00:00', '11:00:00', status))
      expect([one?.title, one?.state, more]).toEqual([null, 'confirmed', undefined])
    }
  })

  it('a meeting nobody booked the office room for still takes the room', () => {
    const joined = joinHardware(booked('10:00:00', '11:00:00'), online('09:00:00', '09:30:00'))
    expect(joined.map((one) => one.title)).toEqual(['版本评审', null])
  })

  it('a cancelled booking does not swallow a live meeting', () => {
    const joined = joinHardware(booked('10:00:00', '11:00:00', 1), online('10:00:00', '11:00:00'))
    expect(joined.map((one) => one.state).sort()).toEqual(['cancelled', 'confirmed'])
  })
})

describe('rooms', () => {
  const rules = (refusal: string | null) => ({
    gridMinutes: 30,
    minMinutes: 30,
    maxMinutes: null,
    latestEndMs: null,
    refusal,
  })
  const bare = {
    id: 'id',
    capacity: null,
    location: [],
    equipment: [],
    needsApproval: false,
    bookingRules: rules(null),
  }

  it('maps an office room with everything, and one with almost nothing', () => {
    const { meetingroom_list: list } = officeRoomListSchema.parse(
      JSON.parse(`{"errcode":0,"meetingroom_list":[
        {"meetingroom_id":12,"name":"3F-西湖","capacity":8,"city":"杭州","building":"滨江一号","floor":"3F",
         "equipment":[1,2,3,4,5,9],"coordinate":{"latitude":"30.2","longitude":"120.2"},"need_approval":1},
        {"meetingroom_id":15,"name":"临时洽谈间"},
        {"meetingroom_id":16,"name":"空","capacity":null,"city":"","building":null,"equipment":null}]}`),
    )
    expect(list.map((room) => mapOfficeRoom(room, 'id'))).toEqual([
      {
        id: 'id',
        name: '3F-西湖',
        capacity: 8,
        location: ['杭州', '滨江一号', '3F'],
        equipment: ['tv', 'phone', 'projector', 'whiteboard', 'video', { other: '9' }],
        needsApproval: true,
        bookingRules: rules('approval'),
      },
      { ...bare, name: '临时洽谈间' },
      { ...bare, name: '空' },
    ])
  })

  it('maps a Rooms room', () => {
    const page = unitPageSchema.parse({
      has_more: false,
      meeting_room_list: [
        {
          meeting_room_id: '300417',
          meeting_room_name: '西湖',
          meeting_room_location: '杭州-滨江一号-3F',
          participant_number: 8,
          meeting_room_status: 2,
        },
      ],
    })
    expect(page.meeting_room_list.map((unit) => mapUnit(unit, 'id'))).toEqual([
      {
        id: 'id',
        name: '西湖',
        capacity: 8,
        location: ['杭州-滨江一号-3F'],
        equipment: ['video'],
        needsApproval: false,
        bookingRules: rules('unsupported'),
      },
    ])
  })
})
