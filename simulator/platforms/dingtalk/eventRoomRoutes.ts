import { type Fields, isFields, isGiven } from '../../http/fields.ts'
import { isTakingRoom } from '../../world/booking.ts'
import type { Room } from '../../world/room.ts'
import type { World } from '../../world/World.ts'
import { openOwnEvent } from './calendarCall.ts'
import { type CalendarEvent, ownEntryId } from './calendarEvent.ts'
import { patchEntry, releaseRoom } from './changeEvent.ts'
import { DingtalkError, dingtalkCodes } from './dingtalkError.ts'
import type { DingtalkCall, DingtalkRoute } from './DingtalkRoute.ts'
import { eventsPath } from './eventRoutes.ts'
import { checkBookable } from './roomPolicy.ts'
import { findByRoomId } from './vendorIds.ts'

const mostRooms = 5

const refuse = (message: string): DingtalkError => new DingtalkError(dingtalkCodes.badParameter, message)

/** The rooms of a list of `{roomId}`. @throws DingtalkError for an empty list, a missing and an unknown id */
function readRooms(world: World, body: Fields, name: string, emptyText: string): readonly Room[] {
  const list = isGiven(body, name) ? body[name] : []
  if (!Array.isArray(list) || list.length === 0) throw refuse(emptyText)
  return list.map((item: unknown) => {
    const roomId = isFields(item) ? item['roomId'] : undefined
    if (typeof roomId !== 'string' || roomId === '') throw refuse('roomId must be provided.')
    const room = findByRoomId(world, roomId)
    if (room === undefined) throw refuse('roomId invalid')
    return room
  })
}

/** The entry new bookings of an event hang on; an event that had none gets one. */
function entryIdOf(world: World, event: CalendarEvent): string {
  if (event.entry !== null) return event.entry.id
  patchEntry(world, event, {})
  return ownEntryId(event.key.id)
}

/**
 * D:add-a-meeting-room: at most five per event, by its organiser. All of them or none (UNVERIFIED). A room with
 * approval is booked as waiting for it.
 */
function addRooms(call: DingtalkCall): Fields {
  const { world, body } = call
  const { event, person } = openOwnEvent(call)
  const rooms = readRooms(world, body, 'meetingRoomsToAdd', 'roomId must be provided.')
  if (event.repeat !== null) throw refuse('rooms for a series are not simulated')
  const held = event.bookings.filter(isTakingRoom)
  if (held.length + rooms.length > mostRooms)
    throw refuse(`attendees batch size too large. Maximum allowed:${mostRooms}`)
  const { startMs, endMs, isAllDay, subject, organiserId, attendeeIds } = event
  for (const room of rooms) checkBookable({ world, room, person, startMs, endMs })
  const scheduleId = entryIdOf(world, event)
  for (const room of rooms)
    world.bookings.add({
      ...{ subject, attendeeIds, startMs, endMs, isAllDay, scheduleId },
      roomId: room.id,
      bookerId: organiserId,
      status: room.needsApproval === true ? 'inApproval' : 'booked',
      ownerAppId: event.entry?.ownerAppId ?? null,
      timeZone: event.timeZone,
      isPrivate: event.isPrivate,
      isOnline: event.isOnline,
    })
  return { result: true }
}

/**
 * D:remove-a-meeting-room: frees the room and keeps the meeting, by its organiser. Of a series' own id: on every day.
 * A room the event does not have is removed with success (UNVERIFIED): only a read tells.
 */
function removeRooms(call: DingtalkCall): Fields {
  const { world, body } = call
  const { event } = openOwnEvent(call)
  const rooms = readRooms(world, body, 'meetingRoomsToRemove', 'Meeting rooms to remove must be provided.')
  const ids = rooms.map((room) => room.id)
  for (const booking of event.bookings)
    if (isTakingRoom(booking) && ids.includes(booking.roomId)) releaseRoom(world, event, booking)
  return { result: true }
}

const write = (path: string, handle: DingtalkRoute['handle']): DingtalkRoute => ({
  method: 'POST',
  path: `${eventsPath}/:eventId/meetingRooms${path}`,
  scope: 'Calendar.Event.Write',
  isRepeatable: true,
  handle,
})

export const eventRoomRoutes: readonly DingtalkRoute[] = [
  write('', addRooms),
  write('/batchRemove', removeRooms),
]
