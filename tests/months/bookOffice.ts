import type { Clock } from '../../src/core/ports/Clock.ts'
import type { World } from '../../simulator/world/World.ts'
import { createRoom } from '../../simulator/world/room.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/shared/domain/duration.ts'

const FIRST_ROOM = 101
const BOOKERS = ['chenlu', 'wangbo', 'liyan', 'zhangwei', 'zhaomin', 'sunhao']
const LENGTHS_MIN = [30, 60, 60, 90]
/** Of the meetings, those booked minutes before they begin, and those called off in the half hour before. */
const AD_HOC = 0.2
const CALLED_OFF = 0.05

/** The same numbers in every run. */
export function createChance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Rooms of one building, nine to a floor. @returns their numbers in the simulated office */
export function addRooms(world: World, count: number): readonly number[] {
  return Array.from({ length: count }, (_item, index) => {
    const id = FIRST_ROOM + index
    const floor = `${Math.floor(index / 9) + 3}F`
    world.rooms.set(id, createRoom({ id, name: `会议室 ${id}`, city: '杭州', building: '滨江二号', floor }))
    return id
  })
}

/**
 * Four to seven meetings a day and room on working days, most of them booked the day before, a fifth minutes before
 * they begin, some called off. Days that are over are forgotten, so that a month costs no more than a day.
 * @param startMs the first local midnight
 */
export function bookOffice(world: World, clock: Clock, rooms: readonly number[], startMs: number): void {
  const chance = createChance(20_261_201)
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(chance() * from.length)]

  function add(roomId: number, startMs: number, endMs: number): void {
    const bookerId = pick(BOOKERS) ?? 'chenlu'
    const { id } = world.bookings.add({ roomId, subject: '例会', bookerId, startMs, endMs })
    if (chance() >= CALLED_OFF) return
    const untilMs = startMs - chance() * 30 * MINUTE_MS - clock.now()
    if (untilMs > 0) clock.schedule(untilMs, () => void world.bookings.cancel(id))
  }

  function bookRoom(roomId: number, dayMs: number): void {
    const count = 4 + Math.floor(chance() * 4)
    let atMs = dayMs + 9 * HOUR_MS + Math.floor(chance() * 3) * 30 * MINUTE_MS
    for (let n = 0; n < count && atMs < dayMs + 19 * HOUR_MS; n += 1) {
      const startMs = atMs
      const endMs = startMs + (pick(LENGTHS_MIN) ?? 60) * MINUTE_MS
      const isAdHoc = chance() < AD_HOC
      const bookedMs = startMs - (2 + chance() * 8) * MINUTE_MS
      if (isAdHoc) clock.schedule(bookedMs - clock.now(), () => add(roomId, startMs, endMs))
      else add(roomId, startMs, endMs)
      atMs = endMs + Math.floor(chance() * 3) * 30 * MINUTE_MS
    }
  }

  function forget(beforeMs: number): void {
    for (const one of world.bookings.all()) {
      if (one.endMs >= beforeMs) continue
      world.bookings.purge(one.id)
      world.entries.delete(one.scheduleId)
    }
  }

  function bookDay(dayMs: number): void {
    // The office is in Shanghai, where every day has 24 hours.
    const weekday = new Date(dayMs + 8 * HOUR_MS).getUTCDay()
    if (weekday !== 0 && weekday !== 6) for (const roomId of rooms) bookRoom(roomId, dayMs)
  }

  function turn(dayMs: number): void {
    forget(dayMs - DAY_MS)
    bookDay(dayMs + DAY_MS)
    clock.schedule(dayMs + DAY_MS - clock.now(), () => turn(dayMs + DAY_MS))
  }
  bookDay(startMs)
  turn(startMs)
}
