import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noActions } from '../../../shared/domain/booking.ts'
import type { FeishuRoomSource } from '../../../shared/settings/schema.ts'
import type { SiteProvider } from '../SiteProvider.ts'
import { exposedText } from '../testing/exposedText.ts'
import { feishuScopes, MEETING_ADMIN_RIGHT } from './errors.ts'
import { MINUTE, atHour, occupied, openDoor, span } from './testing/openDoor.ts'
import type { Door } from './testing/openDoor.ts'
import type { FeishuWorld } from './testing/openFeishuWorld.ts'

let world: FeishuWorld
let provider: SiteProvider<FeishuRoomSource>
let today: Door['today']
let read: Door['read']
let readOne: Door['readOne']
let book: Door['book']
let callsTo: Door['callsTo']
beforeEach(async () => {
  ;({ world, provider, today, read, readOne, book, callsTo } = await openDoor())
})
afterEach(() => world.close())

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
      // Giving a room back takes the busy times' scope alone; booking takes a contact person, too.
      actions: { canBook: false, extend: 'none', end: 'any', canRelease: true },
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

  it('the list is asked by the platform’s clock: a device hours ahead would ask for what is to come', async () => {
    await book({ room: 12, ...span(9, 11), checkIn: 'checkedIn' })
    world.clock.setNow(atHour(23) + 5 * MINUTE)
    await world.control('POST', 'clock', { skewMs: -13 * 60 * MINUTE })
    expect((await readOne()).meetings).toMatchObject([{ platformCheckIn: 'checkedIn' }])
    expect(world.log.lines).toEqual([])
  })

  it('what a list told that broke since is kept for an hour, and no longer', async () => {
    await book({ room: 12, ...span(9, 15), checkIn: 'checkedIn' })
    const checkIn = async () => (await readOne()).meetings.map((one) => one.platformCheckIn)
    expect(await checkIn()).toEqual(['checkedIn'])
    await world.fault({ kind: 'drop', route: 'resource_reservation_list' })
    world.clock.elapse(59 * MINUTE)
    expect(await checkIn()).toEqual(['checkedIn'])
    world.clock.elapse(2 * MINUTE)
    expect(await checkIn()).toEqual(['none'])
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

  it('without the scope of busy times the list decides, and names nobody: it does not say what is private', async () => {
    await world.grantAllBut(feishuScopes.busyTimes)
    await book({ room: 12, ...span(9, 11), checkIn: 'checkedIn' })
    await book({ room: 12, ...span(14, 15), private: true })
    await book({ room: 13, ...span(-2, 10.5) })
    const { meetings, horizon } = await readOne()
    expect(occupied(meetings)).toEqual(['14-15', '9-11'])
    expect(meetings).toMatchObject([{ platformCheckIn: 'checkedIn' }, {}])
    for (const meeting of meetings)
      expect(meeting).toMatchObject({ title: null, organizer: null, department: null })
    expect(exposedText(meetings)).not.toContain(world.title)
    expect(exposedText(meetings)).not.toContain('陈璐')
    expect(horizon.untilMs).toBeGreaterThanOrEqual(today().untilMs)
    expect(provider.capabilities).toEqual({
      titles: 'none',
      organizers: false,
      approval: true,
      platformCheckIn: true,
      // Every write reads the busy times first.
      actions: noActions,
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
