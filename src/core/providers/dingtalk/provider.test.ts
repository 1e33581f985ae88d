import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Meeting } from '../../../shared/domain/meeting.ts'
import { createZone, dayRange } from '../../../shared/domain/zonedTime.ts'
import type { DingtalkRoomSource } from '../../../shared/settings/schema.ts'
import type { ProviderDeps, RoomReading, RoomRef } from '../SiteProvider.ts'
import { tellStep } from '../testing/tellStep.ts'
import { oapiBaseUrlOf } from './client.ts'
import { dingtalkRoom, dingtalkRoomIds, openDingtalkWorld } from './testing/openDingtalkWorld.ts'
import type { DingtalkWorld } from './testing/openDingtalkWorld.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const never = new AbortController().signal
type DingtalkRoom = RoomRef<DingtalkRoomSource>
const room = dingtalkRoom(12)
const BUSY = 'schedules/query'

let world: DingtalkWorld
beforeEach(() => {
  world = openDingtalkWorld()
})
afterEach(async () => {
  for (const sentinel of world.sentinels()) expect(world.log.text()).not.toContain(sentinel)
  await world.close()
})

const today = () => dayRange(createZone('Asia/Shanghai'), world.clock.now())
const atHour = (hours: number): number => today().fromMs + hours * HOUR
const read = (rooms: readonly DingtalkRoom[] = [room], provider = world.provider()) =>
  provider.listMeetings(rooms, today(), never)
async function readOne(provider = world.provider()): Promise<Extract<RoomReading, { kind: 'read' }>> {
  const reading = (await read([room], provider)).get(room.id)
  if (reading?.kind !== 'read') throw new Error(`not read: ${String(reading?.error.message)}`)
  return reading
}
const meetingsOf = async (provider = world.provider()): Promise<readonly Meeting[]> =>
  (await readOne(provider)).meetings
const book = (more: object = {}) =>
  world.control('POST', 'bookings', {
    room: 12,
    subject: world.title,
    booker: 'chenlu',
    startMs: atHour(14),
    endMs: atHour(15),
    ...more,
  })
/** Events that do not name their organiser, as those of people outside the contacts' range might. */
const namelessEvents: Partial<ProviderDeps> = {
  http: {
    async fetch(url, init) {
      const answer = await world.vendor.http.fetch(url, init)
      if (!url.includes('/events/')) return answer
      const event = (await answer.json()) as { organizer: { displayName?: string } }
      delete event.organizer.displayName
      return Response.json(event, { status: answer.status })
    },
  },
}
const callsTo = async (part: string): Promise<number> =>
  Object.entries(await world.calls())
    .filter(([path]) => path.includes(part))
    .reduce((sum, [, count]) => sum + count, 0)

