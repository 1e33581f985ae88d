import type { CalendarEntry } from '../../world/calendarEntry.ts'
import { isTakingRoom } from '../../world/booking.ts'
import { isClosing } from '../../world/closure.ts'
import { type FeishuEvent, plainFeishuRoom, type RoomRequest } from '../../world/feishuCalendar.ts'
import { withdrawRoom } from '../../world/releaseRoom.ts'
import type { Room } from '../../world/room.ts'
import type { CheckIn } from '../../world/roomUse.ts'
import { dayMs, localMidnight, minuteMs } from '../../world/shanghaiTime.ts'
import type { World } from '../../world/World.ts'
import { digestId } from './feishuIds.ts'

/** A room taken for right now is not waited for. */
const atTheDoor: CheckIn = { state: 'notRequiredInstant', atMs: null, device: null }

type Span = Pick<CalendarEntry, 'startMs' | 'endMs'>

/** What Feishu keeps of an entry; an entry made elsewhere has the rooms that are booked for it. */
export function eventOf(world: World, entry: CalendarEntry): FeishuEvent {
  const known = world.feishu.events.get(entry.id)
  if (known !== undefined) return known
  const booked = world.bookings.all().filter((one) => one.scheduleId === entry.id && isTakingRoom(one))
  return {
    rooms: booked.map((one) => ({
      attendeeId: `resource_${digestId('attendee', one.id)}`,
      roomId: one.roomId,
      rsvp: 'accept',
      contactId: one.contactId,
      bookingId: one.id,
      question: 0,
    })),
    guestIds: entry.attendeeIds,
    visibility: entry.isPrivate ? 'private' : 'default',
    freeBusyStatus: 'busy',
    makesVideo: false,
  }
}

/** Minutes from the local midnight of the start, so that an end on the next day is past 1440. */
const fitsHours = ({ startMs, endMs }: Span, opensAtMin: number, closesAtMin: number): boolean => {
  const midnightMs = localMidnight(startMs)
  return startMs >= midnightMs + opensAtMin * minuteMs && endMs <= midnightMs + closesAtMin * minuteMs
}

/**
 * Whether a room says yes to an app. Rooms with approval and rooms limited to some people say no (the latter is
 * UNVERIFIED: whether an app can be among them); so do closed ones, and times outside the
 * room's rules, of which Feishu knows no shortest length.
 */
function accepts(world: World, room: Room, span: Span, exceptId: string | null): boolean {
  const nowMs = world.clock.now()
  const { startMs, endMs } = span
  const { opensAtMin, closesAtMin } = world.feishu.rooms.get(room.id) ?? plainFeishuRoom
  const { maxMinutes, advanceDays } = room.rules
  const minutes = (endMs - startMs) / minuteMs
  const closures = [...world.closures.values()].filter((one) => one.roomId === room.id)
  const others = world.bookings.ofRoom(room.id, startMs, endMs).filter((one) => one.id !== exceptId)
  return (
    !room.isDisabled &&
    room.needsApproval !== true &&
    room.range === null &&
    endMs > nowMs &&
    (maxMinutes === 0 || minutes <= maxMinutes) &&
    (advanceDays === null || startMs < localMidnight(nowMs) + (advanceDays + 1) * dayMs) &&
    fitsHours(span, opensAtMin, closesAtMin) &&
    !closures.some((one) => isClosing(one, startMs, endMs)) &&
    !others.some(isTakingRoom)
  )
}

function replaceRequest(world: World, entryId: string, next: RoomRequest): void {
  const event = world.feishu.events.get(entryId)
  if (event === undefined) return
  const rooms = event.rooms.map((one) => (one.roomId === next.roomId ? next : one))
  world.feishu.events.set(entryId, { ...event, rooms })
}

/** Books the room for the entry, or moves what is booked. @returns the booking's id */
function book(world: World, entry: CalendarEntry, request: RoomRequest): string {
  const { startMs, endMs, subject, isPrivate, isOnline, isAllDay } = entry
  const change = { startMs, endMs, subject, isPrivate, isOnline, isAllDay }
  if (request.bookingId !== null) {
    world.bookings.patch(request.bookingId, change)
    return request.bookingId
  }
  const made = world.bookings.add({
    ...change,
    roomId: request.roomId,
    bookerId: entry.organiserId,
    attendeeIds: entry.attendeeIds,
    scheduleId: entry.id,
    ownerAppId: entry.ownerAppId,
    contactId: request.contactId,
    ...(startMs <= world.clock.now() ? { checkIn: atTheDoor } : {}),
  })
  return made.id
}

/** The room answers, unless it was asked again or the event is gone meanwhile. */
function decide(world: World, entryId: string, roomId: number, question: number): void {
  const entry = world.entries.get(entryId)
  const room = world.rooms.get(roomId)
  const request = world.feishu.events.get(entryId)?.rooms.find((one) => one.roomId === roomId)
  if (entry === undefined || entry.isDeleted || room === undefined || request?.question !== question) return
  if (accepts(world, room, entry, request.bookingId)) {
    const bookingId = book(world, entry, request)
    replaceRequest(world, entryId, { ...request, rsvp: 'accept', bookingId })
    return
  }
  const keepsRoom = request.bookingId !== null && world.tenant.quirks.keepsRoomOnRefusedMove
  if (request.bookingId !== null && !keepsRoom) withdrawRoom(world, request.bookingId)
  const bookingId = keepsRoom ? request.bookingId : null
  replaceRequest(world, entryId, { ...request, rsvp: 'decline', bookingId })
}

/** Asks every room of an event anew, as a changed time does; each thinks for a while. */
export function askRooms(world: World, entryId: string, roomIds: readonly number[]): void {
  const event = world.feishu.events.get(entryId)
  if (event === undefined) return
  const atMs = world.clock.now() + world.tenant.feishu.roomAnswerMs
  for (const request of event.rooms.filter((one) => roomIds.includes(one.roomId))) {
    const question = request.question + 1
    replaceRequest(world, entryId, { ...request, rsvp: 'needs_action', question })
    world.agenda.add(atMs, () => decide(world, entryId, request.roomId, question))
  }
}

/** A room whose booking was cancelled or given back is no longer part of the event. */
export function rsvpOf(world: World, { rsvp, bookingId }: RoomRequest): string {
  const booking = bookingId === null ? undefined : world.bookings.get(bookingId)
  const isGone = bookingId !== null && (booking === undefined || !isTakingRoom(booking))
  return isGone && rsvp === 'accept' ? 'removed' : rsvp
}
