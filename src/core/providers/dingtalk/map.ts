import type { BookingRules } from '../../../shared/domain/booking.ts'
import { DAY_MS } from '../../../shared/domain/duration.ts'
import type { Meeting, MeetingState } from '../../../shared/domain/meeting.ts'
import { overlaps } from '../../../shared/domain/timeRange.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { Closure, Equipment, Room, RoomId } from '../../../shared/domain/room.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'
import type { Mapped } from '../SiteProvider.ts'
import { localMidnight } from '../wholeDays.ts'
import type { Taken } from '../writes/createRoomLedger.ts'
import type { BusyItem, VendorEvent, VendorRoom, VendorRoomDetail } from './schema.ts'

const UTC_NAMES: ReadonlySet<string> = new Set(['UTC', 'Etc/UTC', 'GMT', 'Z'])

/** What an event tells beyond its busy time. */
export interface EventFacts {
  /** Null: hidden from us. */
  readonly title: string | null
  readonly organizer: string | null
  readonly isPrivate: boolean
  readonly isRecurring: boolean
  readonly isOnline: boolean
}

/**
 * `status` of a busy item (D:queries-free-and-busy-meeting-room-information): booked, or waiting for approval. The words
 * below them are those the same API has for an event or a room's answer: undocumented here, unmistakable in meaning.
 */
const busyStates: ReadonlyMap<string, MeetingState> = new Map([
  ['BUSY', 'confirmed'],
  ['TENTATIVE', 'pending'],
  ['CONFIRMED', 'confirmed'],
  ['ACCEPTED', 'confirmed'],
  ['CANCELLED', 'cancelled'],
  ['DECLINED', 'declined'],
])

/** D:check-the-meeting-room-list. */
const equipmentNames: ReadonlyMap<number, Equipment> = new Map([
  [1, 'tv'],
  [2, 'phone'],
  [3, 'projector'],
  [4, 'whiteboard'],
  [5, 'video'],
])

type Point = BusyItem['start']
const isUtcDay = ({ atMs, timeZone, isDay }: Point): boolean =>
  isDay || (UTC_NAMES.has(timeZone ?? '') && atMs % DAY_MS === 0)

/**
 * When a booking takes its room. A whole day has no zone: the platform tells it as midnights in UTC, and people mean the
 * day of the door.
 */
export function spanOf(
  { start, end }: Pick<BusyItem, 'start' | 'end'>,
  zone: Zone,
): { range: TimeRange; isAllDay: boolean } {
  if (isUtcDay(start) && isUtcDay(end) && end.atMs > start.atMs) {
    return {
      range: { fromMs: localMidnight(start.atMs, zone), untilMs: localMidnight(end.atMs, zone) },
      isAllDay: true,
    }
  }
  const range = { fromMs: start.atMs, untilMs: end.atMs }
  const isAllDay =
    range.untilMs > range.fromMs &&
    zone.startOfDay(range.fromMs) === range.fromMs &&
    zone.startOfDay(range.untilMs) === range.untilMs
  return { range, isAllDay }
}

/**
 * Names one occurrence. Busy times of a series carry the series' own id, so its start belongs to the name: two days of
 * it differ, and each stays what it is.
 */
export const occurrenceId = ({ eventId, start }: BusyItem): string =>
  `${eventId}@${Math.round(start.atMs / 1000)}`

/** A busy item as writes see it. */
export interface TakenItem extends Taken {
  readonly eventId: string
  /** unionId; empty where nobody is named. */
  readonly organizerId: string
  readonly state: MeetingState
  readonly isAllDay: boolean
  /** In which its times were set; the door's own where none is told. */
  readonly timeZone: string
}

/** See {@link TakenItem}. */
export const takenOf = (item: BusyItem, zone: Zone): TakenItem => ({
  id: occurrenceId(item),
  ...spanOf(item, zone),
  eventId: item.eventId,
  organizerId: item.organizer?.id ?? '',
  state: stateOf(item),
  timeZone: item.start.timeZone ?? zone.name,
})

/** Unknown states are logged: what does not look like a state stays out of the log. */
const knownShape = (status: string): string =>
  /^[A-Za-z0-9_]{1,60}$/.test(status) ? `busy status ${status}` : 'busy status of an unknown form'

/** What is told of the person and the event behind a busy item, as far as it is known. */
export interface Knowledge {
  readonly eventOf: (item: BusyItem) => EventFacts | null
  readonly nameOf: (unionId: string) => string | null
  /** Of the service person in whose name the door books; absent where nobody is named. */
  readonly bookerUnionId?: string | undefined
}

/** The state of a busy item; unknown ones count as busy. */
export const stateOf = ({ status }: BusyItem): MeetingState =>
  busyStates.get(status.toUpperCase()) ?? 'unknown'