describe('titles and names', () => {
  it('come from the event, asked for as its organiser, once', async () => {
    await book()
    const provider = world.provider()
    for (let reads = 0; reads < 3; reads += 1)
      expect(await meetingsOf(provider)).toMatchObject([
        { title: world.title, organizer: '陈璐', isPrivate: false },
      ])
    expect([await callsTo('/events/'), await callsTo('topapi')]).toEqual([1, 0])
  })

  it('ids with slashes, pluses and equals signs find their events', async () => {
    for (let index = 0; index < 10; index += 1)
      await book({ startMs: atHour(11) + index * HOUR, endMs: atHour(12) + index * HOUR })
    const meetings = await meetingsOf()
    expect(meetings.map((one) => one.title)).toEqual(Array.from({ length: 10 }, () => world.title))
    expect(meetings.some((one) => /[/+=]/.test(one.id))).toBe(true)
  })

  it('of a meeting that was moved are asked for again; of one that is over, never', async () => {
    await book({ startMs: atHour(8), endMs: atHour(9) })
    const provider = world.provider()
    expect(await meetingsOf(provider)).toMatchObject([{ title: null, organizer: null }])
    const { bookings } = await world.state()
    await world.control('PATCH', `bookings/${bookings[0]!.id}`, {
      startMs: atHour(14),
      endMs: atHour(15),
      subject: 'new',
    })
    expect(await meetingsOf(provider)).toMatchObject([{ title: 'new' }])
    expect(await callsTo('/events/')).toBe(1)
  })

  it('are asked for by the platform’s clock: a device that is ahead takes no meeting for over', async () => {
    await book({ startMs: atHour(14), endMs: atHour(15) })
    world.clock.setNow(atHour(16))
    await world.skewServer(-6 * HOUR)
    expect(await meetingsOf()).toMatchObject([{ title: world.title }])
  })

  it('of many meetings follow read by read, those of now first', async () => {
    const provider = world.provider()
    for (let index = 0; index < 12; index += 1)
      await book({ startMs: atHour(9.5) + index * HOUR, endMs: atHour(10.5) + index * HOUR })
    const titled = async () => (await meetingsOf(provider)).map((one) => one.title !== null)
    expect(await titled()).toEqual([...Array<boolean>(10).fill(true), false, false])
    expect(await titled()).toEqual(Array<boolean>(12).fill(true))
  })

  it.each([
    ['comes without a title', {}],
    ['is refused', { refusesPrivateEvents: true }],
  ])('a private event %s: it is masked, and not asked for again', async (_name, quirks) => {
    await world.control('PATCH', 'quirks', quirks)
    await book({ private: true })
    const provider = world.provider()
    for (let reads = 0; reads < 2; reads += 1)
      expect(await meetingsOf(provider)).toMatchObject([{ title: null, isPrivate: true }])
    expect(await callsTo('/events/')).toBe(1)
  })

  it.each([
    ['where the month has no room for its event', false],
    ['not even where the same person’s name is known from another meeting', true],
  ])('a meeting that may be private names nobody, %s', async (_name, isPersonKnown) => {
    let mayReadEvents = isPersonKnown
    const provider = world.providerWith({
      ...namelessEvents,
      mayAlsoCall: (calls) => calls === 0 || mayReadEvents,
    })
    if (isPersonKnown) {
      await book()
      expect(await meetingsOf(provider)).toMatchObject([{ organizer: '陈璐' }])
    }
    mayReadEvents = false
    await book({ startMs: atHour(16), endMs: atHour(17), private: true })
    const unread = (await meetingsOf(provider)).at(-1)
    expect(unread).toMatchObject({ startMs: atHour(16), title: null, organizer: null, isPrivate: false })
    expect(await callsTo('topapi')).toBe(isPersonKnown ? 2 : 0)
  })

  it.each([{}, { usesOldContactShape: true }])(
    'the free contact calls name who booked where the event does not (%j)',
    async (quirks) => {
      await world.control('PATCH', 'quirks', quirks)
      await book()
      const provider = world.providerWith(namelessEvents)
      for (let reads = 0; reads < 2; reads += 1)
        expect(await meetingsOf(provider)).toMatchObject([{ title: world.title, organizer: '陈璐' }])
      expect([
        await callsTo('getbyunionid'),
        await callsTo('v2/user/get'),
        await callsTo('/events/'),
      ]).toEqual([1, 1, 1])
    },
  )

  it('a private event that does not name its organiser has nobody looked up', async () => {
    await book({ private: true })
    expect(await meetingsOf(world.providerWith(namelessEvents))).toMatchObject([{ organizer: null }])
    expect(await callsTo('topapi')).toBe(0)
  })

  it('a token that ends between the busy times and the names is renewed, once', async () => {
    await world.control('PATCH', 'quirks', { usesOldContactShape: true })
    await book()
    const provider = world.providerWith(namelessEvents)
    await world.fault({ kind: 'errcode', errcode: 42001, route: 'topapi', times: 1 })
    expect(await meetingsOf(provider)).toMatchObject([{ organizer: '陈璐' }])
    expect(await callsTo('accessToken')).toBe(2)
  })

  it('without the permission the busy times stand, and the log says so once', async () => {
    const scopes = ['qyapi_base', 'Calendar.Event.Read', 'VideoConference.Conference.Read']
    await world.control('PATCH', 'app', { scopes })
    await book()
    const provider = world.providerWith(namelessEvents)
    for (let reads = 0; reads < 2; reads += 1)
      expect(await meetingsOf(provider)).toMatchObject([{ organizer: null }])
    expect(world.log.lines.map((line) => line.fields['missingPermission'])).toEqual(['qyapi_get_member'])
  })

  it('a contact call that breaks off costs the name, and its address with the token is in no log', async () => {
    await book()
    await world.fault({ kind: 'drop', route: 'topapi' })
    const provider = world.providerWith(namelessEvents)
    expect(await meetingsOf(provider)).toMatchObject([{ organizer: null }])
    expect(world.log.lines).toMatchObject([{ fields: { kind: 'network' } }])
  })

  it('a name that is still missing when the month gets tight is not worth a free call either', async () => {
    await book()
    await world.fault({ kind: 'drop', route: 'topapi' })
    let isTight = false
    const provider = world.providerWith({ ...namelessEvents, mayAlsoCall: () => !isTight })
    await meetingsOf(provider)
    await world.heal()
    isTight = true
    world.clock.elapse(5 * MINUTE)
    const before = await callsTo('topapi')
    expect(await meetingsOf(provider)).toMatchObject([{ title: world.title, organizer: null }])
    expect(await callsTo('topapi')).toBe(before)
    isTight = false
    expect(await meetingsOf(provider)).toMatchObject([{ organizer: '陈璐' }])
  })

  it('a series is one call a day and two meetings on two days, whichever id it tells', async () => {
    for (const tellsInstanceIds of [false, true]) {
      await world.control('PATCH', 'quirks', { tellsInstanceIds })
      if (!tellsInstanceIds)
        await book({ repeat: 'day', repeatUntilMs: atHour(24 * 5), startMs: atHour(14), endMs: atHour(15) })
      const range = { fromMs: today().fromMs, untilMs: atHour(48) }
      const readings = await world.provider().listMeetings([room], range, never)
      const reading = readings.get(room.id)
      const meetings = reading?.kind === 'read' ? reading.meetings : []
      expect(meetings.map((one) => one.startMs)).toEqual([atHour(14), atHour(38)])
      expect(meetings.map((one) => one.isRecurring)).toEqual([true, true])
      expect(new Set(meetings.map((one) => one.id)).size).toBe(2)
    }
  })
})

