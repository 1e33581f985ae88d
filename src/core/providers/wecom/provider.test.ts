import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createZone, dayRange } from '../../../shared/domain/zonedTime.ts'
import type { RoomReading, RoomRef } from '../SiteProvider.ts'
import type { WecomRoomSource } from '../../../shared/settings/schema.ts'
import { tellStep } from '../testing/tellStep.ts'
import { wecomSwitches } from './errors.ts'
import { hardwareRoom, officeRoom, openWecomWorld } from './testing/openWecomWorld.ts'
import type { WecomWorld } from './testing/openWecomWorld.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const never = new AbortController().signal
type WecomRoom = RoomRef<WecomRoomSource>
const TITLE = 'sentinel-title-并购谈判'

let world: WecomWorld
beforeEach(() => {
  world = openWecomWorld()
})
afterEach(() => world.close())

const today = () => dayRange(createZone('Asia/Shanghai'), world.clock.now())
const atHour = (hours: number): number => today().fromMs + hours * HOUR
const read = (rooms: readonly WecomRoom[], provider = world.provider()) =>
  provider.listMeetings(rooms, today(), never)
const readOne = async (room: WecomRoom, provider = world.provider()): Promise<RoomReading> => {
  const reading = (await read([room], provider)).get(room.id)
  if (!reading) throw new Error('left out')
  return reading
}
const meet = (meetingRoomId: string, fromHour: number, untilHour: number, more: object = {}) =>
  world.control('POST', 'meetings', {
    meetingRoomId,
    subject: TITLE,
    startMs: atHour(fromHour),
    endMs: atHour(untilHour),
    ...more,
  })
const callsTo = async (part: string): Promise<number> =>
  Object.entries(await world.calls())
    .filter(([path]) => path.endsWith(part))
    .reduce((sum, [, count]) => sum + count, 0)
const both = (isSoleBooker = false): WecomRoom => ({
  id: 'both',
  source: { officeRoomId: 12, meetingRoomId: '300417', isSoleBooker },
})

describe('Rooms hardware alone', () => {
  it('proves free only when the admin declared that all bookings come from this app', async () => {
    const declared = await readOne(hardwareRoom('300417', true))
    expect(declared).toMatchObject({ kind: 'read', meetings: [], evidence: { kind: 'complete' } })
    expect(await callsTo('rooms/get_info')).toBe(0)
  })

  it.each([
    [2, 'idle'],
    [3, 'inUse'],
    [4, 'unknown'],
    [0, 'unknown'],
    [1, 'unknown'],
    [9, 'unknown'],
  ])('without that declaration the device speaks: status %d is %s', async (status, state) => {
    await world.control('PATCH', 'devices/300417', { status })
    expect(await readOne(hardwareRoom('300417', false))).toMatchObject({
      kind: 'read',
      evidence: { kind: 'occupancy', state },
    })
  })

  it('a device that cannot be asked leaves the room unknown, with its meetings', async () => {
    await meet('300417', 14, 15)
    await world.fault({ kind: 'errcode', errcode: 48002, route: 'rooms/get_info' })
    const reading = await readOne(hardwareRoom('300417', false))
    expect(reading).toMatchObject({ kind: 'read', evidence: { kind: 'occupancy', state: 'unknown' } })
    expect(reading.kind === 'read' && reading.meetings.length).toBe(1)
  })

  it('several rooms share the question for their devices', async () => {
    await world.control('PATCH', 'devices/300418', { status: 3 })
    const rooms = ['300417', '300418', '300419'].map((id) => hardwareRoom(id, false))
    const readings = await read(rooms)
    const states = rooms.map((room) => {
      const reading = readings.get(room.id)
      return reading?.kind === 'read' && reading.evidence.kind === 'occupancy' && reading.evidence.state
    })
    expect(states).toEqual(['idle', 'inUse', 'idle'])
    expect([await callsTo('rooms/list'), await callsTo('rooms/get_info')]).toEqual([1, 0])
  })

  it('a room bound by its device’s id is read and its device found', async () => {
    await meet('300418', 14, 15)
    await world.control('PATCH', 'devices/300418', { status: 3 })
    const reading = await readOne({ id: 'device', source: { roomsId: '200300418', isSoleBooker: false } })
    expect(reading).toMatchObject({
      kind: 'read',
      meetings: [{ title: TITLE, isOwn: true }],
      evidence: { kind: 'occupancy', state: 'inUse' },
    })
  })

  it('is described by the platform’s list', async () => {
    expect(await readOne(hardwareRoom('300417', true))).toMatchObject({
      room: { id: 'hardware-300417', name: '西湖', capacity: 8, location: ['杭州-滨江一号-3F'] },
    })
  })

  it('an id that does not exist fails alone', async () => {
    const rooms = [hardwareRoom('999999', true), hardwareRoom('300417', true)]
    const readings = await read(rooms)
    expect(rooms.map((room) => readings.get(room.id)?.kind)).toEqual(['failed', 'read'])
    expect(readings.get('hardware-999999')).toMatchObject({ error: { kind: 'notFound' } })
  })

  it('a plan without the feature is a permission by its name', async () => {
    await world.control('PATCH', 'app', { hasAdvancedMeetings: false })
    expect(await readOne(hardwareRoom('300417', true))).toMatchObject({
      kind: 'failed',
      error: { kind: 'permission', details: { missingPermission: wecomSwitches.advancedMeetings } },
    })
  })

  it('a cursor refused in the middle starts the list again', async () => {
    for (let index = 0; index < 25; index += 1) await meet('300417', 9, 10)
    await world.fault({ kind: 'errcode', errcode: 50100, route: 'list_meetings', times: 1 })
    const reading = await readOne(hardwareRoom('300417', true))
    expect(reading.kind === 'read' && reading.meetings.length).toBe(25)
    expect(await callsTo('list_meetings')).toBe(3)
  })
})

