import { type Fields, readInteger } from '../../http/fields.ts'
import type { Room } from '../../world/room.ts'
import type { World } from '../../world/World.ts'
import { WecomError, wecomCodes } from './wecomError.ts'

/**
 * The room of `meetingroom_id`. The code of an id that does not exist is UNVERIFIED; here 40058.
 * @throws WecomError 40058 unknown, 60030 outside what the app may see
 */
export function findRoom(world: World, body: Fields): Room {
  const room = world.rooms.get(readInteger(body, 'meetingroom_id'))
  if (room === undefined) throw new WecomError(wecomCodes.badParameter, 'invalid meetingroom_id')
  if (!room.isVisible) throw new WecomError(wecomCodes.outsideRange, 'meetingroom out of visible range')
  return room
}
