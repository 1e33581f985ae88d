import { MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { FeishuRoomSource } from '../../../shared/settings/schema.ts'
import type { RoomActions } from '../RoomActions.ts'
import { createPressMemory } from '../writes/createPressMemory.ts'
import { refused } from '../writes/refusal.ts'
import { createBooker } from './createBooker.ts'
import type { BookerDeps } from './createBooker.ts'
import { createEnder } from './createEnder.ts'
import { isOccurrence } from './createRoomTimes.ts'
import type { Span } from './roomRules.ts'

/** What the writes work with. */
export type ActionDeps = Omit<BookerDeps, 'bookerOpenId'> & {
  /** Undefined where nobody was named as the contact of the door's bookings. */
  readonly bookerOpenId: string | undefined
}

/** Clients tell times in whole minutes: the begin goes down, the end up. */
const onMinutes = ({ startMs, endMs }: Span): Span => ({
  startMs: Math.floor(Math.round(startMs) / MINUTE_MS) * MINUTE_MS,
  endMs: Math.ceil(Math.round(endMs) / MINUTE_MS) * MINUTE_MS,
})

/**
 * See {@link RoomActions}. A meeting is extended by booking the time behind it, our own as well: a room that cannot
 * follow a moved end is lost to the whole meeting, with code 0.
 */
export function createActions(deps: ActionDeps): RoomActions<FeishuRoomSource> {
  const { bookerOpenId, nowMs } = deps
  const presses = createPressMemory()
  const end = createEnder(deps)
  const book = bookerOpenId === undefined ? null : createBooker({ ...deps, bookerOpenId })

  return {
    async book({ source: { roomId } }, { startMs, endMs, title, pressId }, signal) {
      if (!book) return refused('unsupported')
      const span = onMinutes({ startMs, endMs })
      if (!(span.endMs > Math.max(span.startMs, nowMs()))) return refused('policy')
      return presses.once(pressId, () => book({ roomId, span, title, pressId, check: () => null }, signal))
    },
    async extend({ source: { roomId } }, occurrence, { untilMs, title, pressId }, signal) {
      if (!book) return refused('unsupported')
      if (occurrence.endMs <= nowMs()) return refused('gone')
      const span = { startMs: occurrence.endMs, endMs: onMinutes({ startMs: untilMs, endMs: untilMs }).endMs }
      if (!(span.endMs > span.startMs)) return refused('policy')
      return presses.once(pressId, () =>
        book(
          {
            roomId,
            span,
            title,
            pressId,
            after: occurrence,
            check: (before) => (before.some((item) => isOccurrence(item, occurrence)) ? null : 'gone'),
          },
          signal,
        ),
      )
    },
    end: ({ source: { roomId } }, occurrence, reason, signal) => end(roomId, occurrence, reason, signal),
  }
}
