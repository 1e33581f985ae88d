import { overlaps, rangeOf } from '../../../shared/domain/timeRange.ts'
import { ProviderError } from '../ProviderError.ts'
import type { Occurrence, WriteOutcome } from '../RoomActions.ts'
import { isOccurrence } from '../writes/createRoomLedger.ts'
import { refused, refusedBy, unclear } from '../writes/refusal.ts'
import { sendOnce } from '../writes/sendOnce.ts'
import type { Sending } from '../writes/sendOnce.ts'
import type { WecomClient } from './client.ts'
import type { Ledger } from './createLedger.ts'
import type { Midnights } from './days.ts'
import { asUnknownRoom, cancelRefusalOf, isAnswered } from './errors.ts'
import { bookingIdOf, isTaking, takenOf } from './map.ts'
import { cancellationOf } from './requests.ts'
import type { BookingDetail } from './schema.ts'

/** What an ender works with. */
export interface EnderDeps {
  readonly client: WecomClient
  readonly ledger: Ledger
  readonly midnights: Midnights
  readonly nowMs: () => number
  /** Told what the platform said to giving back a booking of this person. */
  readonly onVerdict: (booker: string, isAllowed: boolean) => void
}

/** Gives a booking back with `oa/meetingroom/cancel_book` (D:93620): the platform cannot shorten one. */
export type End = (officeRoomId: number, occurrence: Occurrence, signal: AbortSignal) => Promise<WriteOutcome>

/** A refusal nobody can explain, of one day of a series: most likely the platform wants the series' id for it. */
const asSeries = (outcome: WriteOutcome): WriteOutcome =>
  outcome.kind === 'refused' && outcome.reason === 'failed' ? { ...outcome, reason: 'series' } : outcome

/** See {@link End}. */
export function createEnder({ client, ledger, midnights, nowMs, onVerdict }: EnderDeps): End {
  /** Exactly the asked occurrence, as the platform tells it right now; else why not. */
  async function find(
    officeRoomId: number,
    occurrence: Occurrence,
    signal: AbortSignal,
  ): Promise<BookingDetail | WriteOutcome> {
    try {
      const found = await client.getBooking(officeRoomId, bookingIdOf(occurrence.meetingId), signal)
      const isThere =
        isTaking(found) && isOccurrence(takenOf(found), occurrence) && occurrence.endMs > nowMs()
      return isThere ? found : refused('gone')
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      const isUnknownId = asUnknownRoom(error).kind === 'notFound'
      return isUnknownId ? refusedBy(error, 'gone') : refusedBy(error)
    }
  }

  async function settle(
    officeRoomId: number,
    occurrence: Occurrence,
    bookingId: string,
    sending: Exclude<Sending<void>, { kind: 'unsent' }>,
    signal: AbortSignal,
  ): Promise<WriteOutcome> {
    const whole = rangeOf(occurrence)
    const after = await ledger.readBack(officeRoomId, whole, signal)
    const isRead = !(after instanceof ProviderError)
    // Longer or shorter than it was, it still is not given back.
    const isGone = isRead && !after.some((one) => one.bookingId === bookingId && overlaps(one.range, whole))
    // It stood there right before. Refused or lost, ours or somebody else's doing: the room is given back either way.
    if (isGone) return { kind: 'done', occurrence: null }
    if (sending.kind === 'refused') return refusedBy(sending.error, cancelRefusalOf(sending.error))
    if (sending.kind === 'lost') return unclear(sending.error)
    if (!isRead) return unclear(after)
    return unclear(new ProviderError('badResponse', 'oa/meetingroom/cancel_book: the booking is still there'))
  }

  return async (officeRoomId, occurrence, signal) => {
    const found = await find(officeRoomId, occurrence, signal)
    if ('kind' in found) return found
    const cancellation = cancellationOf(found, midnights)
    if (!cancellation) return refused('series')
    const sending = await sendOnce(
      (onSend) => client.cancelBook(cancellation, onSend, signal),
      isAnswered,
      signal,
    )
    if (sending.kind === 'unsent') return refusedBy(sending.error)
    const settled = await settle(officeRoomId, occurrence, found.id, sending, signal)
    const outcome = cancellation.cancel_date === undefined ? settled : asSeries(settled)
    if (outcome.kind === 'done') onVerdict(found.booker, true)
    if (outcome.kind === 'refused' && outcome.reason === 'notOwn') onVerdict(found.booker, false)
    return outcome
  }
}
