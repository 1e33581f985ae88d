import { SECOND_MS } from '../../../shared/domain/duration.ts'
import type { Meeting, MeetingState } from '../../../shared/domain/meeting.ts'
import { rangeOf } from '../../../shared/domain/timeRange.ts'
import type { Equipment, Room, RoomId } from '../../../shared/domain/room.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'
import type { Mapped } from '../SiteProvider.ts'
import { isAllDay } from '../wholeDays.ts'
import type { Taken } from '../writes/createRoomLedger.ts'
import { GRID_MS, GRID_MINUTES } from './grid.ts'
import type { Booking, OfficeRoom, OnlineMeeting, RoomsUnit } from './schema.ts'

/** `status` of a room's booking (D:93620): 2 waits for its form, 3 for its approver. */
const bookingStates: ReadonlyMap<number, MeetingState> = new Map([
  [0, 'confirmed'],
  [1, 'cancelled'],
  [2, 'pending'],
  [3, 'pending'],
])

/**
 * `status` of an online meeting (D:98796). `ENDED` means deleted, `NULL` past its end with nobody in it; `INVALID` is
 * the vendor's own "unknown" and left out, so that it counts as busy.
 */
const onlineStates: ReadonlyMap<string, MeetingState> = new Map([
  ['MEETING_STATE_INIT', 'confirmed'],
  ['MEETING_STATE_STARTED', 'confirmed'],
  ['MEETING_STATE_ABOUT_TO_START', 'confirmed'],
  ['MEETING_STATE_CANCELLED', 'cancelled'],
  ['MEETING_STATE_ENDED', 'cancelled'],
  ['MEETING_STATE_NULL', 'over'],
  ['MEETING_STATE_RECYCLED', 'over'],
])
const MEETING_TYPE_RECURRING = 1

const equipmentNames: ReadonlyMap<number, Equipment> = new Map([
  [1, 'tv'],
  [2, 'phone'],
  [3, 'projector'],
  [4, 'whiteboard'],
  [5, 'video'],
])

/** Live state of a Rooms device (D:98795); not activated, not bound and offline prove nothing. */
export function occupancyOf(meetingRoomStatus: number): 'idle' | 'inUse' | 'unknown' {
  if (meetingRoomStatus === 2) return 'idle'
  return meetingRoomStatus === 3 ? 'inUse' : 'unknown'
}

const blank = {
  title: null,
  organizer: null,
  department: null,
  isRecurring: false,
  isPrivate: false,
  isOwn: false,
  platformCheckIn: 'none',
  releasedAtMs: null,
  video: null,
} as const satisfies Partial<Meeting>

/** The platform counts in seconds. */
const timesOf = ({ start_time, end_time }: Pick<Booking, 'start_time' | 'end_time'>) => ({
  startMs: start_time * SECOND_MS,
  endMs: end_time * SECOND_MS,
})

/**
 * Puts the answers of several days together. A booking over midnight stands in both days, whole or cut at midnight:
 * either way it becomes one. Sorted by start; the platform promises no order.
 */
export function mergeDays(days: readonly (readonly Booking[])[]): readonly Booking[] {
  const merged: Booking[] = []
  for (const next of days.flat().sort((a, b) => a.start_time - b.start_time)) {
    const at = merged.findIndex((one) => one.id === next.id && next.start_time <= one.end_time)
    const same = merged[at]
    if (!same) merged.push(next)
    else {
      // Read at two moments, the halves may disagree: the one that takes the room counts.
      const { status } = bookingStates.get(same.status) === 'cancelled' ? next : same
      merged[at] = { ...same, status, end_time: Math.max(same.end_time, next.end_time) }
    }
  }
  return merged
}

/** Whether a booking keeps its room from others; what nobody documented does. */
export const isTaking = ({ status, start_time, end_time }: Booking): boolean =>
  bookingStates.get(status) !== 'cancelled' && end_time > start_time

/** Who booked what is on now first, then those coming up, then the day's past. */
export function bookersByInterest(bookings: readonly Booking[], nowMs: number): readonly string[] {
  const isPast = (one: Booking): boolean => timesOf(one).endMs <= nowMs
  return bookings
    .filter(({ booker }) => booker !== '')
    .sort((a, b) => Number(isPast(a)) - Number(isPast(b)) || a.start_time - b.start_time)
    .map(({ booker }) => booker)
}

/** A booking's id among the room's meetings: occurrences of a series might share the platform's. */
export const meetingIdOf = ({ id, start_time }: Pick<Booking, 'id' | 'start_time'>): string =>
  `${id}@${start_time}`

/** The platform's id in one that {@link meetingIdOf} made. */
export const bookingIdOf = (meetingId: string): string => meetingId.replace(/@\d+$/, '')

/** A booking as writes see it. */
export interface TakenBooking extends Taken {
  readonly bookingId: string
  /** userid */
  readonly booker: string
}

/** See {@link TakenBooking}. */
export const takenOf = (booking: Booking): TakenBooking => ({
  id: meetingIdOf(booking),
  range: rangeOf(timesOf(booking)),
  bookingId: booking.id,
  booker: booking.booker,
})

/** userid is case-insensitive (D:90196). */
export const isSamePerson = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/**
 * Bookings of an office room. The answer has no subject and no word on repetition (D:93620), so `title` is null and
 * `isRecurring` false means "not known to be": before a booking is changed, `bookinfo/get` must be asked.
 * @param nameOf display name of a userid, or null where it could not be learned
 * @param bookerUserId in whose name the door books
 */