describe('whole days', () => {
  it.each([{}, { tellsAllDayLocally: true }, { omitsPastItems: true }])(
    'are the local day (%j)',
    async (quirks) => {
      await world.control('PATCH', 'quirks', quirks)
      for (const day of [-1, 0, 1])
        await world.control('POST', 'bookings', { room: 12, allDay: true, startMs: atHour(24 * day) })
      expect(await meetingsOf()).toMatchObject([{ startMs: atHour(0), endMs: atHour(24), isAllDay: true }])
    },
  )
})

describe('what is asked for', () => {
  it('begins a day early in one and the same call, with milliseconds, as the operator', async () => {
    const asked: unknown[] = []
    const provider = world.providerWith({
      mayAlsoCall: () => false,
      http: {
        fetch: (url, init) => {
          if (url.includes(BUSY)) asked.push([new URL(url).pathname, JSON.parse(init.body as string)])
          return world.vendor.http.fetch(url, init)
        },
      },
    })
    await read([room, dingtalkRoom(13)], provider)
    expect(asked).toEqual([
      [
        '/v1.0/calendar/users/EyJX76U8Nfml28iEiE/meetingRooms/schedules/query',
        {
          roomIds: [room.source.roomId, dingtalkRoomIds[13]],
          startTime: '2026-03-14T16:00:00.000Z',
          endTime: '2026-03-16T16:00:00.000Z',
        },
      ],
    ])
  })
})

