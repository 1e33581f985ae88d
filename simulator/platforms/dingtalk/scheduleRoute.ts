import { FieldError, type Fields, readFilledText, readTexts } from '../../http/fields.ts'
import { type Booking, isOverlapping, isTakingRoom } from '../../world/booking.ts'
import type { Person } from '../../world/person.ts'
import type { Room } from '../../world/room.ts'
import { dayMs } from '../../world/shanghaiTime.ts'
import type { World } from '../../world/World.ts'
import { keyOfBooking } from './calendarEvent.ts'
import { DingtalkError, dingtalkCodes } from './dingtalkError.ts'
import type { DingtalkCall, DingtalkRoute } from './DingtalkRoute.ts'
import { findCalendarOwner } from './findPerson.ts'
import { isOpenTo } from './roomPolicy.ts'
import { eventIdOf, findByRoomId, roomIdOf, unionIdOf } from './vendorIds.ts'
import { asUtcDay, readInstant, zonedText } from './vendorTime.ts'

interface Range {
  readonly startMs: number
  readonly endMs: number
}

interface Told extends Range {
  readonly timeZone: string
}

/** D:queries-free-and-busy-meeting-room-information. @throws FieldError, DingtalkError */
function readRange(body: Fields): Range {
  const startMs = readInstant(readFilledText(body, 'startTime'))
  const endMs = readInstant(readFilledText(body, 'endTime'))
  if (endMs <= startMs) throw new FieldError('endTime', 'after startTime')
  if (endMs - startMs > 90 * dayMs)
    throw new DingtalkError(dingtalkCodes.badParameter, 'Cannot query schedule for more than 90 days.')
  return { startMs, endMs }
}

/** One id that is none fails the whole call (UNVERIFIED); how many rooms are too many is UNVERIFIED as well. */
function readRooms(world: World, body: Fields): readonly Room[] {
  const refuse = (message: string): DingtalkError => new DingtalkError(dingtalkCodes.badParameter, message)
  const ids = readTexts({ roomIds: body['roomIds'] ?? [] }, 'roomIds')
  const most = world.limits.limits.dingtalkRoomsPerQuery
  if (ids.length === 0) throw refuse('query ids cannot be empty')
  if (most !== null && ids.length > most) throw refuse('Cannot get schedule information for more than limit.')
  return ids.map((id) => {
    const room = findByRoomId(world, id)
    if (room === undefined) throw refuse('roomId invalid')
    return room
  })
}

/**
 * When the platform says a booking is. A whole day has the zone UTC and, having no other field, midnights in UTC: at
 * those times it is also searched for (both UNVERIFIED, turned round by the quirk `tellsAllDayLocally`).
 */
function toldSpan(world: World, booking: Booking): Told {
  const { startMs, endMs, isAllDay, timeZone } = booking
  if (!isAllDay || world.tenant.quirks.tellsAllDayLocally) return { startMs, endMs, timeZone }
  return { startMs: asUtcDay(startMs), endMs: asUtcDay(endMs), timeZone: 'UTC' }
}

/** A state no document knows stays what it is: a text. */
const statusOf = ({ status, vendorStatus }: Booking): string =>
  vendorStatus === null ? (status === 'booked' ? 'BUSY' : 'TENTATIVE') : `STATE_${vendorStatus}`

function itemOf(world: World, booking: Booking): Fields {
  const { startMs, endMs, timeZone } = toldSpan(world, booking)
  return {
    eventId: eventIdOf(keyOfBooking(world, booking, world.tenant.quirks.tellsInstanceIds)),
    status: statusOf(booking),
    organizer: { id: unionIdOf(booking.bookerId) },
    start: { dateTime: zonedText(startMs, timeZone), timeZone },
    end: { dateTime: zonedText(endMs, timeZone), timeZone },
  }
}

function itemsOf(world: World, room: Room, range: Range): readonly Fields[] {
  const nowMs = world.clock.now()
  return (
    world.bookings
      .all()
      .filter((booking) => booking.roomId === room.id && isTakingRoom(booking))
      .filter((booking) => !world.tenant.quirks.omitsPastItems || booking.endMs > nowMs)
      .filter((booking) => isOverlapping(toldSpan(world, booking), range.startMs, range.endMs))
      // Latest first: a caller that forgets to sort must notice.
      .reverse()
      .map((booking) => itemOf(world, booking))
  )
}

/** A room the person may not see carries an error, and a list that looks like a free day. */
function roomSchedule(world: World, room: Room, person: Person, range: Range): Fields {
  const roomId = roomIdOf(room.id)
  return room.isVisible && isOpenTo(room, person)
    ? { roomId, scheduleItems: itemsOf(world, room, range) }
    : { roomId, error: 'no permission', scheduleItems: [] }
}

/** Who and when, never what. Rooms come in an order of the platform's own. */
function query({ world, params, body }: DingtalkCall): Fields {
  const person = findCalendarOwner(world, params)
  const rooms = readRooms(world, body)
  const range = readRange(body)
  const scheduleInformation = rooms.map((room) => roomSchedule(world, room, person, range)).reverse()
  return { scheduleInformation }
}

export const scheduleRoute: DingtalkRoute = {
  method: 'POST',
  path: '/v1.0/calendar/users/:unionId/meetingRooms/schedules/query',
  scope: 'Calendar.Event.Read',
  handle: query,
}
