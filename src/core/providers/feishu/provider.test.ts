import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { occupiedRange } from '../../../shared/domain/meeting.ts'
import type { Meeting, TimeRange } from '../../../shared/domain/meeting.ts'
import { createZone, dayRange } from '../../../shared/domain/zonedTime.ts'
import type { FeishuRoomSource } from '../../../shared/settings/schema.ts'
import type { RoomReading, RoomRef, SiteProvider } from '../SiteProvider.ts'
import { exposedText } from '../testing/exposedText.ts'
import { feishuScopes, MEETING_ADMIN_RIGHT } from './errors.ts'
import { openFeishuWorld } from './testing/openFeishuWorld.ts'
import type { FeishuWorld } from './testing/openFeishuWorld.ts'

// Real sockets on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const never = new AbortController().signal
const zone = createZone('Asia/Shanghai')

let world: FeishuWorld
let provider: SiteProvider<FeishuRoomSource>
beforeEach(async () => {
  world = await openFeishuWorld()
  provider = world.provider()
})
afterEach(() => world.close())

const today = (): TimeRange => dayRange(zone, world.clock.now())
const atHour = (hours: number): number =>
  dayRange(zone, Date.parse('2026-03-16T10:00:00+08:00')).fromMs + hours * HOUR
const span = (from: number, until: number) => ({ startMs: atHour(from), endMs: atHour(until) })

const read = (
  rooms: readonly RoomRef<FeishuRoomSource>[] = world.rooms,
  by = provider,
): Promise<ReadonlyMap<string, RoomReading>> => by.listMeetings(rooms, today(), never)

type Read = Extract<RoomReading, { kind: 'read' }>
async function readOne(room = world.rooms[0], by = provider): Promise<Read> {
  const reading = (await read([room], by)).get(room.id)
  if (reading?.kind !== 'read') throw new Error(`not read: ${String(reading?.error.message)}`)
  return reading
}

const occupied = (meetings: readonly Meeting[]): readonly string[] =>
  meetings
    .flatMap((one) => occupiedRange(one) ?? [])
    .map(({ fromMs, untilMs }) => `${(fromMs - atHour(0)) / HOUR}-${(untilMs - atHour(0)) / HOUR}`)
    .sort()

/** Books as the simulator's control API takes it. @returns the booking's id */
const book = async (fields: object): Promise<string> =>
  String(
    (await world.control('POST', 'bookings', { booker: 'chenlu', subject: world.title, ...fields }))['id'],
  )

const callsTo = async (part: string): Promise<number> =>
  Object.entries(await world.calls())
    .filter(([path]) => path.includes(part))
    .reduce((sum, [, count]) => sum + count, 0)