describe('closures', () => {
  const closuresOf = async (provider = world.provider()) => (await readOne(provider)).closures

  it('of now are told with reason and end', async () => {
    await world.control('POST', 'closures', {
      room: 12,
      startMs: atHour(9),
      endMs: atHour(12),
      reason: '空调检修',
    })
    expect(await closuresOf()).toEqual([{ fromMs: atHour(9), untilMs: atHour(12), reason: '空调检修' }])
  })

  it('without end last for as long as we look', async () => {
    await world.control('POST', 'closures', { room: 12, startMs: atHour(9), forEver: true, reason: '装修' })
    expect(await closuresOf()).toEqual([{ fromMs: atHour(9), untilMs: today().untilMs, reason: '装修' }])
  })

  it('a room closed to bookings is out of service', async () => {
    await world.control('PATCH', 'rooms/12', { isDisabled: true })
    expect(await closuresOf()).toMatchObject([{ reason: null }])
    expect((await readOne()).room?.bookingRules?.refusal).toBe('closed')
  })

  it('a room that opens before its time is open within the hour; a closed one is noticed within the day', async () => {
    const provider = world.provider()
    await world.control('PATCH', 'rooms/12', { isDisabled: true })
    expect(await closuresOf(provider)).toHaveLength(1)
    await world.control('PATCH', 'rooms/12', { isDisabled: false })
    world.clock.elapse(HOUR)
    expect(await closuresOf(provider)).toHaveLength(0)
    await world.control('PATCH', 'rooms/12', { isDisabled: true })
    world.clock.elapse(24 * HOUR)
    expect(await closuresOf(provider)).toHaveLength(1)
  })
})

describe('descriptions', () => {
  it('tell approval and the rules of booking', async () => {
    const provider = world.provider()
    const approved = dingtalkRoom(21)
    const reading = (await read([approved], provider)).get(approved.id)
    expect(reading).toMatchObject({
      room: { name: '灵隐', needsApproval: true, bookingRules: { refusal: 'approval', gridMinutes: null } },
    })
    expect((await readOne(provider)).room?.bookingRules).toMatchObject({ minMinutes: 15, maxMinutes: 240 })
  })

  it('of many rooms begin with the list, one call for all names; details follow', async () => {
    const provider = world.provider()
    const numbers = Object.keys(dingtalkRoomIds).map(Number) as (keyof typeof dingtalkRoomIds)[]
    const rooms = numbers.map(dingtalkRoom)
    const first = [...(await read(rooms, provider)).values()]
    expect(first.map((one) => one.kind === 'read' && one.room?.name)).not.toContain(undefined)
    expect([await callsTo('meetingRoomLists'), await callsTo('/rooms/meetingRooms/')]).toEqual([1, 5])
    await read(rooms, provider)
    await read(rooms, provider)
    expect([await callsTo('meetingRoomLists'), await callsTo('/rooms/meetingRooms/')]).toEqual([1, 8])
  })

  it('that cannot be read cost the description, never the meetings', async () => {
    await book()
    await world.fault({ kind: 'status', status: 500, route: '/v1.0/rooms/' })
    expect(await readOne()).toMatchObject({ room: null, closures: [], meetings: [{ title: world.title }] })
  })
})

