import { FieldError, type Fields, isGiven, optional, readBoolean, readFilledText } from '../../http/fields.ts'
import { dayMs } from '../../world/shanghaiTime.ts'
import { calendarRoute } from './calendarRoute.ts'
import { FeishuError, feishuCodes } from './feishuError.ts'
import { findRoom } from './feishuIds.ts'
import type { FeishuCall, FeishuRoute } from './FeishuRoute.ts'
import { parseRfc3339, rfc3339 } from './feishuTime.ts'
import { isBusy } from './freebusyRoute.ts'

function readTime(body: Fields, name: string): number {
  const atMs = parseRfc3339(readFilledText(body, name))
  if (atMs === null) throw new FieldError(name, 'RFC 3339')
  return atMs
}

/**
 * calendar/v4/freebusy/list for one room: no uid and no organiser in it. `user_id` beside `room_id` wins, and the
 * calendars of people are not simulated.
 */
function list({ world, body }: FeishuCall): Fields {
  const startMs = readTime(body, 'time_min')
  const endMs = readTime(body, 'time_max')
  if (endMs <= startMs || endMs > startMs + 90 * dayMs)
    throw new FieldError('time_max', 'after time_min by at most 90 days')
  if (isGiven(body, 'user_id')) throw new FieldError('user_id', 'absent: only rooms are simulated')
  const room = findRoom(world, readFilledText(body, 'room_id'))
  if (room?.isVisible !== true) throw new FeishuError(feishuCodes.badCalendarRequest, 'invalid room_id')
  const withRsvp = optional(readBoolean)(body, 'need_rsvp_status') ?? false
  const { freebusyOffsetMinutes } = world.tenant.feishu
  const busy = world.bookings
    .ofRoom(room.id, startMs, endMs)
    .filter((booking) => isBusy(world, booking))
    .map((booking) => ({
      start_time: rfc3339(booking.startMs, freebusyOffsetMinutes),
      end_time: rfc3339(booking.endMs, freebusyOffsetMinutes),
      ...(withRsvp ? { rsvp_status: booking.status === 'booked' ? 'accept' : 'needs_action' } : {}),
    }))
  return { freebusy_list: busy }
}

export const calendarFreebusyRoute: FeishuRoute = calendarRoute({
  method: 'POST',
  path: 'freebusy/list',
  scopes: ['calendar:calendar.free_busy:read', 'calendar:calendar:readonly', 'calendar:calendar'],
  handle: list,
})
