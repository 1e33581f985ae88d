import { type Booking, type BookingStatus, isOverlapping, isTakingRoom } from './booking.ts'
import type { CalendarEntry } from './calendarEntry.ts'
import { type EventTraits, plainTraits, traitsOf } from './eventTraits.ts'
import type { Ids } from './ids.ts'
import { type RoomUse, useFrom } from './roomUse.ts'

/** What a new booking needs; the rest is made. */
export interface BookingDraft extends Partial<EventTraits>, Partial<RoomUse> {
  readonly roomId: number
  readonly subject: string
  readonly bookerId: string
  readonly attendeeIds?: readonly string[]
  readonly startMs: number
  readonly endMs: number
  readonly isAllDay?: boolean
  readonly status?: BookingStatus
  readonly vendorStatus?: number | null
  readonly masterId?: string | null
  /** An existing calendar entry; '' for none; absent: one is made. */
  readonly scheduleId?: string
  readonly ownerAppId?: string | null
}

export type BookingPatch = Partial<Omit<Booking, 'id'>>

/** The calendar's truth: which room is taken when. */
export interface BookingBook {
  add(draft: BookingDraft): Booking
  get(id: string): Booking | undefined
  /** Bookings of a series, in order of time. */
  series(masterId: string): readonly Booking[]
  all(): readonly Booking[]
  /** Everything of one room that touches `[startMs, endMs)`, cancelled ones included, in order of time. */
  ofRoom(roomId: number, startMs: number, endMs: number): readonly Booking[]
  isTaken(roomId: number, startMs: number, endMs: number): boolean
  /** @returns undefined when there is no such booking */
  patch(id: string, patch: BookingPatch): Booking | undefined
  cancel(id: string): Booking | undefined
  /** As a time change in the client does it: the old booking is cancelled, a new one with a new id appears. */
  rebook(id: string, patch: BookingPatch): Booking | undefined
  /** Removes every trace. */
  purge(id: string): boolean
  clear(): void
}

export interface BookingBookDeps {
  readonly ids: Ids
  readonly entries: Map<string, CalendarEntry>
  readonly placeOf: (roomId: number) => string
  readonly now: () => number
}

const byTime = (one: Booking, other: Booking): number =>
  one.startMs - other.startMs || one.endMs - other.endMs || (one.id < other.id ? -1 : 1)

function entryOf(booking: Booking, location: string): CalendarEntry {
  return {
    id: booking.scheduleId,
    subject: booking.subject,
    description: '',
    location,
    organiserId: booking.bookerId,
    attendeeIds: booking.attendeeIds,
    startMs: booking.startMs,
    endMs: booking.endMs,
    isAllDay: booking.isAllDay,
    isCancelled: booking.status === 'cancelled',
    isDeleted: false,
    repeat: null,
    excludedDaysMs: [],
    ownerAppId: booking.ownerAppId,
    ...traitsOf(booking),
  }
}

function bookingFrom(draft: BookingDraft, ids: Ids, madeAtMs: number): Booking {
  return {
    id: ids.next('bk', 20, 'AAA'),
    masterId: draft.masterId ?? null,
    roomId: draft.roomId,
    subject: draft.subject,
    bookerId: draft.bookerId,
    attendeeIds: draft.attendeeIds ?? [],
    startMs: draft.startMs,
    endMs: draft.endMs,
    isAllDay: draft.isAllDay ?? false,
    status: draft.status ?? 'booked',
    vendorStatus: draft.vendorStatus ?? null,
    scheduleId: draft.scheduleId ?? ids.next('', 29, 'AAA'),
    ownerAppId: draft.ownerAppId ?? null,
    timeZone: draft.timeZone ?? plainTraits.timeZone,
    isPrivate: draft.isPrivate ?? plainTraits.isPrivate,
    isOnline: draft.isOnline ?? plainTraits.isOnline,
    ...useFrom(draft),
    madeAtMs,
  }
}

/** An occurrence of a series that is moved remembers where it was at first. */
const originOf = (known: Booking, change: BookingPatch): BookingPatch =>
  known.masterId !== null &&
  known.originalStartMs === null &&
  change.startMs !== undefined &&
  change.startMs !== known.startMs
    ? { originalStartMs: known.startMs }
    : {}

export function createBookingBook({ ids, entries, placeOf, now }: BookingBookDeps): BookingBook {
  const bookings = new Map<string, Booking>()

  /** The entry of a single booking follows it; a series' entry stands for all of its days. */
  function syncEntry(booking: Booking): void {
    const known = entries.get(booking.scheduleId)
    if (known?.repeat !== null || booking.masterId !== null) return
    const { subject, startMs, endMs, isAllDay, isCancelled, ownerAppId } = entryOf(booking, known.location)
    const followed = { subject, startMs, endMs, isAllDay, isCancelled, ownerAppId }
    entries.set(known.id, { ...known, ...followed, ...traitsOf(booking) })
  }

  function add(draft: BookingDraft): Booking {
    const booking = bookingFrom(draft, ids, now())
    bookings.set(booking.id, booking)
    if (booking.scheduleId !== '' && !entries.has(booking.scheduleId))
      entries.set(booking.scheduleId, entryOf(booking, placeOf(booking.roomId)))
    return booking
  }

  function patch(id: string, change: BookingPatch): Booking | undefined {
    const known = bookings.get(id)
    if (known === undefined) return undefined
    const next = { ...known, ...originOf(known, change), ...change }
    bookings.set(id, next)
    syncEntry(next)
    return next
  }

  const ofRoom = (roomId: number, startMs: number, endMs: number): readonly Booking[] =>
    [...bookings.values()]
      .filter((booking) => booking.roomId === roomId && isOverlapping(booking, startMs, endMs))
      .sort(byTime)

  return {
    add,
    patch,
    ofRoom,
    get: (id) => bookings.get(id),
    series: (masterId) =>
      [...bookings.values()].filter((booking) => booking.masterId === masterId).sort(byTime),
    all: () => [...bookings.values()].sort(byTime),
    isTaken: (roomId, startMs, endMs) => ofRoom(roomId, startMs, endMs).some(isTakingRoom),
    cancel: (id) => patch(id, { status: 'cancelled', vendorStatus: null }),
    rebook: (id, change) => {
      const old = bookings.get(id)
      if (old === undefined) return undefined
      // The calendar entry moves on to the new booking; only the room's record is replaced.
      bookings.set(id, { ...old, status: 'cancelled', vendorStatus: null })
      const made = { status: 'booked' as const, madeAtMs: now(), ...originOf(old, change), ...change }
      const fresh = { ...old, ...made, id: ids.next('bk', 20, 'AAA') }
      bookings.set(fresh.id, fresh)
      syncEntry(fresh)
      return fresh
    },
    purge: (id) => bookings.delete(id),
    clear: () => bookings.clear(),
  }
}
