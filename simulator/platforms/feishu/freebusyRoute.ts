import { FieldError, type Fields } from '../../http/fields.ts'
import { type Booking, isTakingRoom } from '../../world/booking.ts'
import type { Room } from '../../world/room.ts'
import { dayMs, localMidnight, zoneOffsetMs } from '../../world/shanghaiTime.ts'
import type { World } from '../../world/World.ts'
import { FeishuError, feishuCodes } from './feishuError.ts'
import { botOpenId, findRoom, openIdOf, originalTimeOf, uidOf } from './feishuIds.ts'
import type { FeishuCall, FeishuRoute } from './FeishuRoute.ts'
import { parseRfc3339, rfc3339 } from './feishuTime.ts'
import { queryTexts, requiredText } from './readQuery.ts'

const mostRooms = 20
/** The documents advise 30 days; that more is refused is UNVERIFIED. */
const mostDays = 30

function readTime(query: Fields, name: string): number {
  const atMs = parseRfc3339(requiredText(query, name))
  if (atMs === null) throw new FeishuError(feishuCodes.badTime, 'time format must follow RFC3339 standard')
  return atMs
}

/** Nobody in particular organised what is private; an app and somebody outside the app's range have no name. */
function organizerOf(world: World, booking: Booking): Fields {
  if (booking.isPrivate) return {}
  if (booking.ownerAppId !== null) return { organizer_info: { open_id: botOpenId(world) } }
  const person = world.people.get(booking.bookerId.toLowerCase())
  const name = person?.isVisible === true ? { name: person.name } : {}
  return { organizer_info: { ...name, open_id: openIdOf(booking.bookerId) } }
}

/** All-day events live in UTC in the calendar; whether busy times tell them so is UNVERIFIED. */
function spanOf(world: World, booking: Booking): { readonly startMs: number; readonly endMs: number } {
  if (!booking.isAllDay || !world.tenant.quirks.tellsAllDayInUtc) return booking
  const inUtc = (atMs: number): number => localMidnight(atMs) + zoneOffsetMs
  return { startMs: inUtc(booking.startMs), endMs: inUtc(booking.endMs) }
}

function busyRow(world: World, booking: Booking): Fields {
  const { freebusyOffsetMinutes } = world.tenant.feishu
  const { startMs, endMs } = spanOf(world, booking)
  return {
    uid: uidOf(booking),
    original_time: originalTimeOf(booking),
    start_time: rfc3339(startMs, freebusyOffsetMinutes),
    end_time: rfc3339(endMs, freebusyOffsetMinutes),
    ...organizerOf(world, booking),
  }
}

/** Busy times may still have what was released a moment ago, when that is asked for. */
export function isBusy(world: World, booking: Booking): boolean {
  const lagMs = world.tenant.feishu.freebusyLagMs
  const isLagging = booking.release !== null && world.clock.now() < booking.release.atMs + lagMs
  return isTakingRoom(booking) || isLagging
}

/** Bookings that wait for approval are busy like any other here; only the reservation list tells them apart. */
function busyRows(world: World, room: Room, startMs: number, endMs: number): readonly Fields[] {
  return world.bookings
    .ofRoom(room.id, startMs, endMs)
    .filter((booking) => isBusy(world, booking))
    .reverse()
    .map((booking) => busyRow(world, booking))
}

/**
 * A room nobody knows stands in `error_room_ids`, which no document has but callers see; one the app may not see is
 * just not there. Neither is free.
 */
function batchGet({ world, query }: FeishuCall): Fields {
  const ids = [...new Set(queryTexts(query, 'room_ids'))]
  if (ids.length === 0 || ids.length > mostRooms) throw new FieldError('room_ids', `of 1 to ${mostRooms} ids`)
  const startMs = readTime(query, 'time_min')
  const endMs = readTime(query, 'time_max')
  if (endMs <= startMs || endMs > startMs + mostDays * dayMs)
    throw new FieldError('time_max', `after time_min by at most ${mostDays} days`)
  const { omitsFreeRooms, refusesUnknownRooms } = world.tenant.quirks
  const isKnown = (id: string): boolean => findRoom(world, id) !== undefined
  const malformed = ids.some((id) => !/^omm_[0-9a-f]{32}$/.test(id))
  if (malformed || (refusesUnknownRooms && !ids.every(isKnown)))
    throw new FeishuError(feishuCodes.badRoom, 'room id invalid')
  const rooms = ids.flatMap((id) => {
    const room = findRoom(world, id)
    const rows = room?.isVisible === true ? busyRows(world, room, startMs, endMs) : null
    return rows === null || (rows.length === 0 && omitsFreeRooms) ? [] : [[id, rows] as const]
  })
  return {
    time_min: query['time_min'],
    time_max: query['time_max'],
    error_room_ids: ids.filter((id) => !isKnown(id)),
    free_busy: Object.fromEntries(rooms),
  }
}

export const freebusyRoute: FeishuRoute = {
  method: 'GET',
  path: '/open-apis/meeting_room/freebusy/batch_get',
  scopes: ['calendar:room:readonly'],
  pace: 'old',
  isMetered: true,
  badParameter: feishuCodes.badRoomRequest,
  msg: 'success',
  handle: batchGet,
}
