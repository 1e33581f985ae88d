import {
  FieldError,
  type Fields,
  isFields,
  isGiven,
  optional,
  readBoolean,
  readFilledText,
} from '../../http/fields.ts'
import type { CalendarEntry } from '../../world/calendarEntry.ts'
import type { FeishuEvent, RoomRequest } from '../../world/feishuCalendar.ts'
import type { Person } from '../../world/person.ts'
import type { World } from '../../world/World.ts'
import { calendarRoute, checkCalendar } from './calendarRoute.ts'
import { FeishuError, feishuCodes } from './feishuError.ts'
import { digestId, findPersonByOpenId, findRoom, openIdOf, roomIdOf } from './feishuIds.ts'
import type { FeishuCall, FeishuRoute } from './FeishuRoute.ts'
import { findOwnEvent, isPeoplesEvent } from './findEvent.ts'
import { pageOf } from './pageOf.ts'
import { queryInteger } from './readQuery.ts'
import { askRooms, eventOf, rsvpOf } from './roomRequests.ts'

const roomAnswer = (world: World, request: RoomRequest): Fields => ({
  type: 'resource',
  attendee_id: request.attendeeId,
  rsvp_status: rsvpOf(world, request),
  is_optional: false,
  is_organizer: false,
  is_external: false,
  display_name: world.rooms.get(request.roomId)?.name ?? '',
  room_id: roomIdOf(request.roomId),
  ...(request.contactId === null ? {} : { operate_id: openIdOf(request.contactId) }),
})

const guestAnswer = (world: World, userId: string): Fields => ({
  type: 'user',
  attendee_id: `user_${digestId('guest', userId)}`,
  rsvp_status: 'needs_action',
  is_optional: false,
  is_organizer: false,
  is_external: false,
  display_name: world.people.get(userId.toLowerCase())?.name ?? '',
  user_id: openIdOf(userId),
})

function findPerson(world: World, openId: string): Person {
  const person = findPersonByOpenId(world, openId)
  if (person === undefined || person.status === 5)
    throw new FeishuError(feishuCodes.userLeft, 'user is dismiss or not exist in the tenant')
  return person
}

/** One page has it that an app has to name a contact, another that it may: here it has to unless the quirk says so. */
function readContact(world: World, item: Fields): string | null {
  const openId = optional(readFilledText)(item, 'operate_id')
  if (openId !== undefined) return findPerson(world, openId).userId
  if (!world.tenant.quirks.takesRoomsWithoutContact)
    throw new FieldError('attendees.operate_id', 'given when an app books a room')
  return null
}

interface Wanted {
  readonly rooms: readonly RoomRequest[]
  readonly guestIds: readonly string[]
}

function readRoomRequest(world: World, entry: CalendarEntry, item: Fields): RoomRequest {
  const room = findRoom(world, readFilledText(item, 'room_id'))
  if (room?.isVisible !== true) throw new FeishuError(feishuCodes.noSuchAttendee, 'attendee not found')
  return {
    attendeeId: `resource_${digestId('attendee', `${entry.id} ${room.id}`)}`,
    roomId: room.id,
    rsvp: 'needs_action',
    contactId: readContact(world, item),
    bookingId: null,
    question: 0,
  }
}

/** Rooms and people; this organisation has neither group chats nor guests by mail. */
function readWanted(world: World, entry: CalendarEntry, body: Fields): Wanted {
  const list: readonly unknown[] = Array.isArray(body['attendees']) ? body['attendees'] : []
  if (list.length === 0 || list.length > 1_000) throw new FieldError('attendees', 'a list of 1 to 1000')
  const rooms: RoomRequest[] = []
  const guestIds: string[] = []
  for (const item of list) {
    if (!isFields(item)) throw new FieldError('attendees', 'a list of objects')
    if (item['type'] === 'resource') rooms.push(readRoomRequest(world, entry, item))
    else if (item['type'] === 'user') guestIds.push(findPerson(world, readFilledText(item, 'user_id')).userId)
    else throw new FeishuError(feishuCodes.badAttendeeType, 'invalid attendee type')
  }
  if (rooms.length > 100) throw new FieldError('attendees', 'of at most 100 rooms')
  const joins = optional(readBoolean)(body, 'add_operator_to_attendee') ?? true
  const contacts = joins ? rooms.flatMap(({ contactId }) => (contactId === null ? [] : [contactId])) : []
  return { rooms, guestIds: [...guestIds, ...contacts] }
}

/** A room that is wanted already and has not said no keeps its request. */
function merge(world: World, event: FeishuEvent, wanted: Wanted): FeishuEvent {
  const isStanding = (one: RoomRequest): boolean => !['decline', 'removed'].includes(rsvpOf(world, one))
  const kept = event.rooms.filter(
    (one) => isStanding(one) || !wanted.rooms.some((fresh) => fresh.roomId === one.roomId),
  )
  const added = wanted.rooms.filter((fresh) => !kept.some((one) => one.roomId === fresh.roomId))
  return {
    ...event,
    rooms: [...kept, ...added],
    guestIds: [...new Set([...event.guestIds, ...wanted.guestIds])],
    makesVideo: false,
  }
}

/** attendees: the answer tells that rooms were asked, never what they say. */
function add({ world, params, body }: FeishuCall): Fields {
  checkCalendar(world, params)
  const entry = findOwnEvent(world, params)
  if (isGiven(body, 'is_enable_admin') && readBoolean(body, 'is_enable_admin'))
    throw new FieldError('is_enable_admin', 'false: an app is no administrator of rooms')
  const wanted = readWanted(world, entry, body)
  const before = eventOf(world, entry)
  const event = merge(world, before, wanted)
  world.feishu.events.set(entry.id, event)
  const isOnline = entry.isOnline || before.makesVideo
  world.entries.set(entry.id, { ...entry, isOnline, attendeeIds: event.guestIds })
  const isNew = (one: RoomRequest): boolean => !before.rooms.includes(one)
  const asked = event.rooms.filter(isNew).map((one) => one.roomId)
  askRooms(world, entry.id, asked)
  const named = eventOf(world, entry).rooms.filter((one) =>
    wanted.rooms.some((fresh) => fresh.roomId === one.roomId),
  )
  return {
    attendees: [
      ...named.map((one) => roomAnswer(world, one)),
      ...wanted.guestIds.map((id) => guestAnswer(world, id)),
    ],
  }
}

/** A page of fewer than 10 counts as one of 10. */
function list({ world, params, query }: FeishuCall): Fields {
  checkCalendar(world, params)
  if (isPeoplesEvent(world, params))
    throw new FeishuError(feishuCodes.mayNotListAttendees, 'no permission to list event attendees')
  const entry = findOwnEvent(world, params)
  const event = eventOf(world, entry)
  const all = [
    ...event.guestIds.map((id) => guestAnswer(world, id)),
    ...event.rooms.map((one) => roomAnswer(world, one)),
  ]
  const size = Math.max(10, queryInteger(query, 'page_size') ?? 20)
  const sized = { ...query, page_size: String(size) }
  const { items, paging } = pageOf(all, sized, { usual: 20, least: 10, most: 100 })
  return { items, ...paging }
}

const path = 'calendars/:calendar_id/events/:event_id/attendees'

export const attendeeRoutes: readonly FeishuRoute[] = [
  calendarRoute({
    method: 'POST',
    path,
    scopes: ['calendar:calendar.event:update', 'calendar:calendar'],
    handle: add,
  }),
  calendarRoute({
    method: 'GET',
    path,
    scopes: ['calendar:calendar.event:read', 'calendar:calendar:readonly', 'calendar:calendar'],
    handle: list,
  }),
]
