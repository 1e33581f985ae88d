import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import { asking } from '../http/createAuthorisedClient.ts'
import type { Send, SendOnce } from '../http/createAuthorisedClient.ts'
import { attendeesSchema, calendarsSchema, doneSchema, eventSchema } from './schema.ts'
import { toSeconds } from './vendorTime.ts'

/** What an event of the door's is made with. */
export interface EventDraft {
  readonly title: string
  readonly span: TimeRange
  /** IANA name, for whoever opens the event in a client. */
  readonly timeZone: string
}

/** An event on the app's own calendar. */
export interface EventRef {
  readonly calendarId: string
  readonly eventId: string
}

/** A reply in the name of a room to one meeting. */
export interface Reply {
  readonly room_id: string
  readonly uid: string
  readonly original_time: number
  readonly status: 'NOT_CHECK_IN' | 'ENDED_BEFORE_DUE'
}

/** Calls that change something, and what they need to know. */
export interface WriteCalls {
  /** The app's own calendar; refused where the app has no bot (190007). */
  getPrimaryCalendar(signal: AbortSignal): Promise<string>
  /**
   * Makes an event without a room: it takes nobody's time. Asked again with the same key, the same event comes back.
   * @param key 32 to 128 characters
   * @returns its id
   */
  createEvent(calendarId: string, draft: EventDraft, key: string, signal: AbortSignal): Promise<string>
  /** Frees every room of the event. Never repeated. */
  deleteEvent(event: EventRef, onSend: () => void, signal: AbortSignal): Promise<void>
  /**
   * Asks a room for an event; it answers later, as one of {@link WriteCalls.getRoomAnswer}. Never repeated.
   * @param operatorId open_id of the contact person
   */
  askRoom(
    event: EventRef,
    roomId: string,
    operatorId: string,
    onSend: () => void,
    signal: AbortSignal,
  ): Promise<void>
  /** The room's `rsvp_status`; null where the event does not have the room. */
  getRoomAnswer(event: EventRef, roomId: string, signal: AbortSignal): Promise<string | null>
  /** Gives a room back. Never repeated. */
  reply(reply: Reply, onSend: () => void, signal: AbortSignal): Promise<void>
}

const EVENTS = 'calendar/v4/events'
const ATTENDEES = 'calendar/v4/events/attendees'
const eventsPath = (calendarId: string): string =>
  `calendar/v4/calendars/${encodeURIComponent(calendarId)}/events`
const pathOf = ({ calendarId, eventId }: EventRef): string =>
  `${eventsPath(calendarId)}/${encodeURIComponent(eventId)}`

const eventBody = ({ title, span, timeZone }: EventDraft): object => ({
  summary: title,
  need_notification: false,
  visibility: 'public',
  free_busy_status: 'busy',
  vchat: { vc_type: 'no_meeting' },
  start_time: { timestamp: toSeconds(span.fromMs), timezone: timeZone },
  end_time: { timestamp: toSeconds(span.untilMs), timezone: timeZone },
})

/** See {@link WriteCalls}. */
export function writeCalls(send: Send, sendOnce: SendOnce): WriteCalls {
  return {
    async getPrimaryCalendar(signal) {
      const call = asking('calendar/v4/calendars/primary', {})
      const { data } = await send({ ...call, schema: calendarsSchema }, signal)
      return data.calendars[0]?.calendar.calendar_id ?? ''
    },
    async createEvent(calendarId, draft, key, signal) {
      const call = {
        name: EVENTS,
        path: eventsPath(calendarId),
        method: 'POST',
        query: { idempotency_key: key },
        body: eventBody(draft),
      } as const
      return (await send({ ...call, schema: eventSchema }, signal)).data.event.event_id
    },
    async deleteEvent(event, onSend, signal) {
      const query = { need_notification: 'false' }
      const call = { name: EVENTS, path: pathOf(event), method: 'DELETE', query } as const
      await sendOnce({ ...call, schema: doneSchema }, onSend, signal)
    },
    async askRoom(event, roomId, operatorId, onSend, signal) {
      const room = { type: 'resource', room_id: roomId, operate_id: operatorId }
      const call = {
        name: ATTENDEES,
        path: `${pathOf(event)}/attendees`,
        method: 'POST',
        query: { user_id_type: 'open_id' },
        // Else every booking at the door would stand in the contact person's own calendar.
        body: { attendees: [room], need_notification: false, add_operator_to_attendee: false },
      } as const
      await sendOnce({ ...call, schema: doneSchema }, onSend, signal)
    },
    async getRoomAnswer(event, roomId, signal) {
      const call = {
        name: ATTENDEES,
        path: `${pathOf(event)}/attendees`,
        method: 'GET',
        query: { page_size: '100' },
      } as const
      const { data } = await send({ ...call, schema: attendeesSchema }, signal)
      return data.items?.find(({ room_id }) => room_id === roomId)?.rsvp_status ?? null
    },
    async reply(reply, onSend, signal) {
      const call = { name: 'meeting_room/instance/reply', method: 'POST', body: reply } as const
      await sendOnce({ ...call, schema: doneSchema }, onSend, signal)
    },
  }
}
