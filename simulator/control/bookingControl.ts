import type { FastifyInstance } from 'fastify'

import {
  FieldError,
  type Fields,
  isFields,
  isGiven,
  optional,
  readBoolean,
  readFilledText,
  readText,
  readTexts,
  refuseUnknown,
  withoutUndefined,
} from '../http/fields.ts'
import { type Booking, type BookingStatus, bookingStatuses } from '../world/booking.ts'
import type { World } from '../world/World.ts'
import { addSeries } from './addSeries.ts'
import { bodyOf, idOf } from './controlInput.ts'
import { NotThereError, readRoom } from './findControlled.ts'
import { readRepeat, repeatFields } from './readRepeat.ts'
import { applyRelease, readRelease, readRoomUse, roomUseFields } from './readRoomUse.ts'
import { readSpan, spanFields } from './readSpan.ts'

const traits = ['private', 'online', 'timeZone']
const common = [
  'room',
  'subject',
  'booker',
  'attendees',
  ...spanFields,
  'status',
  'allDay',
  'ownApp',
  ...traits,
  ...roomUseFields,
]
const onlyNew = ['masterBookingId', 'scheduleId', ...repeatFields]
const onlyPatch = ['rebook']

type ReadStatus = { readonly status: BookingStatus; readonly vendorStatus: number | null }
const byNumber: readonly BookingStatus[] = ['booked', 'cancelled', 'requested', 'inApproval']

/** A word, or the number WeCom has for it; a number nobody knows is sent as it is, and the room counts as taken. */
function readStatus(fields: Fields): ReadStatus | undefined {
  if (!isGiven(fields, 'status')) return undefined
  const value = fields['status']
  if (typeof value === 'number' && Number.isSafeInteger(value)) {
    const known = byNumber[value]
    return known === undefined
      ? { status: 'booked', vendorStatus: value }
      : { status: known, vendorStatus: null }
  }
  const word = bookingStatuses.find((one) => one === value)
  if (word === undefined) throw new FieldError('status', `an integer or one of ${bookingStatuses.join(', ')}`)
  return { status: word, vendorStatus: null }
}

/** Any zone this machine knows by its IANA name. */
function readTimeZone(fields: Fields, name: string): string {
  const zone = readFilledText(fields, name)
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    throw new FieldError(name, 'the IANA name of a time zone')
  }
}

/** What the tests see of a booking: everything. */
export const bookingView = (world: World, booking: Booking) => ({
  ...booking,
  roomName: world.rooms.get(booking.roomId)?.name ?? null,
  ownApp: booking.ownerAppId === world.tenant.app.id,
})

function patchFrom(world: World, fields: Fields) {
  const isOwn = optional(readBoolean)(fields, 'ownApp')
  return withoutUndefined({
    subject: optional(readText)(fields, 'subject'),
    bookerId: optional(readFilledText)(fields, 'booker'),
    attendeeIds: optional(readTexts)(fields, 'attendees'),
    roomId: isGiven(fields, 'room') ? readRoom(world, fields).id : undefined,
    isAllDay: optional(readBoolean)(fields, 'allDay'),
    isPrivate: optional(readBoolean)(fields, 'private'),
    isOnline: optional(readBoolean)(fields, 'online'),
    timeZone: optional(readTimeZone)(fields, 'timeZone'),
    ...readRoomUse(fields, world.clock.now()),
    ownerAppId: isOwn === undefined ? undefined : isOwn ? world.tenant.app.id : null,
    ...readStatus(fields),
  })
}

function addBooking(world: World, fields: Fields): Booking {
  refuseUnknown(fields, [...common, ...onlyNew])
  const room = readRoom(world, fields)
  const patch = patchFrom(world, fields)
  const masterId = optional(readFilledText)(fields, 'masterBookingId')
  const nowMs = world.clock.now()
  const span = readSpan(fields, nowMs, null, patch.isAllDay)
  const repeat = readRepeat(fields, span.startMs)
  const release = readRelease(fields, nowMs)
  const draft = {
    subject: '临时会议',
    bookerId: 'chenlu',
    ...patch,
    ...span,
    ...withoutUndefined({ masterId, scheduleId: optional(readText)(fields, 'scheduleId') }),
    roomId: room.id,
  }
  const booking = repeat === null ? world.bookings.add(draft) : addSeries(world, draft, repeat)
  return applyRelease(world, booking, release)
}

function patchBooking(world: World, id: string, fields: Fields): Booking | undefined {
  refuseUnknown(fields, [...common, ...onlyPatch])
  const known = world.bookings.get(id)
  if (known === undefined) return undefined
  const patch = patchFrom(world, fields)
  const isAllDay = patch.isAllDay ?? false
  const change = { ...patch, ...readSpan(fields, world.clock.now(), known, isAllDay) }
  const isRebooked = optional(readBoolean)(fields, 'rebook') ?? false
  const release = readRelease(fields, world.clock.now())
  const next = isRebooked ? world.bookings.rebook(id, change) : world.bookings.patch(id, change)
  return next === undefined ? undefined : applyRelease(world, next, release)
}

/** `/__sim/bookings`: the calendar as people, and whoever else, change it. */
export function addBookingControl(server: FastifyInstance, world: World): void {
  const viewOf = (booking: Booking | undefined, id: string) => {
    if (booking === undefined) throw new NotThereError(`booking ${id}`)
    return bookingView(world, booking)
  }
  server.post('/__sim/bookings', (request) => bookingView(world, addBooking(world, bodyOf(request))))
  server.patch('/__sim/bookings/:id', (request) => {
    const id = idOf(request)
    return viewOf(patchBooking(world, id, bodyOf(request)), id)
  })
  server.delete('/__sim/bookings/:id', (request) => {
    const id = idOf(request)
    const known = viewOf(world.bookings.get(id), id)
    if (!isFields(request.query) || request.query['purge'] !== '1')
      return viewOf(world.bookings.cancel(id), id)
    world.bookings.purge(id)
    return known
  })
}
