import { createAgenda } from './agenda.ts'
import { createBookingBook } from './bookingBook.ts'
import type { CalendarEntry } from './calendarEntry.ts'
import { createCallLimits } from './callLimits.ts'
import { createCallQuota } from './callQuota.ts'
import type { Closure } from './closure.ts'
import { createFeishuCalendar } from './feishuCalendar.ts'
import { createIds } from './ids.ts'
import type { OnlineMeeting } from './onlineMeeting.ts'
import type { Person } from './person.ts'
import { createRememberedAnswers } from './rememberedAnswers.ts'
import type { Room } from './room.ts'
import type { RoomsUnit } from './roomsUnit.ts'
import { seedDay } from './seeds/seedDay.ts'
import { seedFeishu, seedFeishuRooms } from './seeds/seedFeishu.ts'
import { seedPlaces } from './seeds/seedPlaces.ts'
import type { SignIn } from './signIn.ts'
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
    bookings: createBookingBook({
      ids,
      entries,
      placeOf: (roomId) => rooms.get(roomId)?.name ?? '',
      now: () => clock.now(),
    }),
    meetings: new Map<string, OnlineMeeting>(),
    units: new Map<string, RoomsUnit>(),
    closures: new Map<string, Closure>(),
    signIns: new Map<string, SignIn>(),
    tenant: createTenant(),
    tokens: createTokenBook(clock),
    limits: createCallLimits(clock),
    quota: createCallQuota(clock),
    answers: createRememberedAnswers(clock),
    agenda: createAgenda(clock),
    feishu: createFeishuCalendar(),
    reset: (seed) => {
      clock.reset()
      ids.reset()
      world.tokens.revokeAll()
      world.limits.reset()
      world.quota.reset()
      world.answers.reset()
      world.agenda.clear()
      Object.assign(world.feishu, createFeishuCalendar())
      world.bookings.clear()
      const { people, meetings, units, closures, signIns } = world
      for (const store of [rooms, entries, people, meetings, units, closures, signIns]) store.clear()
      Object.assign(world.tenant, createTenant())
      seedPlaces(world)
      seedFeishuRooms(world)
      if (seed !== 'day') return
      seedDay(world)
      seedFeishu(world)
    },
  }
  return world
}
