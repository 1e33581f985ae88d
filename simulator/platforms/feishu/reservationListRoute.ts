import { FieldError, type Fields } from '../../http/fields.ts'
import type { Room } from '../../world/room.ts'
import { dayMs } from '../../world/shanghaiTime.ts'
import type { World } from '../../world/World.ts'
import { FeishuError, feishuCodes } from './feishuError.ts'
import { findRoom, roomIdOf } from './feishuIds.ts'
import type { FeishuCall, FeishuRoute } from './FeishuRoute.ts'
import { findLevel, rootLevel, roomsUnder } from './levels.ts'
import { pageOf } from './pageOf.ts'
import { queryBoolean, querySecondsMs, queryTexts, requiredText } from './readQuery.ts'
import { isListed, reservationRow } from './reservationRow.ts'
import { vcNotThere, vcRoute } from './vcRoute.ts'

/** How many ids one call takes is UNVERIFIED; here as many as the busy times take. */
const mostRooms = 20

/** The server's own clock decides what is "now": a caller whose clock is fast gets 126005. */
function readWindow(world: World, query: Fields): { readonly startMs: number; readonly endMs: number } {
  const startMs = querySecondsMs(query, 'start_time')
  const endMs = querySecondsMs(query, 'end_time')
  if (startMs < 0 || startMs > world.clock.now())
    throw new FeishuError(
      feishuCodes.startAhead,
      'start time error (cannot larger than now or smaller than 0)',
    )
  // What a window of exactly a day gets is UNVERIFIED.
  const isTooLong = world.tenant.quirks.takesWholeDayWindow
    ? endMs > startMs + dayMs
    : endMs >= startMs + dayMs
  if (endMs <= startMs || isTooLong)
    throw new FeishuError(
      feishuCodes.windowTooLong,
      'end time cannot exceed start time for one day or smaller than start time',
    )
  return { startMs, endMs }
}

/**
 * The rooms asked for, or all under the level but those. A level id that does not begin with `omb` is the whole
 * organisation. A room nobody knows has no rows and is no error (UNVERIFIED): nothing told is not free.
 */
function readRooms(world: World, query: Fields): readonly Room[] {
  const levelId = requiredText(query, 'room_level_id')
  const ids = queryTexts(query, 'room_ids')
  if (ids.length === 0 || ids.length > mostRooms)
    throw new FieldError('room_ids', `of 1 to ${mostRooms} ids, as repeated keys`)
  const level = levelId.startsWith('omb') ? findLevel(world, levelId) : rootLevel
  if (level === undefined) throw vcNotThere()
  if (queryBoolean(query, 'is_exclude'))
    return roomsUnder(world, level).filter((room) => !ids.includes(roomIdOf(room.id)))
  return ids.flatMap((id) => {
    const room = findRoom(world, id)
    return room?.isVisible === true ? [room] : []
  })
}

/** vc/v1/resource_reservation_list. Latest first: no order is promised. */
function list({ world, query }: FeishuCall): Fields {
  if (!world.tenant.feishu.isMadeByMeetingAdmin)
    throw new FeishuError(feishuCodes.vcNoPermission, 'no permission')
  const rooms = readRooms(world, query)
  const { startMs, endMs } = readWindow(world, query)
  const withTopic = queryBoolean(query, 'need_topic')
  const bookings = rooms
    .flatMap((room) => world.bookings.ofRoom(room.id, startMs, endMs))
    .filter((booking) => isListed(world, booking))
    .reverse()
  const { items, paging } = pageOf(bookings, query, { usual: 20, least: 20, most: 100 })
  return {
    room_reservation_list: items.map((booking, index) => reservationRow(world, booking, index, withTopic)),
    ...paging,
  }
}

export const reservationListRoute: FeishuRoute = vcRoute({
  method: 'GET',
  path: 'resource_reservation_list',
  scopes: ['vc:room:readonly'],
  pace: 'level3',
  handle: list,
})
