import { ProviderError } from '../ProviderError.ts'
import type { FeishuClient } from './client.ts'
import type { EventDraft, EventRef } from './writeCalls.ts'

const MAX_MADE = 500

/** The door's events on the app's own calendar. Everything throws a ProviderError, or the signal's reason. */
export interface Events {
  /** Makes an event without a room. */
  create(draft: EventDraft, key: string, signal: AbortSignal): Promise<EventRef>
  /** The event behind an occurrence this process booked. */
  ofUid(uid: string): EventRef | undefined
  /** The event behind an occurrence an earlier process booked. */
  recall(eventId: string, signal: AbortSignal): Promise<EventRef>
}

/** The uid in an event's id, `<uid>_<original_time>`. */
export const uidOf = ({ eventId }: EventRef): string => eventId.replace(/_\d+$/, '')

/** See {@link Events}. */
export function createEvents(client: FeishuClient): Events {
  const made = new Map<string, EventRef>()
  let calendarId: string | null = null

  const ownCalendar = async (signal: AbortSignal): Promise<string> =>
    (calendarId ??= await client.getPrimaryCalendar(signal))

  return {
    async create(draft, key, signal) {
      try {
        const ownId = await ownCalendar(signal)
        const ref = { calendarId: ownId, eventId: await client.createEvent(ownId, draft, key, signal) }
        made.set(uidOf(ref), ref)
        const [eldest] = made.keys()
        if (made.size > MAX_MADE && eldest !== undefined) made.delete(eldest)
        return ref
      } catch (error) {
        // Should the app have got another calendar, the next press finds it.
        if (error instanceof ProviderError && error.kind === 'notFound') calendarId = null
        throw error
      }
    },
    ofUid: (uid) => made.get(uid),
    recall: async (eventId, signal) => ({ calendarId: await ownCalendar(signal), eventId }),
  }
}