describe('an office room with its hardware', () => {
  it('the bookings are complete, the hardware lends titles and what is running', async () => {
    await world.book(officeRoom(12), { startMs: atHour(9), endMs: atHour(11) })
    await world.book(officeRoom(12), { startMs: atHour(14), endMs: atHour(15) })
    await meet('300417', 9, 11)
    expect(await readOne(both())).toMatchObject({
      kind: 'read',
      evidence: { kind: 'complete' },
      meetings: [
        { title: TITLE, organizer: '陈璐', isOwn: true, video: { isRunning: true } },
        { title: null, organizer: '陈璐', isOwn: false, video: null },
      ],
    })
  })

  it('the hardware refused: the bookings stand alone', async () => {
    await world.book(officeRoom(12), { startMs: atHour(9), endMs: atHour(11) })
    await world.control('PATCH', 'app', { hasAdvancedMeetings: false })
    expect(await readOne(both())).toMatchObject({
      kind: 'read',
      evidence: { kind: 'complete' },
      meetings: [{ title: null, organizer: '陈璐' }],
    })
  })

  it('the bookings refused: the hardware’s half plan does not stand in for them', async () => {
    await world.fault({ kind: 'errcode', errcode: -1, route: 'get_booking_info' })
    expect(await readOne(both(true))).toMatchObject({ kind: 'failed', error: { kind: 'server' } })
  })
})

