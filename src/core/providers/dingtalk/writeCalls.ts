import { z } from 'zod'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { Send, SendOnce } from '../http/createAuthorisedClient.ts'
import { createdSchema, roomAddedSchema, signInLinkSchema } from './schema.ts'

/** An event, and the person in whose calendar it is looked at: for writes, its organiser. */
export interface EventKey {
  readonly unionId: string
  readonly eventId: string
}

/** An event to make. A room is added to it by another call. */
export interface EventDraft {
  readonly title: string
  readonly span: TimeRange
  /** IANA name. */
  readonly timeZone: string
}

/** The calls that change something. All are counted in the month. */
export interface WriteCalls {
  /**
   * Makes an event that holds no room yet, without a reminder or a notice to anybody (D:create-schedule).
   * @param token the platform makes one event for it, however often it is sent within a day
   * @returns the event's id
   */
  createEvent(
    unionId: string,
    draft: EventDraft,
    token: string,
    onSend: () => void,
    signal: AbortSignal,
  ): Promise<string>
  /** Books the room for the event (D:add-a-meeting-room). Sent once. */
  addRoom(event: EventKey, roomId: string, onSend: () => void, signal: AbortSignal): Promise<void>
  /** Gives one room back and keeps the meeting (D:remove-a-meeting-room). Sent once. */
  removeRoom(event: EventKey, roomId: string, onSend: () => void, signal: AbortSignal): Promise<void>
  /** Gives an event other times, of one zone (D:modify-event). All of its rooms go with it. Sent once. */
  moveEvent(
    event: EventKey,
    span: TimeRange,
    timeZone: string,
    onSend: () => void,
    signal: AbortSignal,
  ): Promise<void>
  /** As its organiser: for everybody, without a notice (D:delete-event). May be repeated. */
  deleteEvent(event: EventKey, signal: AbortSignal): Promise<void>
  /** Changes nothing, and still needs the permission to write. Only the organiser gets it. */
  getSignInLink(event: EventKey, signal: AbortSignal): Promise<string>
}

/** With milliseconds: `Z` without them is refused, so third parties report, and so is minute precision. */
export const isoTime = (atMs: number): string => new Date(atMs).toISOString()

export const userPath = (unionId: string): string => `calendar/users/${encodeURIComponent(unionId)}`

const eventsPath = (unionId: string): string => `${userPath(unionId)}/calendars/primary/events`

/** Ids are base64: a slash in one would be another address. */
export const eventPath = ({ unionId, eventId }: EventKey): string =>
  `${eventsPath(unionId)}/${encodeURIComponent(eventId)}`

const timesOf = ({ fromMs, untilMs }: TimeRange, timeZone: string) => ({
  start: { dateTime: isoTime(fromMs), timeZone },
  end: { dateTime: isoTime(untilMs), timeZone },
})

const MAX_TITLE = 2048

/** See {@link WriteCalls}. What a call answers beyond yes or no is not used: the calendar is read again. */
export function writeCalls(send: Send, sendOnce: SendOnce): WriteCalls {
  return {
    async createEvent(unionId, { title, span, timeZone }, token, onSend, signal) {
      const body = {
        summary: title.slice(0, MAX_TITLE),
        ...timesOf(span, timeZone),
        isAllDay: false,
        // Left out it would be a quarter of an hour before, on the service person's phone.
        reminders: [],
        extra: { noPushNotification: 'true', noChatNotification: 'true' },
      }
      const headers = { 'x-client-token': token }
      const call = { name: 'calendars/events create', method: 'POST', path: eventsPath(unionId) } as const
      return (await sendOnce({ ...call, body, headers, schema: createdSchema }, onSend, signal)).id
    },
    async addRoom(event, roomId, onSend, signal) {
      const path = `${eventPath(event)}/meetingRooms`
      const body = { meetingRoomsToAdd: [{ roomId }] }
      const call = { name: 'events/meetingRooms', method: 'POST', path, body } as const
      await sendOnce({ ...call, schema: roomAddedSchema }, onSend, signal)
    },
    async removeRoom(event, roomId, onSend, signal) {
      const name = 'events/meetingRooms/batchRemove'
      const path = `${eventPath(event)}/meetingRooms/batchRemove`
      const body = { meetingRoomsToRemove: [{ roomId }] }
      await sendOnce({ name, method: 'POST', path, body, schema: z.unknown() }, onSend, signal)
    },
    async moveEvent(event, span, timeZone, onSend, signal) {
      // Nothing but the times: `onlineMeetingInfo`, say, would replace the video meeting.
      const body = { id: event.eventId, ...timesOf(span, timeZone) }
      const call = { name: 'calendars/events change', method: 'PUT', path: eventPath(event), body } as const
      await sendOnce({ ...call, schema: z.unknown() }, onSend, signal)
    },
    async deleteEvent(event, signal) {
      const query = { pushNotification: 'false' }
      const call = {
        name: 'calendars/events delete',
        method: 'DELETE',
        path: eventPath(event),
        query,
      } as const
      await send({ ...call, schema: z.unknown() }, signal)
    },
    async getSignInLink(event, signal) {
      const path = `${eventPath(event)}/signInLinks`
      const call = { name: 'events/signInLinks', method: 'GET', path } as const
      return (await send({ ...call, schema: signInLinkSchema }, signal)).signInLink
    },
  }
}
