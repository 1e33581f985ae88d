import {
  type Fields,
  FieldError,
  optional,
  readFilledText,
  readInteger,
  readText,
  readTexts,
} from '../../http/fields.ts'
import { isTakingRoom } from '../../world/booking.ts'
import type { CalendarEntry } from '../../world/calendarEntry.ts'
import { plainTraits } from '../../world/eventTraits.ts'
import { occurrences } from '../../world/occurrences.ts'
import type { Person } from '../../world/person.ts'
import type { Room } from '../../world/room.ts'
import { localMidnight } from '../../world/shanghaiTime.ts'
import type { World } from '../../world/World.ts'
import { seconds } from './bookingAnswer.ts'
import { findOwnEntry } from './findEntry.ts'
import { findOwnMeeting } from './findMeeting.ts'
import { findRoom } from './findRoom.ts'
import { spanOnGrid } from './grid.ts'
import { findPerson } from './peopleRoutes.ts'
import { WecomError, wecomCodes } from './wecomError.ts'
import type { WecomCall, WecomRoute } from './WecomRoute.ts'

const longestSubject = 128

/** The room, if `booker` may book it through the API (D:93620): not disabled, no approval, inside its range. */
function findBookableRoom(world: World, body: Fields, booker: Person): Room {
  const room = findRoom(world, body)
  if (room.isDisabled) throw new WecomError(wecomCodes.roomDisabled, 'meetingroom is disabled')
  if (room.needsApproval === true)
    throw new WecomError(wecomCodes.roomNeedsApproval, 'meetingroom needs approval')
  const { range } = room
  const isInRange =
    range === null ||
    range.userIds.some((id) => id.toLowerCase() === booker.userId.toLowerCase()) ||
    booker.departmentIds.some((id) => range.departmentIds.includes(id))
  if (!isInRange) throw new WecomError(wecomCodes.outsideRange, 'booker out of meetingroom range')
  return room
}

const refuseTaken = (): never => {
  throw new WecomError(wecomCodes.slotTaken, 'meetingroom is already booked')
}

/** D:93620 book. The calendar entry it makes belongs to the app, so the app can read its title. */
function book({ world, body }: WecomCall): Fields {
  const booker = findPerson(world, readFilledText(body, 'booker'))
  const room = findBookableRoom(world, body, booker)
  const subject = optional(readText)(body, 'subject') ?? ''
  if (Array.from(subject).length > longestSubject)
    throw new FieldError('subject', `at most ${longestSubject} characters`)
  const attendees = (optional(readTexts)(body, 'attendees') ?? []).map((id) => findPerson(world, id).userId)
  const startMs = readInteger(body, 'start_time') * 1000
  const endMs = readInteger(body, 'end_time') * 1000
  if (endMs <= startMs) throw new FieldError('end_time', 'after start_time')
  const span = spanOnGrid(startMs, endMs, world.clock.now())
  if (span.kind === 'tooShort') throw new FieldError('end_time', 'at least 30 minutes after start_time')
  if (span.kind === 'past') throw new FieldError('end_time', 'in the future')
  if (world.bookings.isTaken(room.id, span.startMs, span.endMs)) return refuseTaken()
  const booking = world.bookings.add({
    roomId: room.id,
    subject,
    bookerId: booker.userId,
    attendeeIds: attendees,
    startMs: span.startMs,
    endMs: span.endMs,
    ownerAppId: world.tenant.app.id,
  })
  return { booking_id: booking.id, schedule_id: booking.scheduleId }
}

/** Books a room for every day of an entry; days the room is taken on are left out and returned. */
function bookEntry(world: World, room: Room, booker: Person, entry: CalendarEntry): Fields {
  const nowMs = world.clock.now()
  const ahead = occurrences(entry).filter((one) => one.endMs > nowMs)
  if (ahead.length === 0) throw new WecomError(wecomCodes.badParameter, 'schedule is over')
  const free = ahead.filter((one) => !world.bookings.isTaken(room.id, one.startMs, one.endMs))
  // That a series with no free day at all is refused is UNVERIFIED.
  if (free.length === 0) return refuseTaken()
  const masterId = entry.repeat === null ? null : world.ids.next('rb', 12, 'A')
  const made = free.map((span) =>
    world.bookings.add({
      roomId: room.id,
      subject: entry.subject,
      bookerId: booker.userId,
      attendeeIds: entry.attendeeIds,
      ...span,
      masterId,
      scheduleId: entry.id,
      ownerAppId: world.tenant.app.id,
    }),
  )
  world.entries.set(entry.id, { ...entry, location: room.name })
  if (masterId === null) return { booking_id: made[0]?.id ?? '' }
  const conflicts = ahead.filter((one) => !free.includes(one))
  return { booking_id: masterId, conflict_date: conflicts.map((one) => seconds(localMidnight(one.startMs))) }
}

/** D:93620 book_by_schedule: an entry of the same app, repeating or not. Times off the grid stay (UNVERIFIED). */
function bookBySchedule({ world, body }: WecomCall): Fields {
  const booker = findPerson(world, readFilledText(body, 'booker'))
  const room = findBookableRoom(world, body, booker)
  const entry = findOwnEntry(world, readFilledText(body, 'schedule_id'))
  const hasRoom = world.bookings.all().some((one) => one.scheduleId === entry.id && isTakingRoom(one))
  if (hasRoom) throw new WecomError(wecomCodes.scheduleHasOtherRoom, 'schedule already has a meetingroom')
  return bookEntry(world, room, booker, entry)
}

/** D:93620 book_by_meeting: a meeting of the same app. It gets a calendar entry with the meeting's subject. */
function bookByMeeting({ world, body }: WecomCall): Fields {
  const booker = findPerson(world, readFilledText(body, 'booker'))
  const room = findBookableRoom(world, body, booker)
  const meeting = findOwnMeeting(world, readFilledText(body, 'meetingid'))
  if (meeting.state === 'CANCELLED') throw new WecomError(wecomCodes.cancelledMeeting, 'meeting is cancelled')
  return bookEntry(world, room, booker, {
    id: world.ids.next('', 29, 'AAA'),
    subject: meeting.subject,
    description: '',
    location: room.name,
    organiserId: meeting.adminUserId,
    attendeeIds: meeting.attendeeIds,
    startMs: meeting.startMs,
    endMs: meeting.endMs,
    isAllDay: false,
    isCancelled: false,
    isDeleted: false,
    repeat: null,
    excludedDaysMs: [],
    ownerAppId: world.tenant.app.id,
    ...plainTraits,
  })
}

export const bookRoutes: readonly WecomRoute[] = [
  { method: 'POST', path: '/cgi-bin/oa/meetingroom/book', grant: 'meetingroom', handle: book },
  {
    method: 'POST',
    path: '/cgi-bin/oa/meetingroom/book_by_schedule',
    grant: 'meetingroom',
    handle: bookBySchedule,
  },
  {
    method: 'POST',
    path: '/cgi-bin/oa/meetingroom/book_by_meeting',
    grant: 'meetingroom',
    handle: bookByMeeting,
  },
]
