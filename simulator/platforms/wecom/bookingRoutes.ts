import { FieldError, type Fields, isGiven, optional, readFilledText, readInteger } from '../../http/fields.ts'
import { type Booking, isTakingRoom } from '../../world/booking.ts'
import type { Room } from '../../world/room.ts'
import { localMidnight, nextLocalMidnight } from '../../world/shanghaiTime.ts'
import type { World } from '../../world/World.ts'
import { bookingAnswer } from './bookingAnswer.ts'
import { findRoom } from './findRoom.ts'
import { isInPlace, readPlaceFilter } from './readPlace.ts'
import { WecomError, wecomCodes } from './wecomError.ts'
import type { WecomCall, WecomRoute } from './WecomRoute.ts'

/** D:93620: from now to the next midnight by default. The code of a cross-day range is UNVERIFIED; here 40058. */
function readDayRange(body: Fields, nowMs: number): { readonly startMs: number; readonly endMs: number } {
  const read = optional(readInteger)
  const start = read(body, 'start_time')
  const end = read(body, 'end_time')
  const startMs = start === undefined ? nowMs : start * 1000
  const endMs = end === undefined ? nextLocalMidnight(nowMs) : end * 1000
  if (endMs <= startMs) throw new FieldError('end_time', 'after start_time')
  if (endMs > nextLocalMidnight(startMs)) throw new FieldError('end_time', 'on the same day as start_time')
  return { startMs, endMs }
}

/**
 * Whether entries that began on an earlier day are told is UNVERIFIED; by default they are not, so that a panel which
 * relies on it shows its mistake. Cancelled ones are left out, as the page of 2024-06 says.
 */
function isListed(booking: Booking, world: World, startMs: number): boolean {
  const { quirks } = world.tenant
  if (!isTakingRoom(booking) && !quirks.listsCancelled) return false
  return quirks.listsEntriesBegunEarlier || booking.startMs >= localMidnight(startMs)
}

/** D:93620 get_booking_info. With neither room nor place: every room the app may see (UNVERIFIED). Order not promised. */
function getBookingInfo({ world, body }: WecomCall): Fields {
  const { startMs, endMs } = readDayRange(body, world.clock.now())
  const place = readPlaceFilter(body)
  const rooms: readonly Room[] = isGiven(body, 'meetingroom_id')
    ? [findRoom(world, body)]
    : [...world.rooms.values()].filter((room) => room.isVisible && isInPlace(room, place))
  const listOf = (room: Room) =>
    world.bookings
      .ofRoom(room.id, startMs, endMs)
      .filter((booking) => isListed(booking, world, startMs))
      // Latest made first: a caller that forgets to sort must notice.
      .reverse()
      .map((booking) => bookingAnswer(booking, world.tenant.quirks))
  const shaped = (list: readonly Fields[]) =>
    world.tenant.quirks.swapsScheduleShape && list.length === 1 ? list[0] : list
  return { booking_list: rooms.map((room) => ({ meetingroom_id: room.id, schedule: shaped(listOf(room)) })) }
}

/** The booking of a room by its id. The code of an unknown id is UNVERIFIED; here 40058. */
function findBooking(world: World, room: Room, id: string): Booking {
  const booking = world.bookings.get(id)
  if (booking?.roomId !== room.id) throw new WecomError(wecomCodes.badParameter, 'invalid booking_id')
  return booking
}

/** One booking alone also says which series it is of (D:93620, since 2023-11). */
function singleAnswer(world: World, booking: Booking): Fields {
  const master = booking.masterId === null ? {} : { master_booking_id: booking.masterId }
  return { ...bookingAnswer(booking, world.tenant.quirks), ...master }
}

/** D:93620 bookinfo/get: `schedule` is an object here, and a cancelled booking is still told. */
function getBooking({ world, body }: WecomCall): Fields {
  const room = findRoom(world, body)
  const schedule = singleAnswer(world, findBooking(world, room, readFilledText(body, 'booking_id')))
  return { meetingroom_id: room.id, schedule: world.tenant.quirks.swapsScheduleShape ? [schedule] : schedule }
}

/** The call of before 2023, which the current page no longer lists: by `meeting_id`, with an array. */
function getBookingByMeetingId({ world, body }: WecomCall): Fields {
  const room = findRoom(world, body)
  const booking = findBooking(world, room, readFilledText(body, 'meeting_id'))
  const schedule = bookingAnswer(booking, { ...world.tenant.quirks, usesLegacyIds: true })
  return { meetingroom_id: room.id, schedule: world.tenant.quirks.swapsScheduleShape ? schedule : [schedule] }
}

export const bookingRoutes: readonly WecomRoute[] = [
  {
    method: 'POST',
    path: '/cgi-bin/oa/meetingroom/get_booking_info',
    grant: 'meetingroom',
    handle: getBookingInfo,
  },
  { method: 'POST', path: '/cgi-bin/oa/meetingroom/bookinfo/get', grant: 'meetingroom', handle: getBooking },
  {
    method: 'POST',
    path: '/cgi-bin/oa/meetingroom/get_booking_info_by_meeting_id',
    grant: 'meetingroom',
    handle: getBookingByMeetingId,
  },
]
