import type { Fields } from '../../http/fields.ts'
import type { World } from '../../world/World.ts'
import { keyOfBooking } from './calendarEvent.ts'
import { quotaName } from './gate.ts'
import { eventIdOf, roomIdOf, unionIdOf } from './vendorIds.ts'

/** What a test needs to know of the world as DingTalk names it: its ids and what was spent; no secret, no token. */
export function dingtalkView(world: World): Fields {
  const { dingtalk, quirks } = world.tenant
  const events = world.bookings.all().map((booking) => ({
    bookingId: booking.id,
    eventId: eventIdOf(keyOfBooking(world, booking, quirks.tellsInstanceIds)),
    instanceId: eventIdOf(keyOfBooking(world, booking, true)),
  }))
  return {
    corpId: dingtalk.corpId,
    scopes: [...dingtalk.scopes],
    operatorUnionId: unionIdOf(dingtalk.operatorId),
    month: world.quota.month(),
    callsThisMonth: world.quota.spent(quotaName),
    rooms: [...world.rooms.values()].map(({ id, name }) => ({ id, name, roomId: roomIdOf(id) })),
    people: [...world.people.values()].map(({ userId }) => ({ userId, unionId: unionIdOf(userId) })),
    events,
    signIns: [...world.signIns.values()],
  }
}
