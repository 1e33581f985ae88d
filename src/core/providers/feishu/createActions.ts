import type { FeishuRoomSource } from '../../../shared/settings/schema.ts'
import type { Logger } from '../../ports/Logger.ts'
import type { RoomActions } from '../RoomActions.ts'
import { createLeftovers } from '../writes/createLeftovers.ts'
import { refused } from '../writes/refusal.ts'
import { wholeMinutes } from '../writes/wholeMinutes.ts'
import { createBooker } from './createBooker.ts'
import type { BookerDeps } from './createBooker.ts'
import { createEnder } from './createEnder.ts'
import { isEventGone } from './errors.ts'
import type { EventRef } from './writeCalls.ts'

/** What the writes work with. */
export type ActionDeps = Omit<BookerDeps, 'bookerOpenId' | 'leftovers'> & {
  readonly log: Logger
  /** Undefined where nobody was named as the contact of the door's bookings. */
  readonly bookerOpenId: string | undefined
}

/**
 * See {@link RoomActions}. A meeting is extended by booking the time behind it, our own as well: a room that cannot
 * follow a moved end is lost to the whole meeting, with code 0.
 */
export function createActions(deps: ActionDeps): RoomActions<FeishuRoomSource> {
  const { client, log, bookerOpenId, nowMs } = deps
  const leftovers = createLeftovers<EventRef>({
    log,
    remove: (event, signal) => client.deleteEvent(event, () => undefined, signal),
    holdsRoom: async (event, roomId, signal) =>
      (await client.getRoomAnswer(event, roomId, signal)) === 'accept',
    isGone: isEventGone,
  })
  const end = createEnder({ ...deps, leftovers })
  const book = bookerOpenId === undefined ? null : createBooker({ ...deps, leftovers, bookerOpenId })

  return {
    async book({ source: { roomId } }, { startMs, endMs, title, pressId }, signal) {
      if (!book) return refused('unsupported')
      const span = wholeMinutes({ fromMs: startMs, untilMs: endMs })
      if (!(span.untilMs > Math.max(span.fromMs, nowMs()))) return refused('policy')
      return book({ roomId, span, title, pressId }, signal)
    },
    async extend({ source: { roomId } }, occurrence, { untilMs, title, pressId }, signal) {
      if (!book) return refused('unsupported')
      if (occurrence.endMs <= nowMs()) return refused('gone')
      const fromMs = occurrence.endMs
      const span = { fromMs, untilMs: wholeMinutes({ fromMs, untilMs }).untilMs }
      if (!(span.untilMs > fromMs)) return refused('policy')
      return book({ roomId, span, title, pressId, after: occurrence }, signal)
    },
    end: ({ source: { roomId } }, occurrence, reason, signal) => end(roomId, occurrence, reason, signal),
  }
}
