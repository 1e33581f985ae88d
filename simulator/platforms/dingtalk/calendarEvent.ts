import type { Booking } from '../../world/booking.ts'
import type { CalendarEntry } from '../../world/calendarEntry.ts'
import { type EventTraits, traitsOf } from '../../world/eventTraits.ts'
import { occurrences } from '../../world/occurrences.ts'
import type { World } from '../../world/World.ts'
import { type EventKey, eventIdOf, readEventId } from './vendorIds.ts'

/** A meeting as this platform's calendar knows it: one event, with up to five rooms. */
export interface CalendarEvent extends EventTraits {
  readonly key: EventKey
  readonly id: string
  /** Its rooms, cancelled ones included; those of a series on all of its days. */
  readonly bookings: readonly Booking[]
  /** What the world keeps of it besides the bookings. */
  readonly entry: CalendarEntry | null
  readonly subject: string
  readonly description: string
  readonly organiserId: string
  readonly attendeeIds: readonly string[]
  readonly startMs: number
  readonly endMs: number
  readonly isAllDay: boolean
  readonly isCancelled: boolean
  /** How a series repeats; on its occurrences too. */
  readonly repeat: CalendarEntry['repeat']
  /** Set on the occurrences of a series. */
  readonly seriesId: string | null
}

const ownEntryPrefix = 'event of '
/** A booking without a calendar entry keeps its meeting here once the room is taken from it. */
export const ownEntryId = (bookingId: string): string => `${ownEntryPrefix}${bookingId}`

/** The event a booking belongs to: for a series its own id, or the occurrence's. */
export function keyOfBooking({ entries }: World, booking: Booking, isInstanceTold: boolean): EventKey {
  if (booking.masterId !== null)
    return isInstanceTold ? { kind: 'instance', id: booking.id } : { kind: 'series', id: booking.masterId }
  if (booking.scheduleId.startsWith(ownEntryPrefix))
    return { kind: 'booking', id: booking.scheduleId.slice(ownEntryPrefix.length) }
  if (booking.scheduleId !== '' && entries.has(booking.scheduleId))
    return { kind: 'entry', id: booking.scheduleId }
  return { kind: 'booking', id: booking.id }
}

const fromEntry = (key: EventKey, entry: CalendarEntry, bookings: readonly Booking[]): CalendarEvent => ({
  key,
  id: eventIdOf(key),
  bookings,
  entry,
  subject: entry.subject,
  description: entry.description,
  organiserId: entry.organiserId,
  attendeeIds: entry.attendeeIds,
  startMs: entry.startMs,
  endMs: entry.endMs,
  isAllDay: entry.isAllDay,
  isCancelled: entry.isCancelled,
  ...traitsOf(entry),
  repeat: entry.repeat,
  seriesId: null,
})

const fromBooking = (key: EventKey, booking: Booking, bookings: readonly Booking[]): CalendarEvent => ({
  key,
  id: eventIdOf(key),
  bookings,
  entry: null,
  subject: booking.subject,
  description: '',
  organiserId: booking.bookerId,
  attendeeIds: booking.attendeeIds,
  startMs: booking.startMs,
  endMs: booking.endMs,
  isAllDay: booking.isAllDay,
  isCancelled: bookings.every((one) => one.status === 'cancelled'),
  ...traitsOf(booking),
  repeat: null,
  seriesId: null,
})

function findEntryEvent(world: World, key: EventKey): CalendarEvent | undefined {
  const entry = world.entries.get(key.id)
  if (entry === undefined || entry.isDeleted) return undefined
  const bookings = world.bookings.all().filter((one) => one.scheduleId === entry.id)
  return fromEntry(key, entry, bookings)
}

function findBookingEvent(world: World, key: EventKey): CalendarEvent | undefined {
  const entry = world.entries.get(ownEntryId(key.id))
  const booking = world.bookings.get(key.id)
  const own = booking === undefined ? [] : [booking]
  if (entry !== undefined) {
    const added = world.bookings.all().filter((one) => one.scheduleId === entry.id)
    return fromEntry(key, entry, [...own, ...added])
  }
  return booking === undefined ? undefined : fromBooking(key, booking, own)
}

/** Without an entry that says how it repeats, a series is a weekly one. */
function repeatOf(world: World, bookings: readonly Booking[]): CalendarEntry['repeat'] {
  const entry = world.entries.get(bookings[0]?.scheduleId ?? '')
  return entry?.repeat ?? { kind: 'week', untilMs: bookings.at(-1)?.startMs ?? 0 }
}

function findSeries(world: World, key: EventKey): CalendarEvent | undefined {
  const bookings = world.bookings.series(key.id)
  const [first] = bookings
  if (first === undefined) return undefined
  return { ...fromBooking(key, first, bookings), repeat: repeatOf(world, bookings) }
}

function findInstance(world: World, key: EventKey): CalendarEvent | undefined {
  const booking = world.bookings.get(key.id)
  if (booking === undefined || booking.masterId === null) return undefined
  const series = world.bookings.series(booking.masterId)
  const seriesId = eventIdOf({ kind: 'series', id: booking.masterId })
  return { ...fromBooking(key, booking, [booking]), repeat: repeatOf(world, series), seriesId }
}

const finders = {
  entry: findEntryEvent,
  booking: findBookingEvent,
  series: findSeries,
  instance: findInstance,
} as const

/** The event of a key; undefined when every trace of it is gone. */
export const findByKey = (world: World, key: EventKey): CalendarEvent | undefined =>
  finders[key.kind](world, key)

/** The event of an id the platform gave out. */
export function findEvent(world: World, eventId: string): CalendarEvent | undefined {
  const key = readEventId(eventId)
  return key === undefined ? undefined : findByKey(world, key)
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** Whether the event stands in this person's calendar. */
export const isInCalendarOf = (event: CalendarEvent, userId: string): boolean =>
  isOrganiser(event, userId) || event.attendeeIds.some((id) => isSame(id, userId))

export const isOrganiser = (event: CalendarEvent, userId: string): boolean =>
  isSame(event.organiserId, userId)

/** An entry that repeats and has no rooms yet, day by day: the view shows occurrences only. */
const spread = (event: CalendarEvent): readonly CalendarEvent[] =>
  event.entry === null ? [event] : occurrences(event.entry).map((span) => ({ ...event, ...span }))

/** Every event of the world, series as their occurrences, each once. */
export function allEvents(world: World): readonly CalendarEvent[] {
  const keys = new Map<string, EventKey>()
  for (const booking of world.bookings.all()) {
    const key = keyOfBooking(world, booking, true)
    keys.set(eventIdOf(key), key)
  }
  const inSeries = new Set(
    world.bookings.all().flatMap((one) => (one.masterId === null ? [] : [one.scheduleId])),
  )
  for (const entry of world.entries.values()) {
    if (inSeries.has(entry.id) || entry.id.startsWith(ownEntryPrefix)) continue
    const key = { kind: 'entry', id: entry.id } as const
    keys.set(eventIdOf(key), key)
  }
  return [...keys.values()].flatMap((key) => {
    const event = findByKey(world, key)
    return event === undefined ? [] : spread(event)
  })
}
