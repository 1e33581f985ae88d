import { FieldError, type Fields, isGiven } from '../../http/fields.ts'
import { isOverlapping } from '../../world/booking.ts'
import { openEvent } from './calendarCall.ts'
import { allEvents, isInCalendarOf, isOrganiser } from './calendarEvent.ts'
import { changeEvent, patchEntry } from './changeEvent.ts'
import { createEvent } from './createEvent.ts'
import { DingtalkError, dingtalkCodes } from './dingtalkError.ts'
import type { DingtalkCall, DingtalkRoute } from './DingtalkRoute.ts'
import { eventAnswer } from './eventAnswer.ts'
import { findCalendarOwner } from './findPerson.ts'
import { readQueryCount } from './readQuery.ts'
import { readInstant } from './vendorTime.ts'

const calendar = '/v1.0/calendar/users/:unionId/calendars/primary'
export const eventsPath = `${calendar}/events`

/** D:query-details-about-an-event. That at least one attendee must be asked for is UNVERIFIED. */
function getEvent(call: DingtalkCall): Fields {
  const { world, query } = call
  const maxAttendees = readQueryCount(query, 'maxAttendees', 100, 500)
  const { event, person } = openEvent(call)
  // Whether an app may read somebody's private event is UNVERIFIED.
  if (event.isPrivate && world.tenant.quirks.refusesPrivateEvents)
    throw new DingtalkError(dingtalkCodes.outsideScope, 'event is private')
  return eventAnswer(world, event, person.userId, maxAttendees)
}

/** D:delete-event: the organiser cancels it for all, an attendee takes it out of the own calendar. No body. */
function deleteEvent(call: DingtalkCall): null {
  const { world } = call
  const { event, person } = openEvent(call)
  if (event.isCancelled) throw new DingtalkError(dingtalkCodes.noSuchEvent, 'event is cancelled')
  if (isOrganiser(event, person.userId)) {
    for (const booking of event.bookings) world.bookings.cancel(booking.id)
    if (event.entry !== null) patchEntry(world, event, { isCancelled: true })
    return null
  }
  const attendeeIds = event.attendeeIds.filter((id) => id.toLowerCase() !== person.userId.toLowerCase())
  for (const booking of event.bookings) world.bookings.patch(booking.id, { attendeeIds })
  if (event.entry !== null) patchEntry(world, event, { attendeeIds })
  return null
}

const readTime = (query: Fields, name: string): number | null => {
  const text = query[name]
  if (!isGiven(query, name)) return null
  if (typeof text !== 'string') throw new FieldError(name, 'one text')
  return readInstant(text)
}

/** D:query-schedule-view: a person's events of a time, series as their occurrences; `nextToken` is a text here. */
function viewEvents({ world, params, query }: DingtalkCall): Fields {
  const person = findCalendarOwner(world, params)
  const fromMs = readTime(query, 'timeMin') ?? Number.NEGATIVE_INFINITY
  const toMs = readTime(query, 'timeMax') ?? Number.POSITIVE_INFINITY
  const size = readQueryCount(query, 'maxResults', 100, 100)
  const maxAttendees = readQueryCount(query, 'maxAttendees', 100, 500)
  const token = typeof query['nextToken'] === 'string' ? query['nextToken'] : ''
  const offset = token === '' ? 0 : Number(/^view-(\d+)$/.exec(token)?.[1] ?? Number.NaN)
  if (Number.isNaN(offset)) throw new FieldError('nextToken', 'one this call gave out')
  const found = allEvents(world)
    .filter((event) => isInCalendarOf(event, person.userId) && !event.isCancelled)
    .filter((event) => isOverlapping(event, fromMs, toMs))
    .sort((one, other) => one.startMs - other.startMs)
  const end = offset + size
  return {
    events: found.slice(offset, end).map((event) => eventAnswer(world, event, person.userId, maxAttendees)),
    ...(end < found.length ? { nextToken: `view-${end}` } : {}),
  }
}

export const eventRoutes: readonly DingtalkRoute[] = [
  { method: 'GET', path: `${calendar}/eventsview`, scope: 'Calendar.Event.Read', handle: viewEvents },
  { method: 'GET', path: `${eventsPath}/:eventId`, scope: 'Calendar.Event.Read', handle: getEvent },
  {
    method: 'POST',
    path: eventsPath,
    scope: 'Calendar.Event.Write',
    isRepeatable: true,
    handle: createEvent,
  },
  {
    method: 'PUT',
    path: `${eventsPath}/:eventId`,
    scope: 'Calendar.Event.Write',
    isRepeatable: true,
    handle: changeEvent,
  },
  {
    method: 'DELETE',
    path: `${eventsPath}/:eventId`,
    scope: 'Calendar.Event.Write',
    isRepeatable: true,
    handle: deleteEvent,
  },
]