describe('both sources', () => {
  it('what busy times do not tell comes from the list: department, check-in, approval, title', async () => {
    await book({ room: 12, ...span(9, 11), checkIn: 'checkedIn' })
    await book({ room: 12, ...span(14, 15), status: 'inApproval' })
    const { meetings } = await readOne()
    expect(meetings).toMatchObject([
      { title: world.title, organizer: '陈璐', platformCheckIn: 'checkedIn', state: 'confirmed' },
      { title: world.title, organizer: '陈璐', state: 'pending' },
    ])
    expect(meetings[0]?.department).toMatch(/\S/)
    expect(provider.capabilities).toEqual({
      titles: 'all',
      organizers: true,
      approval: true,
      platformCheckIn: true,
    })
  })

  it.each([
    ['zh', 'mixed', 480],
    ['en', 'dash', 420],
    ['en', 'empty', -300],
    ['zh', 'missing', 330],
  ])('in %s, blanks %s, times at %d minutes of UTC', async (textLanguage, blanks, offset) => {
    await world.control('PATCH', 'feishu', {
      textLanguage,
      blanks,
      listOffsetMinutes: offset,
      freebusyOffsetMinutes: -offset,
    })
    await book({ room: 12, ...span(9, 11), checkIn: 'windowOpen' })
    const { meetings, unknownStates } = await readOne()
    expect([occupied(meetings), unknownStates]).toEqual([['9-11'], []])
    expect(meetings).toMatchObject([{ platformCheckIn: 'open', state: 'confirmed' }])
  })

  it.each([
    'dropsEmptyFields',
    'tellsAllDayInUtc',
    'takesWholeDayWindow',
    'listsOnlyBegun',
    'keepsBookedText',
  ])('survives an organisation that %s', async (quirk) => {
    await world.control('PATCH', 'quirks', { [quirk]: true })
    await book({ room: 12, ...span(9, 11) })
    await book({ room: 13, ...span(0, 24), allDay: true })
    const readings = await read()
    const spans = world.rooms.map((room) => {
      const reading = readings.get(room.id)
      return reading?.kind === 'read' ? occupied(reading.meetings) : reading?.error.message
    })
    expect(spans).toEqual([['9-11'], ['0-24'], []])
  })

  it('a room released in the list counts until busy times agree', async () => {
    await world.control('PATCH', 'feishu', { freebusyLagMs: 10 * MINUTE })
    const id = await book({ room: 12, ...span(9, 11) })
    await world.control('PATCH', `bookings/${id}`, { release: 'manual' })
    expect(occupied((await readOne()).meetings)).toEqual(['9-11'])
    world.clock.elapse(11 * MINUTE)
    expect(occupied((await readOne()).meetings)).toEqual([])
  })

  it('a release to come frees the room at its moment, without another call', async () => {
    await book({ room: 12, ...span(9, 11), release: 'manual', releaseAtMs: atHour(10.5) })
    expect(occupied((await readOne()).meetings)).toEqual(['9-10.5'])
  })

  it('a meeting cancelled between two reads of the list is gone with the next busy times', async () => {
    const id = await book({ room: 12, ...span(9, 11) })
    expect(occupied((await readOne()).meetings)).toEqual(['9-11'])
    await world.control('DELETE', `bookings/${id}`)
    expect(occupied((await readOne()).meetings)).toEqual([])
    expect(await callsTo('resource_reservation_list')).toBe(1)
  })

  it('a private meeting is masked here already, its title not even asked for', async () => {
    await book({ room: 12, ...span(9, 11), private: true, online: true })
    const reading = await readOne()
    expect(reading.meetings).toMatchObject([{ isPrivate: true, title: null, organizer: null, video: null }])
    expect(exposedText(reading)).not.toContain(world.title)
    expect(await callsTo('summary')).toBe(0)
  })

  it('the bookings of this app are known as its own', async () => {
    await book({ room: 12, ...span(9, 11), ownApp: true })
    expect((await readOne()).meetings).toMatchObject([{ isOwn: true, isPrivate: false }])
  })

  it('a closure puts the room out of service', async () => {
    await world.control('POST', 'closures', { room: 12, reason: '检修', ...span(9, 12) })
    expect((await readOne()).closures).toEqual([{ fromMs: atHour(9), untilMs: atHour(12), reason: '检修' }])
  })
})

