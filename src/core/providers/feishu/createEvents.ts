import type { Logger } from '../../ports/Logger.ts'
import { ProviderError } from '../ProviderError.ts'
import type { FeishuClient } from './client.ts'
import { isApiWide, isEventGone } from './errors.ts'
import type { EventRef, NewEvent } from './writeCalls.ts'

const MAX_MADE = 500
const MAX_LEFT = 20
const MAX_TRIES = 5
/** A press does not wait for more than this of earlier ones. */
const SWEPT_AT_ONCE = 3

/** An event that should not be there, and the room it was made for. */
interface Left {
  readonly event: EventRef
  readonly roomId: string
  readonly tries: number
}

/** The door's events on the app's own calendar. */
export interface Events {
  /** Makes an event without a room. @throws ProviderError; or the signal's reason */
  create(event: NewEvent, key: string, signal: AbortSignal): Promise<EventRef>
  /** Takes an event back, or remembers to. Throws nothing. @returns whether it is certain to be gone */
  remove(event: EventRef, roomId: string, signal: AbortSignal): Promise<boolean>
  /** Nobody knows what became of it: it goes with the next {@link Events.sweep}, unless the room said yes to it. */
  doubt(event: EventRef, roomId: string): void
  /** Takes back what earlier presses left behind. Throws only the signal's reason. */
  sweep(signal: AbortSignal): Promise<void>
  /** The event behind an occurrence this process booked. */
  ofUid(uid: string): EventRef | undefined
  /** The event behind an occurrence an earlier process booked. @throws ProviderError; or the signal's reason */
  recall(eventId: string, signal: AbortSignal): Promise<EventRef>
}

/** The uid in an event's id, `<uid>_<original_time>`. */
export const uidOf = ({ eventId }: EventRef): string => eventId.replace(/_\d+$/, '')

/** See {@link Events}. */
export function createEvents(client: FeishuClient, log: Logger): Events {
  const made = new Map<string, EventRef>()
  const left = new Map<string, Left>()
  let calendarId: string | null = null

  function remember(one: Left): void {
    left.delete(one.event.eventId)
    if (one.tries >= MAX_TRIES) {
      log.warn('an event without a room stays on the app’s calendar', { tries: one.tries })
      return
    }
    left.set(one.event.eventId, one)
    const [eldest] = left.keys()
    if (left.size > MAX_LEFT && eldest !== undefined) left.delete(eldest)
  }

  const ownCalendar = async (signal: AbortSignal): Promise<string> =>
    (calendarId ??= await client.getPrimaryCalendar(signal))

  async function erase(event: EventRef, signal: AbortSignal): Promise<void> {
    try {
      await client.deleteEvent(event, () => undefined, signal)
    } catch (error) {
      if (!(error instanceof ProviderError) || !isEventGone(error)) throw error
    }
  }

  /** What a room accepted after all is a booking somebody may sit in. */
  async function sweepOne({ event, roomId, tries }: Left, signal: AbortSignal): Promise<boolean> {
    remember({ event, roomId, tries: tries + 1 })
    try {
      const isBooked = (await client.getRoomAnswer(event, roomId, signal)) === 'accept'
      if (!isBooked) await erase(event, signal)
      left.delete(event.eventId)
      return true
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ProviderError)) throw error
      if (isEventGone(error)) left.delete(event.eventId)
      return !isApiWide(error)
    }
  }

  return {
    async create(event, key, signal) {
      try {
        const ownId = await ownCalendar(signal)
        const ref = { calendarId: ownId, eventId: await client.createEvent(ownId, event, key, signal) }
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
    async remove(event, roomId, signal) {
      try {
        signal.throwIfAborted()
        await erase(event, signal)
        left.delete(event.eventId)
        return true
      } catch (error) {
        if (!signal.aborted && !(error instanceof ProviderError)) throw error
        remember({ event, roomId, tries: 0 })
        return false
      }
    },
    doubt: (event, roomId) => remember({ event, roomId, tries: 0 }),
    async sweep(signal) {
      for (const one of [...left.values()].slice(0, SWEPT_AT_ONCE)) if (!(await sweepOne(one, signal))) return
    },
    ofUid: (uid) => made.get(uid),
    recall: async (eventId, signal) => ({ calendarId: await ownCalendar(signal), eventId }),
  }
}