function meetingOf(item: BusyItem, zone: Zone, { eventOf, nameOf, bookerUnionId }: Knowledge): Meeting {
  const facts = eventOf(item)
  const { range, isAllDay } = spanOf(item, zone)
  const organizerId = item.organizer?.id ?? ''
  // Only the event says that it is not private: until it was read, nobody is named.
  const isOpen = facts !== null && !facts.isPrivate
  const organizer = isOpen ? (facts.organizer ?? (organizerId === '' ? null : nameOf(organizerId))) : null
  return {
    id: occurrenceId(item),
    startMs: range.fromMs,
    endMs: range.untilMs,
    title: facts?.title ?? null,
    organizer,
    ...(organizerId === '' ? {} : { organizerId }),
    department: null,
    state: stateOf(item),
    isAllDay,
    isRecurring: facts?.isRecurring ?? false,
    isPrivate: facts?.isPrivate ?? false,
    isOwn: organizerId !== '' && organizerId === bookerUnionId,
    platformCheckIn: 'none',
    releasedAtMs: null,
    // The address to join is left out: whoever reads it in the corridor could.
    video: facts?.isOnline ? { topic: facts.title, url: null, isRunning: false } : null,
  }
}

/** The bookings of one room that touch `horizon`, sorted by start: the platform promises no order. */
export function mapBusyItems(
  items: readonly BusyItem[],
  horizon: TimeRange,
  zone: Zone,
  knowledge: Knowledge,
): Mapped {
  const distinct = [...new Map(items.map((item) => [occurrenceId(item), item])).values()]
  const told = distinct.filter((item) => isWithin(item, horizon, zone))
  const unknown = told.filter((item) => stateOf(item) === 'unknown')
  return {
    meetings: told.map((item) => meetingOf(item, zone, knowledge)).sort((a, b) => a.startMs - b.startMs),
    unknownStates: [...new Set(unknown.map(({ status }) => knownShape(status)))],
  }
}

/** More is asked for than is promised, and whole days are asked for in the wrong zone: neither may come along. */
export const isWithin = (item: BusyItem, horizon: TimeRange, zone: Zone): boolean =>
  overlaps(spanOf(item, zone).range, horizon)

function textOrNull(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' ? null : trimmed
}

/** An event without a title is one we may not read: the panel masks it. */
export function mapEvent(event: VendorEvent): EventFacts {
  const title = textOrNull(event.summary)
  return {
    title,
    organizer: textOrNull(event.organizer?.displayName),
    isPrivate: title === null,
    isRecurring: !!event.recurrence || !!event.seriesMasterId,
    isOnline: !!event.onlineMeetingInfo,
  }
}

const unitDays: Readonly<Record<string, number>> = { days: 1, weeks: 7, months: 31, years: 366 }

/**
 * What bookings the room takes (D:check-meeting-room-details). How the vendor counts "ahead" is open; the door books for
 * today, so any reading of it will do.
 * @param nowMs the present
 */
export function mapBookingRules({ extensionConfig }: VendorRoomDetail, nowMs: number): BookingRules {
  const { minReservationTimeInterval: least, maxReservationTimeInterval: most } = extensionConfig ?? {}
  const ahead = extensionConfig?.advanceReservation
  const days = ahead
    ? ahead.advanceReservationTime * (unitDays[ahead.advanceReservationTimeUnit] ?? NaN)
    : NaN
  const isClosed = extensionConfig?.openReservation === false
  return {
    gridMinutes: null,
    minMinutes: least ?? 0,
    // Zero is without a limit.
    maxMinutes: most === 0 ? null : (most ?? null),
    latestEndMs: Number.isNaN(days) ? null : nowMs + (days + 1) * DAY_MS,
    refusal: isClosed ? 'closed' : extensionConfig?.approvalSwitch === true ? 'approval' : null,
  }
}

/** A room of the list or of its detail as the panel describes rooms; the list does not tell of approval. */
export function mapRoom(room: VendorRoom | VendorRoomDetail, id: RoomId): Room {
  const { roomName, roomCapacity, roomLabels, roomLocation, roomGroup } = room
  const inside = textOrNull(roomGroup?.groupName) ?? textOrNull(roomLocation?.desc)
  const rules = 'extensionConfig' in room ? room.extensionConfig : undefined
  return {
    id,
    name: roomName,
    capacity: roomCapacity ?? null,
    location: [textOrNull(roomLocation?.title), inside].flatMap((part) => part ?? []),
    equipment: (roomLabels ?? []).map(
      ({ labelId, labelName }) =>
        equipmentNames.get(labelId) ?? { other: textOrNull(labelName) ?? String(labelId) },
    ),
    needsApproval: rules?.approvalSwitch === true,
  }
}

/**
 * Times the platform has taken the room out of use (D:check-meeting-room-details): its closure of now or its next one,
 * and a room that is closed to bookings altogether. What has no end lasts for as long as we look.
 */
export function mapClosures({ extensionConfig }: VendorRoomDetail, horizon: TimeRange): readonly Closure[] {
  if (!extensionConfig) return []
  const { openReservation, reservationCloseDetail: told } = extensionConfig
  const fromMs = told?.taskStartTime ?? horizon.fromMs
  const untilMs = told?.taskEndTime ?? Math.max(horizon.untilMs, fromMs)
  const closure = { fromMs, untilMs, reason: textOrNull(told?.closeReason) }
  const closures = told && untilMs > fromMs ? [closure] : []
  // A console may close bookings together with the window: the window then says why and until when.
  if (openReservation !== false || closures.length > 0) return closures
  return [{ ...horizon, reason: null }]
}
