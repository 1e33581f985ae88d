import type { ActionRefusal } from '../../../shared/domain/action.ts'
import { ProviderError } from '../ProviderError.ts'
import type { Occurrence, WriteOutcome } from '../RoomActions.ts'
import { refused, refusedBy, unclear } from '../writes/refusal.ts'
import { sendOnce } from '../writes/sendOnce.ts'
import type { Sending } from '../writes/sendOnce.ts'
import type { WecomClient } from './client.ts'
import { occurrenceOf } from './createCalendar.ts'
import type { Calendar } from './createCalendar.ts'
import type { Directory } from './createDirectory.ts'
import { bookingRefusalOf, isAnswered } from './errors.ts'
import { GRID_MS } from './grid.ts'
import type { GridSpan } from './grid.ts'
import { isSamePerson } from './map.ts'
import type { Booking, OfficeRoom } from './schema.ts'

/** What a booker works with. */
export interface BookerDeps {
  readonly client: WecomClient
  readonly calendar: Calendar
  readonly officeRooms: Directory<number, OfficeRoom>
  readonly bookerUserId: string
}

/** One booking to make, its time on the grid. */
interface Order {
  readonly officeRoomId: number
  readonly span: GridSpan
  readonly title: string
  /** The meeting the booking goes on from: it must still be there. */
  readonly after?: Occurrence
  /** Whether the calendar before the write forbids it. */
  readonly check: (before: readonly Booking[]) => ActionRefusal | null
}

/** Books with `oa/meetingroom/book` (D:93620) and tells what the calendar says afterwards. */
export type Book = (order: Order, signal: AbortSignal) => Promise<WriteOutcome>

const overlaps = (booking: Booking, { startMs, endMs }: GridSpan): boolean =>
  booking.start_time * 1000 < endMs && startMs < booking.end_time * 1000

/** See {@link Book}. */
export function createBooker({ client, calendar, officeRooms, bookerUserId }: BookerDeps): Book {
  const needsApproval = (id: number): boolean => officeRooms.get(id)?.need_approval === 1

  const rangeOf = ({ span, after }: Order) => ({
    fromMs: after?.startMs ?? span.startMs,
    // The server's clock may move the begin by a step, past midnight too.
    untilMs: span.endMs + GRID_MS,
  })

  function send({ officeRoomId, span, title }: Order, signal: AbortSignal): Promise<Sending<string>> {
    const booking = {
      meetingroom_id: officeRoomId,
      subject: title,
      start_time: span.startMs / 1000,
      end_time: span.endMs / 1000,
      booker: bookerUserId,
    }
    return sendOnce((onSend) => client.book(booking, onSend, signal), isAnswered, signal)
  }

  /** The room stood free, the platform said no: its code for a room with approval is not documented. */
  async function reasonFor(id: number, error: ProviderError, signal: AbortSignal): Promise<ActionRefusal> {
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
    before: readonly Booking[],
    after: readonly Booking[],
  ): WriteOutcome | null {
    const known = new Set(before.map(({ id }) => id))
    const meeting = after.filter((one) => overlaps(one, order.span))
    const ours = meeting.find((one) => !known.has(one.id) && isSamePerson(one.booker, bookerUserId))
    if (ours) return { kind: 'done', occurrence: occurrenceOf(ours) }
    return meeting.length > 0 ? refusedBy(error, 'taken') : null
  }

  async function settle(
    order: Order,
    sending: Exclude<Sending<string>, { kind: 'unsent' }>,
    before: readonly Booking[],
    signal: AbortSignal,
  ): Promise<WriteOutcome> {
    const { officeRoomId } = order
    const after = await calendar.readBack(officeRoomId, rangeOf(order), signal)
    if (sending.kind === 'refused') {
      const { error } = sending
      if (signal.aborted || after instanceof ProviderError) return refusedBy(error, bookingRefusalOf(error))
      // Also after a refusal: sent twice by what lies between, the second is refused for the first.
      return (
        judgeSlot(order, error, before, after) ??
        refusedBy(error, await reasonFor(officeRoomId, error, signal))
      )
    }
    if (after instanceof ProviderError) return unclear(sending.kind === 'lost' ? sending.error : after)
    if (sending.kind === 'lost')
      return judgeSlot(order, sending.error, before, after) ?? unclear(sending.error)
    const made = after.find(({ id }) => id === sending.answer)
    if (made) return { kind: 'done', occurrence: occurrenceOf(made) }
    return unclear(new ProviderError('badResponse', 'oa/meetingroom/book: the calendar lacks the booking'))
  }

  return async (order, signal) => {
    const before = await calendar.read(order.officeRoomId, rangeOf(order), signal)
    if (before instanceof ProviderError) return refusedBy(before)
    if (needsApproval(order.officeRoomId)) return refused('approval')
    const refusal = order.check(before)
    if (refusal !== null) return refused(refusal)
    if (before.some((one) => overlaps(one, order.span))) return refused('taken')
    const sending = await send(order, signal)
    if (sending.kind === 'unsent') return refusedBy(sending.error)
    return settle(order, sending, before, signal)
  }
}
