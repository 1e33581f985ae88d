import type { World } from '../../world/World.ts'
import {
  calendarIdOf,
  meetingNumberOf,
  openIdOf,
  originalTimeOf,
  roomIdOf,
  uidOf,
  videoIdOf,
} from './feishuIds.ts'
import { allLevels } from './levels.ts'

/** What tests need to see of Feishu's side of the world: the ids things have there, and every switch but the secret. */
export function feishuView(world: World) {
  const { appSecret: _secret, scopes, ...app } = world.tenant.feishu
  return {
    ...app,
    scopes: [...scopes],
    callsSpent: world.quota.spent('feishu'),
    calendarId: calendarIdOf(world),
    roomIds: Object.fromEntries([...world.rooms.keys()].map((id) => [id, roomIdOf(id)])),
    levelIds: Object.fromEntries(allLevels(world).map((level) => [level.place.join('/'), level.id])),
    openIds: Object.fromEntries(
      [...world.people.values()].map((person) => [person.userId, openIdOf(person.userId)]),
    ),
    events: Object.fromEntries(
      world.bookings.all().map((booking) => {
        const uid = uidOf(booking)
        const originalTime = originalTimeOf(booking)
        return [booking.id, { uid, originalTime, meetingNumber: meetingNumberOf(uid) }]
      }),
    ),
    videoIds: Object.fromEntries([...world.meetings.keys()].map((id) => [id, videoIdOf(id)])),
    roomSettings: Object.fromEntries(world.feishu.rooms),
  }
}