describe('the budget', () => {
  it('while it is tight, nothing but busy times and the token is asked for', async () => {
    await book()
    const provider = world.providerWith({ mayAlsoCall: () => false })
    for (let reads = 0; reads < 3; reads += 1)
      expect(await readOne(provider)).toMatchObject({
        room: null,
        meetings: [{ title: null, organizer: null }],
      })
    const calls = await world.calls()
    expect(Object.keys(calls).every((path) => path.includes(BUSY) || path.includes('accessToken'))).toBe(true)
    expect([await callsTo(BUSY), await callsTo('accessToken')]).toEqual([3, 1])
  })

  it.each([
    ['with room for titles', true],
    ['with room for busy times alone', false],
  ])(
    'a working day of eight rooms spends what was announced, %s, and the vendor counts the same',
    async (_name, mayAlso) => {
      await world.close()
      world = openDingtalkWorld('day')
      const provider = world.providerWith({ mayAlsoCall: () => mayAlso })
      const rooms = (Object.keys(dingtalkRoomIds).map(Number) as (keyof typeof dingtalkRoomIds)[]).map(
        dingtalkRoom,
      )
      const bookings = (await world.state()).bookings.length
      let announced = 0
      // From ten in the morning to eight in the evening, every ten minutes.
      for (let reads = 0; reads < 60; reads += 1) {
        announced += provider.callCost(rooms, today())
        const readings = await read(rooms, provider)
        expect([...readings.values()].filter((one) => one.kind === 'failed')).toEqual([])
        world.clock.elapse(10 * MINUTE)
      }
      const counted = await world.countedCalls()
      expect(world.told.calls).toBe(counted)
      expect(announced).toBe(120)
      const extras = counted - announced
      if (mayAlso) {
        expect(extras).toBeGreaterThan(8)
        // The list, each room once, each meeting once.
        expect(extras).toBeLessThanOrEqual(1 + rooms.length + bookings)
        expect(await callsTo('accessToken')).toBeGreaterThan(4)
      } else expect(extras).toBe(0)
    },
  )

  it('the vendor’s own end of the month is quota, until the next one', async () => {
    await world.control('PATCH', 'limits', { dingtalkCallsPerMonth: 1 })
    const provider = world.providerWith({ mayAlsoCall: () => false })
    await readOne(provider)
    const reading = (await read([room], provider)).get(room.id)
    expect(reading).toMatchObject({
      kind: 'failed',
      error: { kind: 'quota', details: { resumesAtMs: Date.parse('2026-04-01T00:00:00+08:00') } },
    })
  })

  it('a month spent by titles leaves the busy times read, and nothing is asked for any more', async () => {
    await book()
    await world.control('PATCH', 'limits', { dingtalkCallsPerMonth: 1 })
    const provider = world.provider()
    expect(await meetingsOf(provider)).toMatchObject([{ title: null, organizer: null }])
    expect([await callsTo('/events/'), await callsTo('/rooms/meetingRooms/')]).toEqual([1, 1])
  })

  it('an address shut out by the firewall waits five minutes', async () => {
    await world.control('PATCH', 'limits', { dingtalkCallsPer20Seconds: 1 })
    const reading = (await read()).get(room.id)
    expect(reading).toMatchObject({ error: { kind: 'rateLimited', details: { retryAfterMs: 300_000 } } })
  })

  it('many meetings at once stay under twenty calls a second', async () => {
    // The pace, and what is under way beside it.
    await world.control('PATCH', 'limits', { dingtalkCallsPerSecond: 16 })
    const second = dingtalkRoom(13)
    for (let index = 0; index < 10; index += 1)
      for (const number of [12, 13])
        await book({
          room: number,
          startMs: atHour(11) + index * HOUR,
          endMs: atHour(12) + index * HOUR,
        })
    const provider = world.provider()
    // Two reads of ten titles each: more than a second holds, unless they are spread.
    await Promise.all([read([room], provider), read([second], provider)])
    const readings = await read([room, second], world.provider({ mayAlsoCall: () => false }))
    expect([...readings.values()].map((one) => one.kind)).toEqual(['read', 'read'])
    expect(await callsTo('/events/')).toBe(20)
    expect(world.log.lines).toEqual([])
  })
})

