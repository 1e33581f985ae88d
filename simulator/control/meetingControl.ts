import type { FastifyInstance } from 'fastify'

import {
  FieldError,
  type Fields,
  isFields,
  isGiven,
  optional,
  readBoolean,
  readFilledText,
  readInteger,
  readOneOf,
  readText,
  readTexts,
  refuseUnknown,
  withoutUndefined,
} from '../http/fields.ts'
import { addMeeting } from '../world/addMeeting.ts'
import type { Booking } from '../world/booking.ts'
import { meetingStateAt, meetingStates, type OnlineMeeting } from '../world/onlineMeeting.ts'
import type { World } from '../world/World.ts'
import { bodyOf, idOf } from './controlInput.ts'
import { NotThereError } from './findControlled.ts'
import { readSpan, spanFields } from './readSpan.ts'

const known = [
  'meetingRoomId',
  'booking',
  'subject',
  'admin',
  'attendees',
  'state',
  'type',
  'isAttended',
  'location',
  'ownApp',
  ...spanFields,
]

/** What the tests see of a video meeting, with the state the platform reports now. */
export const meetingView = (world: World, meeting: OnlineMeeting) => ({
  ...meeting,
  ownApp: meeting.ownerAppId === world.tenant.app.id,
  stateNow: meetingStateAt(meeting, world.clock.now()),
})

function readUnitIds(world: World, fields: Fields): readonly string[] | undefined {
  if (!isGiven(fields, 'meetingRoomId')) return undefined
  const id = readFilledText(fields, 'meetingRoomId')
  if (!world.units.has(id)) throw new FieldError('meetingRoomId', `a Rooms room of the world; ${id} is none`)
  return [id]
}

function patchFrom(world: World, fields: Fields) {
  refuseUnknown(fields, known)
  const isOwn = optional(readBoolean)(fields, 'ownApp')
  return withoutUndefined({
    unitIds: readUnitIds(world, fields),
    subject: optional(readText)(fields, 'subject'),
    adminUserId: optional(readFilledText)(fields, 'admin'),
    attendeeIds: optional(readTexts)(fields, 'attendees'),
    state: optional(readOneOf(['auto', ...meetingStates] as const))(fields, 'state'),
    type: optional(readInteger)(fields, 'type'),
    isAttended: optional(readBoolean)(fields, 'isAttended'),
    location: optional(readText)(fields, 'location'),
    ownerAppId: isOwn === undefined ? undefined : isOwn ? world.tenant.app.id : null,
  })
}

function readBooking(world: World, fields: Fields): Booking | undefined {
  const id = optional(readFilledText)(fields, 'booking')
  if (id === undefined) return undefined
  const booking = world.bookings.get(id)
  if (booking === undefined) throw new FieldError('booking', `the id of a booking; ${id} is none`)
  return booking
}

/** A meeting of the booking's own people, at its time, with its name. */
const meetingOf = ({ id, subject, bookerId, attendeeIds, ownerAppId }: Booking) => ({
  subject,
  adminUserId: bookerId,
  attendeeIds,
  ownerAppId,
  bookingId: id,
})

function add(world: World, fields: Fields): OnlineMeeting {
  const booking = readBooking(world, fields)
  const patch = patchFrom(world, fields)
  if (patch.unitIds === undefined && booking === undefined) throw new FieldError('meetingRoomId', 'given')
  const span = readSpan(fields, world.clock.now(), booking ?? null)
  return addMeeting(world, {
    subject: '视频会议',
    adminUserId: 'chenlu',
    ...(booking === undefined ? {} : meetingOf(booking)),
    ...patch,
    ...span,
    unitIds: patch.unitIds ?? [],
  })
}

/** `/__sim/meetings`: video meetings of the Rooms hardware. */
export function addMeetingControl(server: FastifyInstance, world: World): void {
  const find = (id: string): OnlineMeeting => {
    const meeting = world.meetings.get(id)
    if (meeting === undefined) throw new NotThereError(`meeting ${id}`)
    return meeting
  }
  const store = (meeting: OnlineMeeting) => {
    world.meetings.set(meeting.id, meeting)
    return meetingView(world, meeting)
  }
  server.post('/__sim/meetings', (request) => meetingView(world, add(world, bodyOf(request))))
  server.patch('/__sim/meetings/:id', (request) => {
    const meeting = find(idOf(request))
    const fields = bodyOf(request)
    const patch = patchFrom(world, fields)
    return store({ ...meeting, ...patch, ...readSpan(fields, world.clock.now(), meeting) })
  })
  server.delete('/__sim/meetings/:id', (request) => {
    const meeting = find(idOf(request))
    if (!isFields(request.query) || request.query['purge'] !== '1')
      return store({ ...meeting, state: 'CANCELLED' })
    world.meetings.delete(meeting.id)
    return meetingView(world, meeting)
  })
}
