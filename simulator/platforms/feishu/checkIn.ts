import type { Booking } from '../../world/booking.ts'
import { plainFeishuRoom } from '../../world/feishuCalendar.ts'
import type { CheckInState } from '../../world/roomUse.ts'
import { minuteMs } from '../../world/shanghaiTime.ts'
import type { World } from '../../world/World.ts'

/** How far a booking's check-in is: as it was set, else by the room's settings and the clock. */
export function checkInStateOf(world: World, booking: Booking): CheckInState {
  if (booking.checkIn.state !== 'auto') return booking.checkIn.state
  const settings = world.feishu.rooms.get(booking.roomId) ?? plainFeishuRoom
  if (settings.checkIn === 'off') return 'notRequiredOff'
  if (settings.checkIn === 'noDevice') return 'notRequiredNoDevice'
  if (world.rooms.get(booking.roomId)?.isDisabled === true) return 'impossible'
  const nowMs = world.clock.now()
  if (nowMs < booking.startMs - settings.checkInOpensMin * minuteMs) return 'waiting'
  return nowMs < booking.startMs + settings.checkInClosesMin * minuteMs ? 'windowOpen' : 'missed'
}
