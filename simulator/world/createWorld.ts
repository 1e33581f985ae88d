import { createBookingBook } from './bookingBook.ts'
import type { CalendarEntry } from './calendarEntry.ts'
import { createCallLimits } from './callLimits.ts'
import { createIds } from './ids.ts'
import type { OnlineMeeting } from './onlineMeeting.ts'
import type { Person } from './person.ts'
import type { Room } from './room.ts'
import type { RoomsUnit } from './roomsUnit.ts'
import { seedDay } from './seeds/seedDay.ts'
import { seedPlaces } from './seeds/seedPlaces.ts'
import { createTenant } from './tenant.ts'
import { createTokenBook } from './tokenBook.ts'
import type { World } from './World.ts'
import { createWorldClock } from './worldClock.ts'

/** @param base the clock underneath, in epoch milliseconds */
export function createWorld(base: () => number): World {
  const clock = createWorldClock(base)
  const ids = createIds()
  const rooms = new Map<number, Room>()
  const entries = new Map<string, CalendarEntry>()
  const world: World = {
    clock,
    ids,
    rooms,
    entries,
    people: new Map<string, Person>(),
    bookings: createBookingBook({ ids, entries, placeOf: (roomId) => rooms.get(roomId)?.name ?? '' }),
    meetings: new Map<string, OnlineMeeting>(),
    units: new Map<string, RoomsUnit>(),
    tenant: createTenant(),
    tokens: createTokenBook(clock),
    limits: createCallLimits(clock),
    reset: (seed) => {
      clock.reset()
      ids.reset()
      world.tokens.revokeAll()
      world.limits.reset()
      world.bookings.clear()
      for (const store of [rooms, entries, world.people, world.meetings, world.units]) store.clear()
      Object.assign(world.tenant, createTenant())
      seedPlaces(world)
      if (seed === 'day') seedDay(world)
    },
  }
  return world
}