describe('one source is enough', () => {
  it('without the list’s scope: busy times, titles by summary, and the capabilities say what is missing', async () => {
    await world.grantAllBut(feishuScopes.rooms)
    await book({ room: 12, ...span(9, 11) })
    expect((await readOne()).meetings).toMatchObject([
      { title: world.title, organizer: '陈璐', platformCheckIn: 'none', department: null },
    ])
    expect(provider.capabilities).toMatchObject({ titles: 'all', approval: false, platformCheckIn: false })
  })

  it('without the right of the app’s creator the same, and the log names it', async () => {
    await world.control('PATCH', 'feishu', { isMadeByMeetingAdmin: false })
    await book({ room: 12, ...span(9, 11) })
    expect(occupied((await readOne()).meetings)).toEqual(['9-11'])
    expect(provider.capabilities).toMatchObject({ approval: false, platformCheckIn: false })
    expect(world.log.text()).toContain(MEETING_ADMIN_RIGHT)
  })

  it('without the scope of titles the list tells them; without both nobody does', async () => {
    await world.grantAllBut(feishuScopes.titles)
    await book({ room: 12, ...span(9, 11) })
    expect((await readOne()).meetings).toMatchObject([{ title: world.title }])
    expect(provider.capabilities.titles).toBe('all')
    await world.grantAllBut(feishuScopes.titles, feishuScopes.rooms)
    const blind = world.provider()
    expect((await readOne(world.rooms[0], blind)).meetings).toMatchObject([
      { title: null, organizer: '陈璐' },
    ])
    expect(blind.capabilities).toMatchObject({ titles: 'none', organizers: true })
  })

  it('without the scope of busy times the list decides, and shows no title: it does not say what is private', async () => {
    await world.grantAllBut(feishuScopes.busyTimes)
    await book({ room: 12, ...span(9, 11), checkIn: 'checkedIn' })
    await book({ room: 12, ...span(14, 15), private: true })
    await book({ room: 13, ...span(-2, 10.5) })
    const { meetings, horizon } = await readOne()
    expect(occupied(meetings)).toEqual(['14-15', '9-11'])
    expect(meetings).toMatchObject([{ platformCheckIn: 'checkedIn', title: null, organizer: '陈璐' }, {}])
    expect(exposedText(meetings)).not.toContain(world.title)
    expect(horizon.untilMs).toBeGreaterThanOrEqual(today().untilMs)
    expect(provider.capabilities).toEqual({
      titles: 'none',
      organizers: true,
      approval: true,
      platformCheckIn: true,
    })
    expect(occupied((await readOne(world.rooms[1])).meetings)).toEqual(['-2-10.5'])
  })

  it('a scope granted later is found without a restart', async () => {
    await world.grantAllBut(feishuScopes.busyTimes)
    await book({ room: 12, ...span(9, 11) })
    await readOne()
    await world.grantAllBut()
    world.clock.elapse(16 * MINUTE)
    expect((await readOne()).meetings).toMatchObject([{ title: world.title }])
    expect(provider.capabilities.titles).toBe('all')
  })

  it('busy times that are only broken are not replaced: a list that lags would free rooms', async () => {
    await book({ room: 12, ...span(9, 11) })
    await world.fault({ kind: 'errcode', errcode: 105001, route: 'freebusy' })
    expect((await read()).get('room-12')).toMatchObject({ kind: 'failed', error: { kind: 'server' } })
  })

  it.each([
    ['broken JSON', { kind: 'corrupt' }],
    ['fields of other types', { kind: 'wrongTypes' }],
    ['a dropped connection', { kind: 'drop' }],
    ['a cursor that repeats', { kind: 'repeatCursor' }],
    ['a throttle', { kind: 'errcode', errcode: 99991400 }],
  ])('%s in the list costs its columns, not the room', async (_name, fault) => {
    await book({ room: 12, ...span(9, 11) })
    await world.fault({ ...fault, route: 'resource_reservation_list' })
    expect((await readOne()).meetings).toMatchObject([{ title: world.title, organizer: '陈璐' }])
  })
})

