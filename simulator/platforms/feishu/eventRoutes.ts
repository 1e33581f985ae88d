import { createHash } from 'node:crypto'

import { FieldError, type Fields, isGiven, optional, readText, withoutUndefined } from '../../http/fields.ts'
import { isTakingRoom } from '../../world/booking.ts'
import type { CalendarEntry } from '../../world/calendarEntry.ts'
import type { World } from '../../world/World.ts'
import { calendarRoute, checkCalendar } from './calendarRoute.ts'
import { eventAnswer } from './eventAnswer.ts'
import {
  hasSpan,
  readBusyStatus,
  readEventSpan,
  readSummary,
  readVideo,
  readVisibility,
} from './eventInput.ts'
import { botOpenId, calendarIdOf } from './feishuIds.ts'
import type { FeishuCall, FeishuRoute } from './FeishuRoute.ts'
import { findOwnEvent } from './findEvent.ts'
import { queryText } from './readQuery.ts'
import { askRooms, eventOf, rsvpOf } from './roomRequests.ts'

/** The organiser of what the app makes, on platforms that want a person. */
const serviceUserId = 'doorplate'

/** calendars/primary. An app has no user_id, so that kind of id is refused. */
function primary({ world, query }: FeishuCall): Fields {
  if (queryText(query, 'user_id_type') === 'user_id')
    throw new FieldError('user_id_type', 'open_id or union_id')
  const calendar = {
    calendar_id: calendarIdOf(world),
    summary: world.tenant.feishu.name,
    description: '',
    permissions: 'show_only_free_busy',
    color: -1,
    type: 'primary',
    summary_alias: '',
    is_deleted: false,
    is_third_party: false,
    role: 'owner',
  }
  return { calendars: [{ calendar, user_id: botOpenId(world) }] }
}

function refuseSeries(body: Fields): void {
  if (isGiven(body, 'recurrence')) throw new FieldError('recurrence', 'absent: a door makes no series')
}

function makeEvent(world: World, body: Fields): CalendarEntry {
  refuseSeries(body)
  const video = readVideo(body)
  const visibility = readVisibility(body, 'visibility') ?? 'default'
  const entry: CalendarEntry = {
    id: world.ids.next('', 29, 'AAA'),
    subject: readSummary(body) ?? '',
    description: optional(readText)(body, 'description') ?? '',
    location: '',
    organiserId: serviceUserId,
    attendeeIds: [],
    ...readEventSpan(body),
    isCancelled: false,
    isDeleted: false,
    repeat: null,
    excludedDaysMs: [],
    ownerAppId: world.tenant.app.id,
    isPrivate: visibility === 'private',
    isOnline: video === 'vc',
  }
  const freeBusyStatus = readBusyStatus(body, 'free_busy_status') ?? 'busy'
  world.entries.set(entry.id, entry)
  world.feishu.events.set(entry.id, {
    rooms: [],
    guestIds: [],
    visibility,
    freeBusyStatus,
    makesVideo: video === undefined,
  })
  return entry
}

/** Asked again under the same key, the same event comes back, whatever the new body says (UNVERIFIED). */
function create({ world, query, params, body }: FeishuCall): Fields {
  checkCalendar(world, params)
  const key = queryText(query, 'idempotency_key')
  if (key !== undefined && (key.length < 32 || key.length > 128))
    throw new FieldError('idempotency_key', 'of 32 to 128 characters')
  const digest = createHash('sha256')
    .update(`feishu event ${key ?? ''}`)
    .digest('hex')
  const known = key === undefined ? undefined : world.entries.get(String(world.answers.recall(digest)))
  const entry = known ?? makeEvent(world, body)
  if (key !== undefined) world.answers.keep(digest, entry.id)
  return { event: eventAnswer(world, entry) }
}

function get({ world, params }: FeishuCall): Fields {
  checkCalendar(world, params)
  return { event: eventAnswer(world, findOwnEvent(world, params)) }
}

/** New texts reach what is booked at once; a new time asks the rooms anew, and they may say no. */
function applyPatch(world: World, entry: CalendarEntry, body: Fields): CalendarEntry {
  const video = readVideo(body)
  const visibility = readVisibility(body, 'visibility')
  const texts = withoutUndefined({
    subject: readSummary(body),
    description: optional(readText)(body, 'description'),
    isPrivate: visibility === undefined ? undefined : visibility === 'private',
    isOnline: video === undefined ? undefined : video === 'vc',
  })
  // One time without the other is taken and changes nothing, as the page of this call says.
  const span = hasSpan(body) ? readEventSpan(body) : {}
  const event = eventOf(world, entry)
  world.feishu.events.set(entry.id, {
    ...event,
    visibility: visibility ?? event.visibility,
    freeBusyStatus: readBusyStatus(body, 'free_busy_status') ?? event.freeBusyStatus,
    makesVideo: event.makesVideo && video === undefined,
  })
  const { description, ...shown } = texts
  for (const { bookingId } of event.rooms) if (bookingId !== null) world.bookings.patch(bookingId, shown)
  const next = { ...entry, ...shown, ...(description === undefined ? {} : { description }), ...span }
  world.entries.set(entry.id, next)
  return next
}

function patch({ world, params, body }: FeishuCall): Fields {
  checkCalendar(world, params)
  refuseSeries(body)
  const entry = findOwnEvent(world, params)
  const next = applyPatch(world, entry, body)
  const isMoved = next.startMs !== entry.startMs || next.endMs !== entry.endMs
  const wanted = eventOf(world, next).rooms.filter((one) =>
    ['accept', 'needs_action'].includes(rsvpOf(world, one)),
  )
  if (isMoved)
    askRooms(
      world,
      entry.id,
      wanted.map((one) => one.roomId),
    )
  return { event: eventAnswer(world, next) }
}

/** Frees every room of the event at once. */
function remove({ world, params, query }: FeishuCall): Fields {
  checkCalendar(world, params)
  const entry = findOwnEvent(world, params)
  const notify = queryText(query, 'need_notification') ?? 'true'
  if (notify !== 'true' && notify !== 'false') throw new FieldError('need_notification', 'true or false')
  for (const booking of world.bookings.all())
    if (booking.scheduleId === entry.id && isTakingRoom(booking)) world.bookings.cancel(booking.id)
  world.entries.set(entry.id, { ...entry, isCancelled: true, isDeleted: true })
  return {}
}

const events = 'calendars/:calendar_id/events'

export const eventRoutes: readonly FeishuRoute[] = [
  calendarRoute({
    method: 'POST',
    path: 'calendars/primary',
    scopes: ['calendar:calendar:read', 'calendar:calendar:readonly', 'calendar:calendar'],
    handle: primary,
  }),
  calendarRoute({
    method: 'POST',
    path: events,
    scopes: ['calendar:calendar.event:create', 'calendar:calendar'],
    handle: create,
  }),
  calendarRoute({
    method: 'GET',
    path: `${events}/:event_id`,
    scopes: ['calendar:calendar.event:read', 'calendar:calendar:readonly', 'calendar:calendar'],
    handle: get,
  }),
  calendarRoute({
    method: 'PATCH',
    path: `${events}/:event_id`,
    scopes: ['calendar:calendar.event:update', 'calendar:calendar'],
    handle: patch,
  }),
  calendarRoute({
    method: 'DELETE',
    path: `${events}/:event_id`,
    scopes: ['calendar:calendar.event:delete', 'calendar:calendar'],
    handle: remove,
  }),
]
