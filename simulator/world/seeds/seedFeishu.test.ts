import { describe, expect, it } from 'vitest'

import type { Booking } from '../booking.ts'
import { createWorld } from '../createWorld.ts'
import type { World } from '../World.ts'

const nowMs = Date.parse('2026-03-16T10:20:00+08:00')
const worldOf = (): World => {
  const world = createWorld(() => nowMs)
  world.reset('day')
  return world
}
const begun = (world: World): readonly Booking[] =>
  world.bookings
    .all()
    .filter((one) => one.startMs <= nowMs && one.status === 'booked')
    .filter((one) => world.feishu.rooms.get(one.roomId)?.checkIn === 'on')

describe('seedFeishu', () => {
  it('has groups that checked in, with every kind of device, and groups that did not', () => {
    const states = begun(worldOf()).map((one) => one.checkIn)
    expect(new Set(states.map((one) => one.state))).toEqual(new Set(['checkedIn', 'auto']))
    expect(new Set(states.map((one) => one.device))).toContain('qr')
  })

  it('leaves what is ahead unchecked, and takes nobody’s room away', () => {
    const world = worldOf()
    const ahead = world.bookings.all().filter((one) => one.startMs > nowMs)
    expect(ahead.length).toBeGreaterThan(10)
    expect(ahead.every((one) => one.checkIn.state === 'auto')).toBe(true)
    expect(world.bookings.all().every((one) => one.release === null)).toBe(true)
  })

  it('has a private meeting and a video meeting that runs now under a booking’s number', () => {
    const world = worldOf()
    expect(world.bookings.all().some((one) => one.isPrivate)).toBe(true)
    const [running] = [...world.meetings.values()].filter((one) => one.bookingId !== null)
    expect(world.bookings.get(running!.bookingId!)).toMatchObject({ isOnline: true, roomId: 13 })
  })
})
