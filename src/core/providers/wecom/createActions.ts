import { noActions } from '../../../shared/domain/booking.ts'
import type { ActionCapabilities } from '../../../shared/domain/booking.ts'
import type { WecomRoomSource } from '../../../shared/settings/schema.ts'
import type { RoomActions } from '../RoomActions.ts'
import { refused } from '../writes/refusal.ts'
import type { WecomClient } from './client.ts'
import { createBooker } from './createBooker.ts'
import type { Book } from './createBooker.ts'
import type { Catalogue } from './createCatalogue.ts'
import { createEnder } from './createEnder.ts'
import type { Ledger } from './createLedger.ts'
import type { Midnights } from './days.ts'
import { timeToBook } from './grid.ts'
import { isSamePerson } from './map.ts'
import type { OfficeRoom } from './schema.ts'

/** What the writes work with. */
export interface ActionDeps {
  readonly client: WecomClient
  readonly ledger: Ledger
  readonly officeRooms: Catalogue<number, OfficeRoom>
  readonly midnights: Midnights
  /** The vendor's present, epoch milliseconds. */
  readonly nowMs: () => number
  /** Undefined where nobody was named to book for the door. */
  readonly bookerUserId: string | undefined
}

/** WeCom's writes, and which of them work for this account. */
export interface WecomActions {
  readonly actions: RoomActions<WecomRoomSource>
  capabilities(): ActionCapabilities
}

/**
 * Whether an app may give back what people booked in the client is not documented: it is tried, and not offered any
 * more once the platform said no and never yes.
 */
function createReach(bookerUserId: string | undefined) {
  let others: 'untried' | 'allowed' | 'refused' = 'untried'
  return {
    get: () => (others === 'refused' ? ('own' as const) : ('any' as const)),
    note: (booker: string, isAllowed: boolean): void => {
      if (bookerUserId !== undefined && isSamePerson(booker, bookerUserId)) return
      if (isAllowed) others = 'allowed'
      else if (others === 'untried') others = 'refused'
    },
  }
}

/** See {@link RoomActions}. Only office rooms can be booked (D:93620); Rooms hardware alone answers `unsupported`. */
export function createActions(deps: ActionDeps): WecomActions {
  const { nowMs, bookerUserId } = deps
  const reach = createReach(bookerUserId)
  const end = createEnder({ ...deps, onVerdict: reach.note })
  const book: Book | null = bookerUserId === undefined ? null : createBooker({ ...deps, bookerUserId })

  const actions: RoomActions<WecomRoomSource> = {
    async book({ source: { officeRoomId } }, { startMs, endMs, title }, signal) {
      if (officeRoomId === undefined || !book) return refused('unsupported')
      const span = timeToBook({ fromMs: startMs, untilMs: endMs }, nowMs())
      return span ? book({ officeRoomId, span, title }, signal) : refused('policy')
    },
    async extend({ source: { officeRoomId } }, occurrence, { untilMs, title }, signal) {
      if (officeRoomId === undefined || !book) return refused('unsupported')
      if (occurrence.endMs <= nowMs()) return refused('gone')
      const wanted = { fromMs: occurrence.endMs, untilMs }
      const span = timeToBook(wanted, nowMs())
      if (span?.fromMs !== wanted.fromMs || span.untilMs !== wanted.untilMs) return refused('policy')
      return book({ officeRoomId, span, title, after: occurrence }, signal)
    },
    async end({ source: { officeRoomId } }, occurrence, _reason, signal) {
      return officeRoomId === undefined ? refused('unsupported') : end(officeRoomId, occurrence, signal)
    },
  }
  return {
    actions,
    capabilities: () => ({
      ...noActions,
      canBook: book !== null,
      // What is booked behind a meeting is the door's own, whoever the meeting belongs to.
      extend: book === null ? 'none' : 'any',
      end: reach.get(),
      // The door's own bookings are never released.
      canRelease: reach.get() === 'any',
    }),
  }
}