describe('rooms busy times leave out', () => {
  it('are free where the list answered and the platform says that they exist', async () => {
    await world.control('PATCH', 'quirks', { omitsFreeRooms: true })
    await book({ room: 13, ...span(9, 11) })
    for (let count = 0; count < 4; count += 1) {
      const before = await world.countedCalls()
      const announced = provider.callCost(world.rooms, today())
      const readings = await read()
      expect([...readings.values()].map(({ kind }) => kind)).toEqual(['read', 'read', 'read'])
      if (count > 0) expect((await world.countedCalls()) - before).toBe(announced)
    }
  })

  it('are unknown where nobody speaks for them', async () => {
    await world.control('PATCH', 'quirks', { omitsFreeRooms: true })
    await world.grantAllBut(feishuScopes.rooms)
    expect((await read()).get('room-12')).toMatchObject({ kind: 'failed', error: { kind: 'notFound' } })
  })

  it('one id nobody knows fails alone, also where the platform refuses the whole question for it', async () => {
    await world.control('PATCH', 'quirks', { refusesUnknownRooms: true })
    const stranger = { id: 'stranger', source: { roomId: `omm_${'f'.repeat(32)}` } }
    const rooms = [...world.rooms, stranger]
    for (let count = 0; count < 2; count += 1) {
      const readings = await read(rooms)
      expect(rooms.map(({ id }) => readings.get(id)?.kind)).toEqual(['read', 'read', 'read', 'failed'])
    }
    expect(readingsError(await read(rooms), 'stranger')).toBe('notFound')
    expect(provider.callCost(rooms, today())).toBeLessThanOrEqual(2)
  })

  const readingsError = (readings: ReadonlyMap<string, RoomReading>, id: string): string | null => {
    const reading = readings.get(id)
    return reading?.kind === 'failed' ? reading.error.kind : null
  }

  it('twenty rooms are one question, twenty-one are two', async () => {
    const strangers = Array.from({ length: 18 }, (_room, index) => ({
      id: `s${index}`,
      source: { roomId: `omm_${String(index).padStart(32, 'f')}` },
    }))
    await read([...world.rooms, ...strangers])
    expect(await callsTo('freebusy')).toBe(2)
  })
})

describe('video meetings', () => {
  const online = async () => {
    const id = await book({ room: 12, ...span(9.5, 11), online: true })
    const begin = () => world.control('POST', 'meetings', { booking: id, subject: world.title })
    return { id, begin }
  }

  it('the current booking’s says whether it runs, its topic and its link, and never the password', async () => {
    const { begin } = await online()
    const planned = await readOne()
    expect(planned.meetings).toMatchObject([{ video: { isRunning: false, topic: null } }])
    expect(planned.meetings[0]?.video?.url).toMatch(/^https:\/\/vc\.feishu\.cn\/j\/\d{9}$/)
    await begin()
    world.clock.elapse(6 * MINUTE)
    const running = await readOne()
    expect(running.meetings).toMatchObject([{ video: { isRunning: true, topic: world.title } }])
    expect(exposedText(running)).not.toContain(world.password)
    world.clock.elapse(6 * MINUTE)
    await readOne()
    expect(await callsTo('list_by_no')).toBe(2)
  })

  it('a meeting that is not on yet is not asked about', async () => {
    await book({ room: 12, ...span(14, 15), online: true })
    expect((await readOne()).meetings).toMatchObject([{ video: { isRunning: false } }])
    expect(await callsTo('list_by_no')).toBe(0)
  })

  it.each([
    ['thirdParty', { topic: null, url: null, isRunning: false }],
    ['live', null],
    ['unknown', null],
  ])('of another kind (%s): nothing that could carry a password', async (otherVideo, video) => {
    await book({ room: 12, ...span(9, 11), otherVideo })
    expect((await readOne()).meetings[0]?.video).toEqual(video)
  })

  it('without its scope the booking is read all the same', async () => {
    await world.grantAllBut(feishuScopes.videoMeetings)
    await (await online()).begin()
    expect((await readOne()).meetings).toMatchObject([{ title: world.title, video: { isRunning: false } }])
  })
})

