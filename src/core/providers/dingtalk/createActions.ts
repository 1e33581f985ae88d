import type { ActionCapabilities } from '../../../shared/domain/booking.ts'
import { createZone, dayRange } from '../../../shared/domain/zonedTime.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'
import type { DingtalkRoomSource } from '../../../shared/settings/schema.ts'
import type { Clock } from '../../ports/Clock.ts'
import type { Logger } from '../../ports/Logger.ts'
import type { RoomActions } from '../RoomActions.ts'
import { createPressMemory } from '../writes/createPressMemory.ts'
import { refused } from '../writes/refusal.ts'
import type { DingtalkClient } from './client.ts'
import { createBooker } from './createBooker.ts'
import type { Book, BookerDeps } from './createBooker.ts'
import { createChanger } from './createChanger.ts'
import type { Descriptions } from './createDescriptions.ts'
import { createEventMaker } from './createEventMaker.ts'
import { createLeftovers } from './createLeftovers.ts'
import { createOccurrenceFinder } from './createOccurrenceFinder.ts'
import type { RoomCalendar } from './createRoomCalendar.ts'
import { toMinutes } from './roomRules.ts'
import { VENDOR_ZONE } from './errors.ts'
import { isDayFull } from './writeErrors.ts'

const MOST_PRESSES = 200

/** What the writes work with. */
export interface ActionDeps {
  readonly client: DingtalkClient
  readonly calendar: RoomCalendar
  readonly descriptions: Descriptions
  readonly zone: Zone
  readonly clock: Clock
  readonly log: Logger
  /** The vendor's present, epoch milliseconds. */
  readonly nowMs: () => number
  /** Undefined where nobody was named to book for the door. */
  readonly bookerUnionId: string | undefined
}

/** DingTalk's writes, and which of them work for this account. */
export interface DingtalkActions {
  readonly actions: RoomActions<DingtalkRoomSource>
  capabilities(): ActionCapabilities
}

/** Counts the runs of each press that got as far as the platform. */
function createAttempts(): (pressId: string) => number {
  const attempts = new Map<string, number>()
  return (pressId) => {
    const attempt = (attempts.get(pressId) ?? 0) + 1
    attempts.delete(pressId)
    attempts.set(pressId, attempt)
    const [eldest] = attempts.keys()
    if (attempts.size > MOST_PRESSES && eldest !== undefined) attempts.delete(eldest)
    return attempt
  }
}

/** Books until the day is full; then no call is spent on it before the vendor's next day. */
function withinTheDay(
  deps: ActionDeps & { bookerUnionId: string },
  others: Pick<BookerDeps, 'leftovers' | 'makeEvent'>,
): Book {
  const vendorZone = createZone(VENDOR_ZONE)
  let fullUntilMs = -Infinity
  const book = createBooker({
    ...deps,
    ...others,
    timeZone: deps.zone.name,
    onRefusal: (error) => {
      if (isDayFull(error)) fullUntilMs = dayRange(vendorZone, deps.nowMs()).untilMs
    },
  })
  return async (order, signal) => (deps.nowMs() < fullUntilMs ? refused('dailyLimit') : book(order, signal))
}

function bookOf(deps: ActionDeps): Book | null {
  const { client, clock, log, bookerUnionId } = deps
  if (bookerUnionId === undefined) return null
  const leftovers = createLeftovers(client, clock, log)
  const makeEvent = createEventMaker({ client, clock, leftovers }, bookerUnionId)
  return withinTheDay({ ...deps, bookerUnionId }, { leftovers, makeEvent })
}

/** See {@link RoomActions}. Bookings are the service person's; everything else is done as the meeting's organiser. */
export function createActions(deps: ActionDeps): DingtalkActions {
  const { nowMs } = deps
  const presses = createPressMemory()
  const attemptOf = createAttempts()
  const book = bookOf(deps)
  const changer = createChanger({ ...deps, find: createOccurrenceFinder(deps) })

  const actions: RoomActions<DingtalkRoomSource> = {
    async book({ source: { roomId } }, { startMs, endMs, title, pressId }, signal) {
      if (!book) return refused('unsupported')
      const span = toMinutes({ fromMs: startMs, untilMs: endMs })
      if (!(startMs < endMs) || span.untilMs <= nowMs()) return refused('policy')
      return presses.once(pressId, () =>
        book({ roomId, span, title, pressId, attempt: attemptOf(pressId) }, signal),
      )
    },
    async extend({ source: { roomId } }, occurrence, { untilMs, pressId }, signal) {
      if (!changer.doRoomsFollow()) return refused('unsupported')
      if (occurrence.endMs <= nowMs()) return refused('gone')
      const span = toMinutes({ fromMs: occurrence.endMs, untilMs })
      if (!(untilMs > occurrence.endMs)) return refused('policy')
      return presses.once(pressId, () => changer.extend(roomId, occurrence, span.untilMs, signal))
    },
    async end({ source: { roomId } }, occurrence, reason, signal) {
      return changer.end(roomId, occurrence, reason, signal)
    },
  }
  return {
    actions,
    capabilities: () => ({
      canBook: book !== null,
      extend: changer.doRoomsFollow() ? 'any' : 'none',
      end: 'any',
      canRelease: true,
    }),
  }
}
