import type { ActionRefusal } from '../../../shared/domain/action.ts'
import { overlaps } from '../../../shared/domain/timeRange.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import { ProviderError } from '../ProviderError.ts'
import type { Occurrence, WriteOutcome } from '../RoomActions.ts'
import { isOccurrence, occurrenceOf } from '../writes/createRoomLedger.ts'
import { refused, refusedBy, unclear } from '../writes/refusal.ts'
import { sendOnce } from '../writes/sendOnce.ts'
import type { Sending } from '../writes/sendOnce.ts'
import type { WecomClient } from './client.ts'
import type { Catalogue } from './createCatalogue.ts'
import type { Ledger } from './createLedger.ts'
import { bookingRefusalOf, isAnswered } from './errors.ts'
import { GRID_MS } from './grid.ts'
import { isSamePerson } from './map.ts'
import type { TakenBooking } from './map.ts'
import { newBookingOf } from './requests.ts'
import type { OfficeRoom } from './schema.ts'

/** What a booker works with. */
export interface BookerDeps {
  readonly client: WecomClient
  readonly ledger: Ledger
  readonly officeRooms: Catalogue<number, OfficeRoom>
  readonly bookerUserId: string
}

/** One booking to make, its time on the grid. */
interface Order {
  readonly officeRoomId: number
  readonly span: TimeRange
  readonly title: string
  /** The meeting the booking goes on from: it must still be there. */
  readonly after?: Occurrence
}

/** Books with `oa/meetingroom/book` (D:93620) and tells what the calendar says afterwards. */
export type Book = (order: Order, signal: AbortSignal) => Promise<WriteOutcome>

/** See {@link Book}. */
export function createBooker({ client, ledger, officeRooms, bookerUserId }: BookerDeps): Book {
  const needsApproval = (id: number): boolean => officeRooms.get(id)?.need_approval === 1

  const rangeToRead = ({ span, after }: Order): TimeRange => ({
    fromMs: after?.startMs ?? span.fromMs,
    // The server's clock may move the begin by a step, past midnight too.
    untilMs: span.untilMs + GRID_MS,
  })

  function send({ officeRoomId, span, title }: Order, signal: AbortSignal): Promise<Sending<string>> {
    const booking = newBookingOf(officeRoomId, span, title, bookerUserId)
    return sendOnce((onSend) => client.book(booking, onSend, signal), isAnswered, signal)
  }

  /** The room stood free, the platform said no: its code for a room with approval is not documented. */
  async function learnReason(id: number, error: ProviderError, signal: AbortSignal): Promise<ActionRefusal> {
    const told = bookingRefusalOf(error)
    if (told !== 'failed') return told
    try {
      officeRooms.take(await client.listOfficeRooms(signal))
    } catch {
      // The refusal stands without its reason.
    }
    return needsApproval(id) ? 'approval' : told
  }

  /**
   * The calendar's word on a slot whose booking was refused, or whose answer got lost. A booking in our name that was not
   * there before can only be this one; somebody else's proves that ours was or will be refused; null where the slot is
   * empty, which proves nothing while a request may still be under way.
   */
  function judgeSlot(
    order: Order,
    error: ProviderError,
    before: readonly TakenBooking[],
    after: readonly TakenBooking[],
  ): WriteOutcome | null {
    const known = new Set(before.map(({ bookingId }) => bookingId))
    const there = after.filter(({ range }) => overlaps(range, order.span))
    const ours = there.find((one) => !known.has(one.bookingId) && isSamePerson(one.booker, bookerUserId))
    if (ours) return { kind: 'done', occurrence: occurrenceOf(ours) }
    return there.length > 0 ? refusedBy(error, 'taken') : null
  }

  async function settle(
    order: Order,
    sending: Exclude<Sending<string>, { kind: 'unsent' }>,
    before: readonly TakenBooking[],
    signal: AbortSignal,
  ): Promise<WriteOutcome> {
    const { officeRoomId } = order
    const after = await ledger.readBack(officeRoomId, rangeToRead(order), signal)
    if (sending.kind === 'refused') {
      const { error } = sending
      if (signal.aborted || after instanceof ProviderError) return refusedBy(error, bookingRefusalOf(error))
      // Also after a refusal: sent twice by what lies between, the second is refused for the first.
      return (
        judgeSlot(order, error, before, after) ??
        refusedBy(error, await learnReason(officeRoomId, error, signal))
      )
    }
    if (after instanceof ProviderError) return unclear(sending.kind === 'lost' ? sending.error : after)
    if (sending.kind === 'lost')
      return judgeSlot(order, sending.error, before, after) ?? unclear(sending.error)
    const made = after.find(({ bookingId }) => bookingId === sending.answer)
    if (made) return { kind: 'done', occurrence: occurrenceOf(made) }
    return unclear(new ProviderError('badResponse', 'oa/meetingroom/book: the calendar lacks the booking'))
  }

  return async (order, signal) => {
    const { officeRoomId, span, after } = order
    const before = await ledger.read(officeRoomId, rangeToRead(order), signal)
    if (before instanceof ProviderError) return refusedBy(before)
    if (needsApproval(officeRoomId)) return refused('approval')
    if (after && !before.some((one) => isOccurrence(one, after))) return refused('gone')
    if (before.some(({ range }) => overlaps(range, span))) return refused('taken')
    const sending = await send(order, signal)
    if (sending.kind === 'unsent') return refusedBy(sending.error)
    return settle(order, sending, before, signal)
  }
}