describe('the month’s calls', () => {
  /** Half a working day, every minute and a half. */
  async function workingDay(by: SiteProvider<FeishuRoomSource>, check: () => Promise<void>) {
    for (const hour of [9, 10.5, 13, 16])
      for (const room of [12, 13, 15]) await book({ room, ...span(hour, hour + 1), online: true })
    for (let count = 0; count < 60; count += 1) {
      await check()
      await read(world.rooms, by)
      world.clock.elapse(90_000)
    }
  }

  it('what is told is what the vendor counts, extras and all', async () => {
    await workingDay(provider, async () => {
      expect(world.told.calls).toBe(await world.countedCalls())
    })
    expect(await callsTo('summary')).toBeGreaterThan(0)
    expect(await callsTo('list_by_no')).toBeGreaterThan(0)
  })

  it('with nothing to spare a read costs exactly what was announced, and nothing but the plan is called', async () => {
    const frugal = world.provider({ mayAlsoCall: () => false })
    let before: number | null = null
    let announced = 0
    await workingDay(frugal, async () => {
      const counted = await world.countedCalls()
      if (before !== null) expect(counted - before).toBe(announced)
      before = counted
      announced = frugal.callCost(world.rooms, today())
    })
    expect(Object.keys(await world.calls()).map((path) => path.split('/').at(-1))).toEqual([
      'internal',
      'batch_get',
      'resource_reservation_list',
    ])
    expect(await callsTo('freebusy')).toBe(60)
    expect(await callsTo('resource_reservation_list')).toBe(20)
    expect(world.told.calls).toBe(await world.countedCalls())
  })

  it('extras cost little: names once, titles once, a video meeting now and then', async () => {
    await workingDay(provider, () => Promise.resolve())
    expect(await callsTo('summary')).toBe(1)
    expect(await callsTo('room_levels')).toBe(1)
    expect(await callsTo('rooms/mget')).toBe(2)
  })

  it('without a quota the list comes with every read', async () => {
    const paid = world.provider({ account: { monthlyCalls: null } })
    expect(paid.monthlyCalls).toBeNull()
    for (let count = 0; count < 3; count += 1) await read(world.rooms, paid)
    expect(await callsTo('resource_reservation_list')).toBe(3)
  })

  it.each([
    [10_000, 1, 10_000],
    [10_000, 3, 3333],
    [100, 10_000, 0],
  ])('%d calls among %d installations are %d each', (monthlyCalls, sharedByPanels, share) => {
    expect(world.provider({ account: { monthlyCalls, sharedByPanels } }).monthlyCalls).toBe(share)
  })

  it('a spent month stops the read with the day it comes back', async () => {
    await world.control('PATCH', 'feishu', { callsSpent: 10_000 })
    expect((await read()).get('room-12')).toMatchObject({
      kind: 'failed',
      error: { kind: 'quota', details: { resumesAtMs: Date.parse('2026-04-01T00:00:00+08:00') } },
    })
    expect(await callsTo('resource_reservation_list')).toBe(0)
  })

  it('a throttle names the pause of the vendor’s header', async () => {
    await world.control('PATCH', 'limits', { feishuCallsPerMinute: 1 })
    await read()
    const reading = (await read()).get('room-12')
    expect(reading).toMatchObject({ kind: 'failed', error: { kind: 'rateLimited' } })
    const pauseMs = reading?.kind === 'failed' ? (reading.error.details.retryAfterMs ?? 0) : 0
    expect(pauseMs).toBeGreaterThanOrEqual(1000)
    expect(pauseMs).toBeLessThanOrEqual(MINUTE)
  })
})

describe('the token', () => {
  it('is renewed while the old one is good, and a failed renewal stops nobody', async () => {
    await read()
    world.clock.elapse(105 * MINUTE)
    await world.fault({ kind: 'status', status: 503, route: 'tenant_access_token' })
    expect((await readOne()).kind).toBe('read')
    await world.heal()
    world.clock.elapse(2 * MINUTE)
    await readOne()
    expect(await callsTo('tenant_access_token')).toBe(3)
  })

  it('one that ends between two calls of a read is renewed in the middle of it', async () => {
    await book({ room: 12, ...span(9, 11) })
    await world.fault({ kind: 'errcode', errcode: 99991663, route: 'resource_reservation_list', times: 1 })
    expect((await readOne()).meetings).toMatchObject([{ title: world.title }])
    expect(provider.capabilities.platformCheckIn).toBe(true)
    expect(await callsTo('tenant_access_token')).toBe(2)
  })
})

