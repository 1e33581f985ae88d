import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FeishuRoomSource } from '../../../shared/settings/schema.ts'
import type { SiteProvider } from '../SiteProvider.ts'
import { exposedText } from '../testing/exposedText.ts'
import { feishuScopes } from './errors.ts'
import { MINUTE, never, openDoor, span } from './testing/openDoor.ts'
import type { Door } from './testing/openDoor.ts'
import type { FeishuWorld } from './testing/openFeishuWorld.ts'

let world: FeishuWorld
let provider: SiteProvider<FeishuRoomSource>
let read: Door['read']
let readOne: Door['readOne']
let book: Door['book']
let callsTo: Door['callsTo']
beforeEach(async () => {
  ;({ world, provider, read, readOne, book, callsTo } = await openDoor())
})
afterEach(() => world.close())

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

  it('a call of the same number on another day is not this one running', async () => {
    const { id } = await online()
    const yesterday = { startInMinutes: -24 * 60, durationMinutes: 30 }
    await world.control('POST', 'meetings', { booking: id, subject: 'yesterday', ...yesterday })
    expect((await readOne()).meetings).toMatchObject([{ video: { isRunning: false, topic: null } }])
    expect(await callsTo('list_by_no')).toBe(1)
  })

  it('is not asked about while the month has nothing to spare', async () => {
    await (await online()).begin()
    let hasRoom = true
    const frugal = world.provider({ mayAlsoCall: () => hasRoom })
    world.clock.setNow(world.clock.now() - 60 * MINUTE)
    // The link is known from a richer hour, before the meeting.
    expect((await readOne(world.rooms[0], frugal)).meetings[0]?.video?.url).toMatch(/^https/)
    hasRoom = false
    world.clock.elapse(60 * MINUTE)
    expect((await readOne(world.rooms[0], frugal)).meetings).toMatchObject([{ video: { isRunning: false } }])
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