describe('office rooms', () => {
  it('rooms of one building cost one call a day', async () => {
    const rooms = [12, 13, 14, 21, 31].map(officeRoom)
    const provider = world.provider()
    world.clock.setNow(atHour(10))
    await read(rooms, provider)
    const before = await callsTo('get_booking_info')
    await read(rooms, provider)
    expect([before, (await callsTo('get_booking_info')) - before]).toEqual([2, 1])
    expect(await callsTo('meetingroom/list')).toBe(1)
  })

  it('are read by id while the list cannot be had, without their description', async () => {
    await world.book(officeRoom(12), { startMs: atHour(9), endMs: atHour(11) })
    await world.fault({ kind: 'drop', route: 'meetingroom/list' })
    expect(await readOne(officeRoom(12))).toMatchObject({ kind: 'read', room: null, meetings: [{}] })
  })

  it('a room moved to another building is still read', async () => {
    const provider = world.provider()
    await read([officeRoom(12), officeRoom(13)], provider)
    await world.control('PATCH', 'rooms/13', { building: '滨江二号' })
    await world.book(officeRoom(13), { startMs: atHour(9), endMs: atHour(11) })
    const readings = await read([officeRoom(12), officeRoom(13)], provider)
    expect(readings.get('office-13')).toMatchObject({ kind: 'read', meetings: [{}] })
  })

  it('a room hidden from the app fails alone, naming the visible range', async () => {
    await world.control('PATCH', 'rooms/15', { isVisible: false })
    const readings = await read([officeRoom(12), officeRoom(15)])
    expect(readings.get('office-12')?.kind).toBe('read')
    expect(readings.get('office-15')).toMatchObject({
      kind: 'failed',
      error: { kind: 'permission', details: { missingPermission: wecomSwitches.visibleRange } },
    })
  })

  it.each(['swapsScheduleShape', 'usesLegacyIds', 'listsEntriesBegunEarlier', 'listsCancelled'])(
    'survives a tenant that %s',
    async (quirk) => {
      await world.control('PATCH', 'quirks', { [quirk]: true })
      await world.book(officeRoom(12), { startMs: atHour(-1), endMs: atHour(1) })
      await world.book(officeRoom(12), { startMs: atHour(3), endMs: atHour(4), state: 'cancelled' })
      world.clock.setNow(atHour(0.5))
      const reading = await readOne(officeRoom(12))
      const states = reading.kind === 'read' ? reading.meetings.map((one) => one.state) : []
      expect(states.filter((state) => state !== 'cancelled')).toEqual(['confirmed'])
    },
  )

  it('stays within two calls at a time', async () => {
    await world.control('PATCH', 'limits', { inParallel: 2 })
    // Long enough for calls that run at once to meet.
    await world.fault({ kind: 'delay', ms: 20 })
    for (const id of [12, 13, 14, 21, 22, 23, 31])
      await world.control('PATCH', `rooms/${id}`, { city: null, building: null, floor: null })
    const rooms = [
      ...[12, 13, 14, 15, 21, 22, 23, 31].map(officeRoom),
      ...['300417', '300418', '300419'].map((id) => hardwareRoom(id, false)),
    ]
    const provider = world.provider()
    const kinds = (await Promise.all([read(rooms, provider), read(rooms, provider)])).flatMap((readings) =>
      [...readings.values()].map((one) => one.kind),
    )
    expect(new Set(kinds)).toEqual(new Set(['read']))
  })

  it('late in the evening tomorrow comes along unasked', async () => {
    world.clock.setNow(atHour(22))
    expect(await readOne(officeRoom(12))).toMatchObject({
      horizon: { untilMs: today().untilMs + 24 * HOUR },
    })
  })
})

describe('names of bookers', () => {
  it.each([
    ['somebody outside the visible range', 'hejun', {}],
    ['no permission', 'chenlu', { kind: 'errcode', errcode: 48002, route: 'user/get' }],
    ['a broken answer', 'chenlu', { kind: 'corrupt', route: 'user/get' }],
    ['a dropped connection', 'chenlu', { kind: 'drop', route: 'user/get' }],
    ['the page of a portal', 'chenlu', { kind: 'html', route: 'user/get' }],
  ])('%s: the meeting is read without a name', async (_name, booker, fault) => {
    await world.control('POST', 'bookings', {
      room: 12,
      booker,
      startMs: atHour(9),
      endMs: atHour(11),
    })
    if ('kind' in fault) await world.fault(fault)
    expect(await readOne(officeRoom(12))).toMatchObject({
      kind: 'read',
      meetings: [{ organizer: null, state: 'confirmed' }],
    })
    expect(world.log.text()).not.toContain(booker)
  })

  it('are asked for once', async () => {
    for (const hour of [9, 12, 15])
      await world.book(officeRoom(12), { startMs: atHour(hour), endMs: atHour(hour + 1) })
    const provider = world.provider()
    await read([officeRoom(12)], provider)
    await read([officeRoom(12)], provider)
    expect(await callsTo('user/get')).toBe(1)
  })
})