export function mapBookings(
  bookings: readonly Booking[],
  zone: Zone,
  nameOf: (userId: string) => string | null,
  bookerUserId?: string,
): Mapped {
  const unknownStates = new Set<string>()
  const meetings = bookings.map(({ id, start_time, end_time, booker, status }): Meeting => {
    const state = bookingStates.get(status) ?? 'unknown'
    if (state === 'unknown') unknownStates.add(`booking status ${status}`)
    const { startMs, endMs } = timesOf({ start_time, end_time })
    return {
      ...blank,
      id: meetingIdOf({ id, start_time }),
      startMs,
      endMs,
      state,
      organizer: nameOf(booker),
      organizerId: textOrNull(booker),
      isOwn: bookerUserId !== undefined && isSamePerson(booker, bookerUserId),
      isAllDay: isAllDay(startMs, endMs, zone),
    }
  })
  return { meetings, unknownStates: [...unknownStates] }
}

/** Meetings of Rooms hardware: only this app's own (D:98796), so they carry their subject and are ours. */
export function mapOnlineMeetings(online: readonly OnlineMeeting[], zone: Zone): Mapped {
  const unknownStates = new Set<string>()
  // A list that moves while it is paged through tells a meeting twice.
  const distinct = [...new Map(online.map((one) => [`${one.id}@${one.start_time}`, one])).entries()]
  const meetings = distinct.map(([id, one]): Meeting => {
    const state = onlineStates.get(one.status) ?? 'unknown'
    if (state === 'unknown') unknownStates.add(knownShape(one.status))
    const { startMs, endMs } = timesOf(one)
    const topic = textOrNull(one.subject)
    return {
      ...blank,
      id,
      startMs,
      endMs,
      title: topic,
      state,
      isAllDay: isAllDay(startMs, endMs, zone),
      isRecurring: one.meeting_type === MEETING_TYPE_RECURRING,
      isOwn: true,
      video: { topic, url: null, isRunning: one.status === 'MEETING_STATE_STARTED' },
    }
  })
  return { meetings, unknownStates: [...unknownStates] }
}

const textOrNull = (text: string | null | undefined): string | null => (text === '' ? null : (text ?? null))

/** Unknown states are logged: what does not look like a state stays out of the log. */
const knownShape = (status: string): string =>
  /^[A-Z0-9_]{1,60}$/.test(status) ? status : 'meeting status of an unknown form'

const onGrid = ({ startMs, endMs }: Meeting): string =>
  `${Math.floor(startMs / GRID_MS)}-${Math.ceil(endMs / GRID_MS)}`

const isSameTime = (office: Meeting, online: Meeting): boolean =>
  (office.startMs === online.startMs && office.endMs === online.endMs) || onGrid(office) === onGrid(online)

const isOver = ({ state }: Meeting): boolean => state === 'cancelled' || state === 'over'

/**
 * Joins a room's bookings with the meetings of the hardware inside it. The bookings are complete and stay as they are;
 * a meeting of the same time (office bookings are widened to half hours, D:93620) lends its title. Two candidates for
 * one booking lend nothing. A meeting without a booking still takes the room.
 */
export function joinHardware(office: readonly Meeting[], online: readonly Meeting[]): readonly Meeting[] {
  const live = online.filter((one) => !isOver(one))
  const partners = (booking: Meeting): readonly Meeting[] =>
    isOver(booking) ? [] : live.filter((one) => isSameTime(booking, one))
  const joined = office.map((booking) => {
    const [partner, second] = partners(booking)
    if (!partner || second) return booking
    const { title, video, isRecurring, isOwn } = partner
    return { ...booking, title, video, isRecurring, isOwn: isOwn || booking.isOwn }
  })
  const matched = new Set(office.flatMap(partners))
  return [...joined, ...live.filter((one) => !matched.has(one))].sort((a, b) => a.startMs - b.startMs)
}

const gridRules = {
  gridMinutes: GRID_MINUTES,
  minMinutes: GRID_MINUTES,
  maxMinutes: null,
  latestEndMs: null,
} as const

/** An office room as the panel describes rooms. */
export function mapOfficeRoom(room: OfficeRoom, id: RoomId): Room {
  return {
    id,
    name: room.name,
    capacity: room.capacity ?? null,
    location: [room.city, room.building, room.floor].flatMap((part) => (part ? [part] : [])),
    equipment: (room.equipment ?? []).map((one) => equipmentNames.get(one) ?? { other: String(one) }),
    needsApproval: room.need_approval === 1,
    bookingRules: { ...gridRules, refusal: room.need_approval === 1 ? 'approval' : null },
  }
}

/** A Rooms room as the panel describes rooms; its place is one text of the platform's own making. */
export function mapUnit(unit: RoomsUnit, id: RoomId): Room {
  const place = unit.meeting_room_location ?? ''
  return {
    id,
    name: unit.meeting_room_name,
    capacity: unit.participant_number ?? null,
    location: place === '' ? [] : [place],
    equipment: ['video'],
    needsApproval: false,
    // `meeting/rooms/book` (D:98791) takes own video meetings, not a room for a while.
    bookingRules: { ...gridRules, refusal: 'unsupported' },
  }
}
