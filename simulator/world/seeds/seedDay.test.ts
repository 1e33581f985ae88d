import { describe, expect, it } from 'vitest'

import { isTakingRoom } from '../booking.ts'
import { createWorld } from '../createWorld.ts'
import { hourMs, localMidnight, minuteMs, nextLocalMidnight } from '../shanghaiTime.ts'

const worldAt = (nowMs: number) => {
  const world = createWorld(() => nowMs)
  world.reset('day')
  return world
}
const midnightMs = Date.parse('2026-03-16T00:00+08:00')
/** Every 17 minutes of a day, off every grid. */
const moments = Array.from({ length: 85 }, (_, index) => midnightMs + index * 17 * minuteMs)
const taken = (nowMs: number, roomId: number) => {
  const day = [localMidnight(nowMs), nextLocalMidnight(nowMs)] as const
  return worldAt(nowMs)
    .bookings.ofRoom(roomId, ...day)
    .filter(isTakingRoom)
}
const isNow = (nowMs: number) => (one: { startMs: number; endMs: number }) =>
  one.startMs <= nowMs && nowMs < one.endMs

describe('seedDay', () => {
  it('leaves room 12 free for 75 minutes from now at any hour', () => {
    for (const nowMs of moments)
      expect(
        worldAt(nowMs).bookings.isTaken(12, nowMs, nowMs + 75 * minuteMs),
        new Date(nowMs).toISOString(),
      ).toBe(false)
  })

  it('gives room 12 meetings before and after now, whenever the day has the hours for it', () => {
    for (const nowMs of moments.filter(
      (at) => at >= midnightMs + 2 * hourMs + 30 * minuteMs && at <= midnightMs + 21 * hourMs,
    )) {
      const day = taken(nowMs, 12)
      expect(
        day.some((one) => one.endMs <= nowMs),
        new Date(nowMs).toISOString(),
      ).toBe(true)
      expect(
        day.some((one) => one.startMs > nowMs),
        new Date(nowMs).toISOString(),
      ).toBe(true)
    }
  })

  it('keeps today’s meetings inside today', () => {
    for (const nowMs of moments)
      for (const one of taken(nowMs, 13)) {
        expect(one.startMs).toBeGreaterThanOrEqual(localMidnight(nowMs))
        expect(one.endMs).toBeLessThanOrEqual(nextLocalMidnight(nowMs))
      }
  })

  it('has the cases a display can get wrong around now', () => {
    const nowMs = midnightMs + 10 * hourMs + 20 * minuteMs
    const at = (roomId: number) => taken(nowMs, roomId).filter(isNow(nowMs))
    expect(at(13)).toHaveLength(1)
    expect(taken(nowMs, 13).some((one) => one.startMs === at(13)[0]!.endMs)).toBe(true)
    expect(at(14)).toHaveLength(2)
    expect(at(21)).toMatchObject([{ status: 'inApproval' }])
    expect(at(22)).toMatchObject([{ isAllDay: true }])
    expect(at(23)[0]!.subject.length).toBeGreaterThan(60)
    expect(taken(nowMs, 31).find((one) => one.masterId !== null)).toBeDefined()
    expect(taken(nowMs, 12).filter((one) => one.ownerAppId !== null)).toHaveLength(1)
    const all = worldAt(nowMs).bookings.all()
    expect(all.some((one) => one.scheduleId === '')).toBe(true)
    expect(all.some((one) => one.status === 'cancelled')).toBe(true)
  })

  it('makes the same world twice: a failing test must be repeatable', () => {
    const state = (world: ReturnType<typeof worldAt>) => [
      world.bookings.all(),
      [...world.meetings.values()],
      [...world.entries.values()],
    ]
    const world = worldAt(midnightMs)
    const first = state(world)
    world.reset('day')
    expect(state(world)).toEqual(first)
    expect(state(worldAt(midnightMs))).toEqual(first)
  })
})
