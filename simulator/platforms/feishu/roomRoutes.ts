import {
  FieldError,
  type Fields,
  isGiven,
  optional,
  readInteger,
  readText,
  readTexts,
} from '../../http/fields.ts'
import type { Room } from '../../world/room.ts'
import { findRoom } from './feishuIds.ts'
import type { FeishuCall, FeishuRoute } from './FeishuRoute.ts'
import { refuseTenantToken } from './gate.ts'
import { findLevel, placeOf, rootLevel, roomsUnder } from './levels.ts'
import { pageOf } from './pageOf.ts'
import { queryText } from './readQuery.ts'
import { roomAnswer } from './roomAnswer.ts'
import { findVisibleRoom, pathText, vcNotThere, vcRoute } from './vcRoute.ts'

const pages = { usual: 10, least: 1, most: 100 }

/** vc/v1/rooms: what lies anywhere below the level (UNVERIFIED for levels between), all of it without one. */
function list({ world, query }: FeishuCall): Fields {
  const levelId = queryText(query, 'room_level_id')
  const level = levelId === undefined ? rootLevel : findLevel(world, levelId)
  if (level === undefined) throw vcNotThere()
  const { items, paging } = pageOf(roomsUnder(world, level), query, pages)
  return { rooms: items.map((room) => roomAnswer(world, room)), ...paging }
}

const get = ({ world, params }: FeishuCall): Fields => ({
  room: roomAnswer(world, findVisibleRoom(world, pathText(params, 'room_id'))),
})

/** How many ids one call takes is UNVERIFIED; here 20. Ids nobody knows are left out in silence (UNVERIFIED). */
function mget({ world, body }: FeishuCall): Fields {
  const ids = readTexts(body, 'room_ids')
  if (ids.length === 0 || ids.length > 20) throw new FieldError('room_ids', 'of 1 to 20 ids')
  const rooms = ids.map((id) => findRoom(world, id)).filter((room) => room?.isVisible === true)
  return { items: rooms.flatMap((room) => (room === undefined ? [] : [roomAnswer(world, room)])) }
}

const isFound = (room: Room, keyword: string, withLevels: boolean): boolean =>
  room.name.includes(keyword) || (withLevels && placeOf(room).some((name) => name.includes(keyword)))

/** vc/v1/rooms/search takes users' tokens only, so an app gets the code of a bad token: refreshing does not help. */
function search({ world, body }: FeishuCall): Fields {
  if (!world.tenant.quirks.letsAppsSearchRooms) refuseTenantToken(world)
  const keyword = optional(readText)(body, 'keyword') ?? ''
  const levelId = optional(readText)(body, 'room_level_id')
  const level = levelId === undefined ? rootLevel : findLevel(world, levelId)
  if (level === undefined) throw vcNotThere()
  const withLevels = body['search_level_name'] === true
  const customIds = optional(readTexts)(body, 'custom_room_ids')
  const found = roomsUnder(world, level).filter((room) =>
    customIds === undefined ? isFound(room, keyword, withLevels) : customIds.includes(`DP-${room.id}`),
  )
  const paged = {
    ...(isGiven(body, 'page_size') ? { page_size: String(readInteger(body, 'page_size')) } : {}),
    ...(isGiven(body, 'page_token') ? { page_token: readText(body, 'page_token') } : {}),
  }
  const { items, paging } = pageOf(found, paged, pages)
  return { rooms: items.map((room) => roomAnswer(world, room)), ...paging }
}

export const roomRoutes: readonly FeishuRoute[] = [
  vcRoute({ method: 'GET', path: 'rooms', handle: list }),
  vcRoute({ method: 'POST', path: 'rooms/mget', handle: mget }),
  vcRoute({ method: 'POST', path: 'rooms/search', handle: search }),
  vcRoute({ method: 'GET', path: 'rooms/:room_id', handle: get }),
]
