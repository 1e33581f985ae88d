import { FieldError, type Fields, isGiven, optional, readFilledText } from '../../http/fields.ts'
import { type Booking, isTakingRoom } from '../../world/booking.ts'
import type { CalendarEntry } from '../../world/calendarEntry.ts'
import type { World } from '../../world/World.ts'
import { openOwnEvent } from './calendarCall.ts'
import { type CalendarEvent, findByKey, ownEntryId } from './calendarEvent.ts'
import { readDescription, readEventSpan, readSummary } from './createEvent.ts'
import type { DingtalkCall } from './DingtalkRoute.ts'
import { eventAnswer } from './eventAnswer.ts'
import { findPersonOf } from './findPerson.ts'
import { checkBookable, isTaken } from './roomPolicy.ts'

type EntryPatch = Partial<
  Pick<
    CalendarEntry,
    'subject' | 'description' | 'startMs' | 'endMs' | 'isAllDay' | 'timeZone' | 'isCancelled' | 'attendeeIds'
  >
>

function entryFrom(event: CalendarEvent): CalendarEntry {
  const { subject, description, organiserId, attendeeIds, startMs, endMs, isAllDay, isCancelled } = event
  return {
    id: ownEntryId(event.key.id),
    ...{ subject, description, organiserId, attendeeIds, startMs, endMs, isAllDay, isCancelled },
    location: '',
    isDeleted: false,
    repeat: null,
    excludedDaysMs: [],
    ownerAppId: null,
    timeZone: event.timeZone,
    isPrivate: event.isPrivate,
    isOnline: event.isOnline,
  }
}

/** Sets what the calendar knows of a single event to what `event` says, whatever its bookings have become since. */
export function patchEntry(world: World, event: CalendarEvent, patch: EntryPatch): void {
  const entry = { ...(event.entry ?? entryFrom(event)), ...patch }
  world.entries.set(entry.id, entry)
}

/** Gives one room back; the meeting stays in the calendar. */
export function releaseRoom(world: World, event: CalendarEvent, booking: Booking): void {
  world.bookings.cancel(booking.id)
  if (event.key.kind === 'entry' || event.key.kind === 'booking') patchEntry(world, event, {})
}

type Move = Pick<Booking, 'startMs' | 'endMs' | 'isAllDay' | 'timeZone'>

/** Whether the event may move with this room; what happens where it may not is UNVERIFIED, hence the quirks. */
function canFollow(world: World, event: CalendarEvent, booking: Booking, move: Move): boolean {
  const { quirks } = world.tenant
  const room = world.rooms.get(booking.roomId)
  const person = findPersonOf(world, event.organiserId)
  if (room === undefined || person === undefined) return true
  const span = { startMs: move.startMs, endMs: move.endMs, except: booking.id }
  if (quirks.losesRoomOnMove && isTaken(world, room.id, span.startMs, span.endMs, booking.id)) return false
  const isShorter = move.endMs - move.startMs < booking.endMs - booking.startMs
  checkBookable({ world, room, person, ...span }, isShorter && quirks.allowsShortRemainder)
  return true
}

/** An occurrence remembers where its series had it. */
const originOf = (event: CalendarEvent, booking: Booking) =>
  event.seriesId === null ? {} : { originalStartMs: booking.originalStartMs ?? booking.startMs }

/** All rooms move, or none: the first that may not refuses the change. */
function moveRooms(world: World, event: CalendarEvent, move: Move): void {
  const taking = event.bookings.filter(isTakingRoom)
  if (world.tenant.quirks.keepsRoomTimeOnMove) return
  const answers = taking.map((booking) => ({ booking, isKept: canFollow(world, event, booking, move) }))
  for (const { booking, isKept } of answers)
    if (isKept) world.bookings.patch(booking.id, { ...move, ...originOf(event, booking) })
    else world.bookings.cancel(booking.id)
}

function readMove(body: Fields, event: CalendarEvent): Move {
  if (isGiven(body, 'start') && isGiven(body, 'end')) return readEventSpan(body)
  const missing = isGiven(body, 'start') ? 'end' : 'start'
  if (event.isAllDay) throw new FieldError(missing, 'given: an all-day event moves as a whole')
  const known = { dateTime: new Date(event.startMs).toISOString(), timeZone: event.timeZone }
  const knownEnd = { dateTime: new Date(event.endMs).toISOString(), timeZone: event.timeZone }
  return readEventSpan({ ...body, start: body['start'] ?? known, end: body['end'] ?? knownEnd })
}

/** Every day of a series moves by as much as its first one: the trap of a series' own id. */
function moveSeries(world: World, event: CalendarEvent, move: Move): void {
  const shiftMs = move.startMs - event.startMs
  const lengthMs = move.endMs - move.startMs
  for (const booking of event.bookings.filter(isTakingRoom)) {
    const startMs = booking.startMs + shiftMs
    world.bookings.patch(booking.id, { ...move, startMs, endMs: startMs + lengthMs })
  }
}

function moveEvent(world: World, event: CalendarEvent, move: Move): void {
  if (event.key.kind === 'series') {
    moveSeries(world, event, move)
    return
  }
  moveRooms(world, event, move)
  if (event.key.kind === 'instance') return
  const now = findByKey(world, event.key)
  const isFollowed =
    now !== undefined && !now.isCancelled && now.startMs === move.startMs && now.endMs === move.endMs
  // A booking that has no entry of its own needs none as long as it says it all.
  if (event.entry !== null || !isFollowed) patchEntry(world, event, move)
}

function renameEvent(world: World, event: CalendarEvent, body: Fields): void {
  const subject = optional(readSummary)(body, 'summary')
  const description = optional(readDescription)(body, 'description')
  if (subject !== undefined) for (const { id } of event.bookings) world.bookings.patch(id, { subject })
  if (event.entry === null) return
  patchEntry(world, event, {
    ...(subject === undefined ? {} : { subject }),
    ...(description === undefined ? {} : { description }),
  })
}

/**
 * D:modify-event: a PUT that changes only what is sent, by the organiser. Its rooms follow it to the new time and keep
 * to their rules there (UNVERIFIED, as is what becomes of a room that is taken at the new time).
 */
export function changeEvent(call: DingtalkCall): Fields {
  const { world, body } = call
  const { event, person } = openOwnEvent(call)
  if (readFilledText(body, 'id') !== event.id) throw new FieldError('id', 'that of the address')
  if (isGiven(body, 'recurrence')) throw new FieldError('recurrence', 'absent: series are not simulated')
  if (isGiven(body, 'start') || isGiven(body, 'end')) moveEvent(world, event, readMove(body, event))
  renameEvent(world, findByKey(world, event.key) ?? event, body)
  const changed = findByKey(world, event.key)
  return changed === undefined ? {} : eventAnswer(world, changed, person.userId)
}
