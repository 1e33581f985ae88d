import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FeishuRoomSource } from '../../../shared/settings/schema.ts'
import type { SiteProvider } from '../SiteProvider.ts'
import { MINUTE, openDoor, span } from './testing/openDoor.ts'
import type { Door } from './testing/openDoor.ts'
import type { FeishuWorld } from './testing/openFeishuWorld.ts'

let world: FeishuWorld
let provider: SiteProvider<FeishuRoomSource>
let today: Door['today']
let read: Door['read']
let book: Door['book']
let callsTo: Door['callsTo']
beforeEach(async () => {
  ;({ world, provider, today, read, book, callsTo } = await openDoor())
})
afterEach(() => world.close())

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
    for (let count = 0; count < 3; count += 1) await read(world.rooms, paid)
    expect(await callsTo('resource_reservation_list')).toBe(3)
  })

  it.each([
    ['a refusal with an HTTP error', { kind: 'errcode', errcode: 121001 }, 0],
    ['a refusal inside HTTP 200', { kind: 'errcode', errcode: 105001, status: 200 }, 1],
  ])('%s is told as the vendor counts it', async (_name, fault, counted) => {
    await world.fault({ ...fault, route: 'freebusy' })
    expect((await read()).get('room-12')?.kind).toBe('failed')
    expect(world.told.calls).toBe(counted)
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