describe('the directory', () => {
  it('has every room with its places and what binds it', async () => {
    const rooms = await provider.listRooms(never)
    expect(rooms).toHaveLength(8)
    const [xihu] = rooms.filter((one) => one.room.name === '西湖')
    expect(xihu).toMatchObject({
      vendorId: world.rooms[0].source.roomId,
      source: world.rooms[0].source,
      room: { capacity: 8, location: ['杭州', '滨江一号', '3F'] },
    })
  })

  it('half a list is no list', async () => {
    await world.fault({ kind: 'repeatCursor', route: 'vc/v1/rooms' })
    await expect(provider.listRooms(never)).rejects.toMatchObject({ kind: 'badResponse' })
  })

  it('a missing scope is named', async () => {
    await world.grantAllBut(feishuScopes.rooms)
    await expect(provider.listRooms(never)).rejects.toMatchObject({
      kind: 'permission',
      details: { missingPermission: feishuScopes.rooms },
    })
  })
})

describe('the connection test', () => {
  const steps = async (by = provider): Promise<readonly string[]> =>
    (await by.testConnection(never)).map(
      ({ step, outcome, detail }) => `${step} ${outcome}${detail === undefined ? '' : ` ${detail}`}`,
    )

  it('passes step by step, scopes by their names', async () => {
    expect(await steps()).toEqual([
      'reachable passed',
      'clock passed 0 s',
      'token passed',
      'permissions passed calendar:room:readonly',
      'permissions passed vc:room:readonly',
      'permissions passed calendar:room',
      'permissions passed vc:meeting:readonly',
      'rooms passed 8',
    ])
  })

  it.each([
    ['titles', [feishuScopes.titles], 'permissions skipped calendar:room'],
    ['video meetings', [feishuScopes.videoMeetings], 'permissions skipped vc:meeting:readonly'],
    [
      'busy times, since the list is there',
      [feishuScopes.busyTimes],
      'permissions skipped calendar:room:readonly',
    ],
    ['the list, since busy times are there', [feishuScopes.rooms], 'permissions skipped vc:room:readonly'],
    ['both', [feishuScopes.rooms, feishuScopes.busyTimes], 'permissions failed calendar:room:readonly'],
  ])('a missing scope is named: %s', async (_name, missing, line) => {
    await world.grantAllBut(...missing)
    expect(await steps()).toContain(line)
  })

  it('the right of the app’s creator is named where that is what is missing', async () => {
    await world.control('PATCH', 'feishu', { isMadeByMeetingAdmin: false })
    expect(await steps()).toContain(`permissions skipped ${MEETING_ADMIN_RIGHT}`)
  })

  it('hands out the refused address: a good token does not prove it', async () => {
    await world.control('POST', 'ipAllowList', { ips: ['198.51.100.7'], callerIp: '203.0.113.88' })
    const told = await provider.testConnection(never)
    expect(told.map((one) => `${one.step} ${one.outcome}`)).toEqual([
      'reachable passed',
      'clock passed',
      'token passed',
      'permissions failed',
      'rooms skipped',
    ])
    expect(told[3]?.error).toMatchObject({
      kind: 'ipNotAllowed',
      details: { refusedAddress: '203.0.113.88' },
    })
  })

  it.each([
    ['an app that is switched off', { isEnabled: false }, 'token'],
    ['a wrong secret under its other code', { wrongSecretCode: 10014 }, null],
  ])('%s', async (_name, change, step) => {
    await world.control('PATCH', 'feishu', change)
    const told = await world.provider(step === null ? { secret: 'wrong' } : {}).testConnection(never)
    expect(told.filter((one) => one.outcome === 'failed').map((one) => one.step)).toEqual(['token'])
  })

  it.each([
    ['a portal', { kind: 'html' }, 'reachable'],
    [
      'a busy platform behind a good token',
      { kind: 'errcode', errcode: 121001, route: 'vc/v1/rooms' },
      'permissions',
    ],
  ])('tells %s by the step it fails at', async (_name, fault, step) => {
    await world.fault(fault)
    const told = await provider.testConnection(never)
    expect(told.filter((one) => one.outcome === 'failed').map((one) => one.step)).toEqual([step])
  })

  it('an abort throws the caller’s reason', async () => {
    const reason = new Error('stopped')
    await expect(provider.testConnection(AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})
