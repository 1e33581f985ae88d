import { FieldError, type Fields, isGiven } from '../../http/fields.ts'
import { DingtalkError, dingtalkCodes } from './dingtalkError.ts'
import type { DingtalkCall, DingtalkRoute } from './DingtalkRoute.ts'
import { findOperator } from './findPerson.ts'
import { placeGroups } from './placeGroups.ts'
import { readQueryInteger } from './readQuery.ts'
import { roomAnswer, roomDetailAnswer } from './roomAnswer.ts'
import { isOpenTo } from './roomPolicy.ts'
import { findByRoomId } from './vendorIds.ts'

const defaultPage = 20
const maxPage = 100
/** Cursors are long numbers, near the largest a double holds, and say nothing to a reader. */
const cursorBase = 4_503_599_627_370_000

function readOffset(query: Fields): number {
  if (!isGiven(query, 'nextToken') || query['nextToken'] === '') return 0
  const offset = readQueryInteger(query, 'nextToken') - cursorBase
  if (offset < 0 || offset > 1_000_000) throw new FieldError('nextToken', 'one this call gave out')
  return offset
}

/**
 * D:check-the-meeting-room-list. The last page has a `nextToken` too, which leads to an empty page: only `hasMore`
 * ends the list. A page may hold less than was asked for (limit `dingtalkRoomsPerPage`).
 */
function list({ world, query }: DingtalkCall): Fields {
  const operator = findOperator(world, query)
  const asked = isGiven(query, 'maxResults') ? readQueryInteger(query, 'maxResults') : defaultPage
  // That more than 100 is refused instead of cut is UNVERIFIED.
  if (asked < 1 || asked > maxPage) throw new FieldError('maxResults', `from 1 to ${maxPage}`)
  const size = Math.min(asked, world.limits.limits.dingtalkRoomsPerPage ?? maxPage)
  const rooms = [...world.rooms.values()].filter((room) => room.isVisible && isOpenTo(room, operator))
  const offset = readOffset(query)
  const end = Math.min(offset + size, rooms.length)
  return {
    hasMore: end < rooms.length,
    nextToken: cursorBase + end,
    result: rooms.slice(offset, end).map((room) => roomAnswer(world, room)),
  }
}

/** D:check-meeting-room-details. `room.not.found` is documented for writes only; that reads have it is UNVERIFIED. */
function detail({ world, query, params }: DingtalkCall): Fields {
  const operator = findOperator(world, query)
  const room = findByRoomId(world, String(params['roomId']))
  if (room?.isVisible !== true || !isOpenTo(room, operator))
    throw new DingtalkError(dingtalkCodes.noSuchRoom, 'Room Not Found')
  return { result: roomDetailAnswer(world, room) }
}

/** D: the groups rooms are sorted into, all at once. */
function listGroups({ world, query }: DingtalkCall): Fields {
  findOperator(world, query)
  return { result: placeGroups(world) }
}

/** A single group comes without the wrapper all others have. */
function getGroup({ world, query, params }: DingtalkCall): Fields {
  findOperator(world, query)
  const group = placeGroups(world).find((one) => String(one.groupId) === params['groupId'])
  if (group === undefined) throw new DingtalkError('group.not.found', 'Group Not Found')
  return { ...group }
}

const read = (path: string, handle: DingtalkRoute['handle']): DingtalkRoute => ({
  method: 'GET',
  path: `/v1.0/rooms/${path}`,
  scope: 'VideoConference.Conference.Read',
  handle,
})

export const roomRoutes: readonly DingtalkRoute[] = [
  read('meetingRoomLists', list),
  read('meetingRooms/:roomId', detail),
  read('groupLists', listGroups),
  read('groups/:groupId', getGroup),
]
