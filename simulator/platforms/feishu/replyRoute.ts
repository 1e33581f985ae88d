import { type Fields, readFilledText, readInteger, readOneOf } from '../../http/fields.ts'
import { type Booking, isTakingRoom } from '../../world/booking.ts'
import { releaseRoom, withdrawRoom } from '../../world/releaseRoom.ts'
import type { World } from '../../world/World.ts'
import { FeishuError, feishuCodes } from './feishuError.ts'
import { findRoom, originalTimeOf, uidOf } from './feishuIds.ts'
import type { FeishuCall, FeishuRoute } from './FeishuRoute.ts'

const readStatus = readOneOf([
  'NOT_CHECK_IN',
  'ENDED_BEFORE_DUE',
  'ACCEPTED_BY_ADMIN',
  'DECLINED_BY_ADMIN',
] as const)
type ReplyStatus = ReturnType<typeof readStatus>

/**
 * The bookings a reply hits. `original_time` 0 of a series: an older text says all of it, the present one does not
 * say; here all of it that is not over, exceptions included, unless the quirk says one.
 */
function findHits(world: World, body: Fields): readonly Booking[] {
  const room = findRoom(world, readFilledText(body, 'room_id'))
  if (room?.isVisible !== true) throw new FeishuError(feishuCodes.badRoom, 'room id invalid')
  const uid = readFilledText(body, 'uid')
  const originalTime = readInteger(body, 'original_time')
  const ahead = world.bookings
    .all()
    .filter((one) => one.roomId === room.id && one.endMs > world.clock.now())
    .filter((one) => isTakingRoom(one) && uidOf(one) === uid)
  const named = ahead.filter((one) => originalTimeOf(one) === originalTime)
  if (named.length === 0 || originalTime !== 0) return named
  return world.tenant.quirks.repliesToOneInstance ? named.slice(0, 1) : ahead
}

function apply(world: World, booking: Booking, status: ReplyStatus): void {
  const atMs = world.clock.now()
  switch (status) {
    case 'NOT_CHECK_IN':
      releaseRoom(world, booking.id, { kind: 'noShow', atMs, byUserId: null })
      break
    case 'ENDED_BEFORE_DUE':
      releaseRoom(world, booking.id, { kind: 'manual', atMs, byUserId: null })
      break
    case 'ACCEPTED_BY_ADMIN':
      world.bookings.patch(booking.id, { status: 'booked' })
      break
    case 'DECLINED_BY_ADMIN':
      withdrawRoom(world, booking.id)
  }
}

/**
 * meeting_room/instance/reply: the only write on other people's bookings, and a scope that says "readonly" is enough
 * for it. It asks neither whether the meeting has begun nor whether somebody is in it (UNVERIFIED). What is over,
 * released or gone is 105003 like a time that is no longer valid (UNVERIFIED). No `data` comes back.
 */
function reply({ world, body }: FeishuCall): null {
  const status = readStatus(body, 'status')
  const hits = findHits(world, body)
  if (hits.length === 0) throw new FeishuError(feishuCodes.badOriginalTime, 'original_time invalid')
  for (const booking of hits) apply(world, booking, status)
  return null
}

export const replyRoute: FeishuRoute = {
  method: 'POST',
  path: '/open-apis/meeting_room/instance/reply',
  scopes: ['calendar:room:readonly'],
  pace: 'old',
  isMetered: true,
  badParameter: feishuCodes.badRoomRequest,
  msg: 'success',
  handle: reply,
}
