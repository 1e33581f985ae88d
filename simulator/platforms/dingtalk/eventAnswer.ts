import type { Fields } from '../../http/fields.ts'
import { isTakingRoom } from '../../world/booking.ts'
import type { RepeatKind } from '../../world/calendarEntry.ts'
import { localWeekday } from '../../world/shanghaiTime.ts'
import type { World } from '../../world/World.ts'
import { type CalendarEvent, isOrganiser } from './calendarEvent.ts'
import { roomIdOf, unionIdOf } from './vendorIds.ts'
import { dayText, zonedText } from './vendorTime.ts'

const patternTypes: Readonly<Record<RepeatKind, string>> = {
  day: 'daily',
  week: 'weekly',
  workday: 'weekly',
  month: 'absoluteMonthly',
  year: 'absoluteYearly',
}
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

function recurrenceOf({ repeat, startMs }: CalendarEvent): Fields {
  if (repeat === null) return {}
  const days = repeat.kind === 'workday' ? weekdays.slice(1, 6) : [weekdays[localWeekday(startMs)]]
  const onDays = patternTypes[repeat.kind] === 'weekly' ? { daysOfWeek: days.join() } : {}
  return {
    recurrence: {
      pattern: { type: patternTypes[repeat.kind], ...onDays, interval: 1 },
      range: { type: 'endDate', endDate: zonedText(repeat.untilMs, 'Asia/Shanghai') },
    },
  }
}

function personAnswer(world: World, event: CalendarEvent, userId: string, viewerId: string): Fields {
  return {
    id: unionIdOf(userId),
    displayName: world.people.get(userId.toLowerCase())?.name ?? '',
    responseStatus: isOrganiser(event, userId) ? 'accepted' : 'needsAction',
    self: userId.toLowerCase() === viewerId.toLowerCase(),
  }
}

/** An all-day event has days, the end being the first one it does not cover, and neither time nor zone. */
function spanAnswer({ isAllDay, startMs, endMs, timeZone }: CalendarEvent): Fields {
  if (isAllDay) return { start: { date: dayText(startMs) }, end: { date: dayText(endMs) } }
  return {
    start: { dateTime: zonedText(startMs, timeZone), timeZone },
    end: { dateTime: zonedText(endMs, timeZone), timeZone },
  }
}

/** Rooms given back are gone from the event; of a series each room once. */
function roomAnswers(world: World, event: CalendarEvent): readonly Fields[] {
  const taking = event.bookings.filter(isTakingRoom)
  const perRoom = new Map(taking.map((booking) => [booking.roomId, booking]))
  return [...perRoom.values()].map((booking) => ({
    roomId: roomIdOf(booking.roomId),
    responseStatus: booking.status === 'booked' ? 'accepted' : 'tentative',
    displayName: world.rooms.get(booking.roomId)?.name ?? '',
  }))
}

const onlineAnswer = (event: CalendarEvent): Fields => ({
  onlineMeetingInfo: {
    type: 'dingtalk',
    conferenceId: event.id.slice(0, 24),
    url: `https://meeting.example.invalid/j/${encodeURIComponent(event.id.slice(0, 12))}`,
    extraInfo: {},
  },
})

/** What a private event hides is UNVERIFIED; here its title and its text, without a word that it is private. */
const textsOf = (event: CalendarEvent): Fields =>
  event.isPrivate ? {} : { summary: event.subject, description: event.description }

/**
 * D:query-details-about-an-event: one event as `viewerId` sees it. Objects that have nothing to say are left out.
 * @param maxAttendees how many of the attendees are told
 */
export function eventAnswer(
  world: World,
  event: CalendarEvent,
  viewerId: string,
  maxAttendees = 100,
): Fields {
  const rooms = roomAnswers(world, event)
  const originMs = event.bookings[0]?.originalStartMs ?? event.startMs
  const series =
    event.seriesId === null
      ? {}
      : { seriesMasterId: event.seriesId, originStart: { dateTime: zonedText(originMs, 'UTC') } }
  return {
    id: event.id,
    ...textsOf(event),
    status: event.isCancelled ? 'cancelled' : 'confirmed',
    isAllDay: event.isAllDay,
    ...spanAnswer(event),
    ...recurrenceOf(event),
    ...series,
    attendees: event.attendeeIds
      .slice(0, maxAttendees)
      .map((id) => ({ ...personAnswer(world, event, id, viewerId), isOptional: false })),
    organizer: personAnswer(world, event, event.organiserId, viewerId),
    // A number on the way in, a text on the way out.
    reminders: [{ method: 'dingtalk', minutes: '15' }],
    ...(event.isOnline ? onlineAnswer(event) : {}),
    ...(rooms.length === 0 ? {} : { meetingRooms: rooms }),
  }
}
