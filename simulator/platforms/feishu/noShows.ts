import { isTakingRoom } from '../../world/booking.ts'
import { releaseRoom } from '../../world/releaseRoom.ts'
import { minuteMs } from '../../world/shanghaiTime.ts'
import type { World } from '../../world/World.ts'
import { checkInStateOf } from './checkIn.ts'

/** Gives back what nobody checked in to, in rooms whose administrator lets the platform do so. */
export function releaseNoShows(world: World): void {
  const nowMs = world.clock.now()
  for (const [roomId, settings] of world.feishu.rooms) {
    if (!settings.releasesNoShows) continue
    for (const booking of world.bookings.ofRoom(roomId, nowMs, nowMs + 1)) {
      if (!isTakingRoom(booking) || booking.status !== 'booked') continue
      if (checkInStateOf(world, booking) !== 'missed') continue
      const atMs = Math.min(nowMs, booking.startMs + settings.checkInClosesMin * minuteMs)
      releaseRoom(world, booking.id, { kind: 'noShow', atMs, byUserId: null })
    }
  }
}
