import { type Fields, isGiven, readIntegers } from '../../http/fields.ts'
import type { Room } from '../../world/room.ts'
import { isInPlace, readPlaceFilter } from './readPlace.ts'
import type { WecomCall, WecomRoute } from './WecomRoute.ts'

/** `range` is left out: only the system app of old tenants is told it. */
function roomAnswer(room: Room): Fields {
  const place = room.city === null ? {} : { city: room.city, building: room.building, floor: room.floor }
  return {
    meetingroom_id: room.id,
    name: room.name,
    capacity: room.capacity,
    ...place,
    ...(room.equipment.length === 0 ? {} : { equipment: room.equipment }),
    ...(room.coordinate === null ? {} : { coordinate: room.coordinate }),
    ...(room.needsApproval === null ? {} : { need_approval: room.needsApproval ? 1 : 0 }),
  }
}

/**
 * D:93619 list. Without a filter it lists all rooms the app may see (UNVERIFIED but implied). Several `equipment`
 * ids must all be there (UNVERIFIED: all or any). No paging.
 */
function list({ world, body }: WecomCall): Fields {
  const place = readPlaceFilter(body)
  const equipment = isGiven(body, 'equipment') ? readIntegers(body, 'equipment') : []
  const rooms = [...world.rooms.values()].filter(
    (room) =>
      room.isVisible && isInPlace(room, place) && equipment.every((item) => room.equipment.includes(item)),
  )
  return { meetingroom_list: rooms.map(roomAnswer) }
}

export const roomRoutes: readonly WecomRoute[] = [
  { method: 'POST', path: '/cgi-bin/oa/meetingroom/list', grant: 'meetingroom', handle: list },
]