describe('the directory', () => {
  it('has office rooms and Rooms hardware, each with what binds it', async () => {
    const rooms = await world.provider().listRooms(never)
    const ofXihu = rooms.filter((one) => one.room.name === '西湖')
    expect(ofXihu.map((one) => [one.vendorId, one.source])).toEqual([
      ['12', { officeRoomId: 12, isSoleBooker: false }],
      ['300417', { meetingRoomId: '300417', isSoleBooker: false }],
    ])
    expect(rooms).toHaveLength(11)
  })

  it.each([
    ['the plan has no Rooms', { hasAdvancedMeetings: false }, 8],
    ['the meeting app is off', { isMeetingAppOn: false }, 8],
    ['meetings are not granted', { grants: ['meetingroom'] }, 8],
    ['office rooms are not granted', { grants: ['meeting'] }, 3],
  ])('%s: the rest is listed', async (_name, app, count) => {
    await world.control('PATCH', 'app', app)
    expect(await world.provider().listRooms(never)).toHaveLength(count)
  })

  it('nothing granted is a refusal, not an empty list', async () => {
    await world.control('PATCH', 'app', { grants: [] })
    await expect(world.provider().listRooms(never)).rejects.toMatchObject({ kind: 'permission' })
  })

  it('half a list is no list', async () => {
    await world.fault({ kind: 'drop', route: 'rooms/list' })
    await expect(world.provider().listRooms(never)).rejects.toMatchObject({ kind: 'network' })
  })
})

describe('the connection test', () => {
  const steps = async (provider = world.provider()) => (await provider.testConnection(never)).map(tellStep)
  const { officeRooms, meetings, visibleRange, advancedMeetings } = wecomSwitches

  it('passes step by step, permissions by their names', async () => {
    await world.book(officeRoom(12), { startMs: atHour(9), endMs: atHour(11) })
    expect(await steps()).toEqual([
      'reachable passed',
      'clock passed 0 s',
      'token passed',
      `permissions passed ${officeRooms}`,
      `permissions passed ${meetings}`,
      `permissions passed ${visibleRange}`,
      'rooms passed 11',
    ])
  })

  it('hands out the refused address: a good token does not prove it', async () => {
    await world.control('POST', 'ipAllowList', { ips: ['198.51.100.7'], callerIp: '203.0.113.88' })
    const told = await world.provider().testConnection(never)
    expect(told.map((one) => `${one.step} ${one.outcome}`)).toEqual([
      'reachable passed',
      'clock passed',
      'token passed',
      'permissions failed',
      'rooms skipped',
    ])
    expect(told[3]?.error).toMatchObject({
      kind: 'ipNotAllowed',
      details: { refusedAddress: '203.0.113.88', vendorCode: '60020' },
    })
  })

  it('a network that went away is seen although a token is at hand', async () => {
    const provider = world.provider()
    await read([officeRoom(12)], provider)
    await world.fault({ kind: 'drop' })
    const told = await provider.testConnection(never)
    expect(told.map((one) => one.outcome)).toEqual(['failed', 'skipped', 'skipped', 'skipped', 'skipped'])
    expect(told[0]?.error?.kind).toBe('network')
  })

  it.each([
    ['a portal', { kind: 'html' }, 'reachable'],
    ['a busy platform', { kind: 'errcode', errcode: -1, route: 'gettoken' }, 'token'],
    ['a busy platform behind a good token', { kind: 'errcode', errcode: -1, route: '/list' }, 'permissions'],
  ])('tells %s by the step it fails at', async (_name, fault, step) => {
    await world.fault(fault)
    const told = await world.provider().testConnection(never)
    expect(told.filter((one) => one.outcome === 'failed').map((one) => one.step)).toEqual([step])
  })

  it('a plan without Rooms hardware is no failure', async () => {
    await world.control('PATCH', 'app', { hasAdvancedMeetings: false })
    expect(await steps()).toContain(`permissions skipped ${advancedMeetings}`)
  })

  it('a missing switch is named', async () => {
    await world.control('PATCH', 'app', { grants: ['meeting'] })
    expect(await steps()).toEqual(
      expect.arrayContaining([`permissions failed ${officeRooms}`, 'rooms passed 3']),
    )
  })

  it('a booker outside the visible range shows what to widen', async () => {
    await world.control('POST', 'bookings', { room: 12, booker: 'hejun', startMs: atHour(9) })
    expect(await steps()).toContain(`permissions failed ${visibleRange}`)
  })

  it('a clock far off fails, and the rest goes on', async () => {
    await world.skewServer(-5 * MINUTE)
    const told = await steps()
    expect(told.some((line) => /^clock failed -(29[89]|30[012]) s$/.test(line))).toBe(true)
    expect(told).toContain('rooms passed 11')
  })

  it('an abort throws the caller’s reason', async () => {
    const reason = new Error('stopped')
    await expect(world.provider().testConnection(AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})
