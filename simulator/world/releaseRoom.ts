import type { Booking } from './booking.ts'
import type { Release } from './roomUse.ts'
import type { World } from './World.ts'

/** Takes a booking's room away and leaves its calendar entry as it is: the people still meet, elsewhere. */
export function withdrawRoom(world: World, id: string): Booking | undefined {
  const entry = world.entries.get(world.bookings.get(id)?.scheduleId ?? '')
  const booking = world.bookings.cancel(id)
  if (entry !== undefined) world.entries.set(entry.id, entry)
  return booking
}

/**
 * Gives a booked room back before its time: now, or when the moment has come.
 * @returns undefined when there is no such booking
 */
export function releaseRoom(world: World, id: string, release: Release): Booking | undefined {
  const booking = world.bookings.patch(id, { release })
  if (booking === undefined) return undefined
  if (release.atMs <= world.clock.now()) return withdrawRoom(world, id)
  world.agenda.add(release.atMs, () => {
    // Only if it was neither taken back nor moved to another moment meanwhile.
    if (world.bookings.get(id)?.release === release) withdrawRoom(world, id)
  })
  return booking
}
