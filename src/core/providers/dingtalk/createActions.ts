import type { ActionCapabilities } from '../../../shared/domain/booking.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'
import type { DingtalkRoomSource } from '../../../shared/settings/schema.ts'
import type { Clock } from '../../ports/Clock.ts'
import type { Logger } from '../../ports/Logger.ts'
import type { RoomActions } from '../RoomActions.ts'
import { createLeftovers } from '../writes/createLeftovers.ts'
import { refused } from '../writes/refusal.ts'
import { wholeMinutes } from '../writes/wholeMinutes.ts'
import type { DingtalkClient } from './client.ts'
import { createBooker } from './createBooker.ts'
import type { Book } from './createBooker.ts'
import { createChanger } from './createChanger.ts'
import type { Catalogue } from './createCatalogue.ts'
import { createEventMaker } from './createEventMaker.ts'
import { createOccurrenceFinder } from './createOccurrenceFinder.ts'
import type { Ledger } from './createLedger.ts'
import type { EventKey } from './writeCalls.ts'

/** What the writes work with. */
export interface ActionDeps {
  readonly client: DingtalkClient
  readonly ledger: Ledger
  readonly catalogue: Catalogue
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

function bookOf(deps: ActionDeps): Book | null {
  const { client, clock, log, bookerUnionId } = deps
  if (bookerUnionId === undefined) return null
  const leftovers = createLeftovers<EventKey>({
    log,
    remove: (event, signal) => client.deleteEvent(event, signal),
    async holdsRoom({ unionId, eventId }, roomId, signal) {
      const { meetingRooms } = await client.getEvent(unionId, eventId, signal)
      return (meetingRooms ?? []).some((room) => room.roomId === roomId && room.responseStatus !== 'declined')
    },
    isGone: ({ kind }) => kind === 'notFound',
  })
  const makeEvent = createEventMaker({ client, clock, leftovers }, bookerUnionId)
  return createBooker({ ...deps, bookerUnionId, leftovers, makeEvent, timeZone: deps.zone.name })
}

/** See {@link RoomActions}. Bookings are the service person's; everything else is done as the meeting's organiser. */
export function createActions(deps: ActionDeps): DingtalkActions {
  const { nowMs } = deps
  const book = bookOf(deps)
  const changer = createChanger({ ...deps, find: createOccurrenceFinder(deps) })

  const actions: RoomActions<DingtalkRoomSource> = {
    async book({ source: { roomId } }, { startMs, endMs, title, pressId }, signal) {
      if (!book) return refused('unsupported')
      const span = wholeMinutes({ fromMs: startMs, untilMs: endMs })
      if (!(startMs < endMs) || span.untilMs <= nowMs()) return refused('policy')
      return book({ roomId, span, title, pressId }, signal)
    },
    async extend({ source: { roomId } }, occurrence, { untilMs }, signal) {
      if (!changer.doRoomsFollow()) return refused('unsupported')
      if (occurrence.endMs <= nowMs()) return refused('gone')
      if (!(untilMs > occurrence.endMs)) return refused('policy')
      const added = wholeMinutes({ fromMs: occurrence.endMs, untilMs })
      return changer.extend(roomId, occurrence, added.untilMs, signal)
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