describe('rooms', () => {
  it('a bad id among good ones costs its own door alone', async () => {
    const bad: DingtalkRoom = { id: 'bad', source: { roomId: '00000000000000' } }
    const provider = world.providerWith({ mayAlsoCall: () => false })
    const rooms = [room, bad, dingtalkRoom(13)]
    const kinds = async () =>
      [...(await read(rooms, provider)).values()].map((one) =>
        one.kind === 'read' ? 'read' : one.error.kind,
      )
    expect(await kinds()).toEqual(['read', 'notFound', 'read'])
    expect(await kinds()).toEqual(['read', 'notFound', 'read'])
    expect(await callsTo(BUSY)).toBe(1 + 3 + 1)
    expect(world.told.calls).toBe(await world.countedCalls())
  })

  it('an error of its own inside a good answer leaves a room unknown', async () => {
    await world.fault({
      kind: 'roomError',
      meetingroomId: room.source.roomId,
      errmsg: 'boom 陈璐',
      route: BUSY,
    })
    const readings = await read([room, dingtalkRoom(13)])
    expect(readings.get(room.id)).toMatchObject({ kind: 'failed', error: { kind: 'server' } })
    expect(readings.get('room-13')?.kind).toBe('read')
  })
})

describe('the older API', () => {
  const of = (baseUrl: string, oapiBaseUrl?: string) =>
    oapiBaseUrlOf({
      platform: 'dingtalk',
      baseUrl,
      clientId: 'c',
      operatorUnionId: 'u',
      monthlyCalls: null,
      sharedByPanels: 1,
      ...(oapiBaseUrl === undefined ? {} : { oapiBaseUrl }),
    })

  it('is found beside the new one, unless it is told', () => {
    expect(of('https://api.dingtalk.com')).toBe('https://oapi.dingtalk.com')
    expect(of('https://api.dingtalk.io')).toBe('https://oapi.dingtalk.io')
    expect(of('http://127.0.0.1:4780')).toBe('http://127.0.0.1:4780')
    expect(of('https://api.dingtalk.com', 'https://proxy.example/old')).toBe('https://proxy.example/old')
  })
})

describe('the connection test', () => {
  const steps = async (provider = world.provider()) => (await provider.testConnection(never)).map(tellStep)
  const scopes = ['qyapi_base', 'qyapi_get_member', 'VideoConference.Conference.Read', 'Calendar.Event.Read']

  it('names each permission a reading door needs, and spends two counted calls', async () => {
    await world.control('PATCH', 'app', { scopes })
    expect(await steps()).toEqual([
      'reachable passed',
      'clock passed 0 s',
      'token passed',
      'permissions passed VideoConference.Conference.Read',
      'permissions passed Calendar.Event.Read',
      'permissions passed qyapi_get_member',
      'rooms passed 8',
    ])
    expect([world.told.calls, await world.countedCalls()]).toEqual([2, 2])
  })

  it.each([
    ['VideoConference.Conference.Read', ['failed', 'skipped', 'passed', 'skipped']],
    ['Calendar.Event.Read', ['passed', 'failed', 'passed', 'passed']],
    ['qyapi_get_member', ['passed', 'passed', 'failed', 'passed']],
  ])('without %s fails at that name', async (missing, outcomes) => {
    await world.control('PATCH', 'app', { scopes: scopes.filter((one) => one !== missing) })
    const told = (await steps()).slice(3)
    expect(told.map((step) => step.split(' ')[1])).toEqual(outcomes)
    expect(told.filter((step) => step.includes('failed'))).toEqual([`permissions failed ${missing}`])
  })

  it('an operator nobody knows is told by the name of the setting', async () => {
    const provider = world.providerWith({}, { operatorUnionId: 'nobodyiEiE' })
    const failed = (await steps(provider)).filter((step) => step.includes('failed'))
    expect(failed[0]).toBe('permissions failed operatorUnionId')
  })

  it('a refused address is no missing permission', async () => {
    await world.control('POST', 'ipAllowList', { ips: ['198.51.100.7'] })
    const told = await world.provider().testConnection(never)
    expect(told.find((one) => one.outcome === 'failed')?.error?.kind).toBe('ipNotAllowed')
  })

  it('a wrong clock is told in seconds', async () => {
    await world.skewServer(10 * MINUTE)
    // Answers tell whole seconds, of which the middle is taken.
    world.clock.elapse(500)
    expect(await steps()).toContain('clock failed 600 s')
  })
})
