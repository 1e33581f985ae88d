import { ProviderError } from '../ProviderError.ts'
import type { Occurrence, WriteOutcome } from '../RoomActions.ts'
import { refused, refusedBy, unclear } from '../writes/refusal.ts'
import { sendOnce } from '../writes/sendOnce.ts'
import type { Sending } from '../writes/sendOnce.ts'
import type { WecomClient } from './client.ts'
import type { Cancellation } from './requests.ts'
import { isOccurrence } from './createCalendar.ts'
import type { Calendar } from './createCalendar.ts'
import type { Midnights } from './days.ts'
import { asUnknownRoom, cancelRefusalOf, isAnswered } from './errors.ts'
import { isTaking } from './map.ts'
import type { Booking, BookingDetail } from './schema.ts'

/** What an ender works with. */
export interface EnderDeps {
  readonly client: WecomClient
  readonly calendar: Calendar
  readonly midnights: Midnights
  readonly nowMs: () => number
  /** Told what the platform said to giving back a booking of this person. */
  readonly onVerdict: (booker: string, isAllowed: boolean) => void
}

/** Gives a booking back with `oa/meetingroom/cancel_book` (D:93620): the platform cannot shorten one. */
export type End = (officeRoomId: number, occurrence: Occurrence, signal: AbortSignal) => Promise<WriteOutcome>

/** The platform's id in a meeting's, which `meetingIdOf` made. */
const bookingIdOf = ({ meetingId }: Occurrence): string => meetingId.replace(/@\d+$/, '')

/** A refusal nobody can explain, of one day of a series: most likely the platform wants the series' id for it. */
const asSeries = (outcome: WriteOutcome): WriteOutcome =>
  outcome.kind === 'refused' && outcome.reason === 'failed' ? { ...outcome, reason: 'series' } : outcome

const isMeeting = (booking: Booking, { startMs, endMs }: Occurrence): boolean =>
  booking.start_time * 1000 < endMs && startMs < booking.end_time * 1000

/** See {@link End}. */
export function createEnder({ client, calendar, midnights, nowMs, onVerdict }: EnderDeps): End {
  const wholeOf = ({ startMs, endMs }: Occurrence) => ({ fromMs: startMs, untilMs: endMs })

  /** Exactly the asked occurrence, as the platform tells it right now; else why not. */
  async function find(
    officeRoomId: number,
    occurrence: Occurrence,
    signal: AbortSignal,
  ): Promise<BookingDetail | WriteOutcome> {
    try {
      const found = await client.getBooking(officeRoomId, bookingIdOf(occurrence), signal)
      const isThere = isTaking(found) && isOccurrence(found, occurrence) && occurrence.endMs > nowMs()
      return isThere ? found : refused('gone')
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      const isUnknownId = asUnknownRoom(error).kind === 'notFound'
      return isUnknownId ? refusedBy(error, 'gone') : refusedBy(error)
    }
  }

  /**
   * Without `cancel_date` a whole series would go, with it one day of it. Sent with the occurrence's own id: should the
   * platform want the series' id, it can only refuse, or cancel what the id names. Null where even that is not certain.
   */
  function cancellationOf(found: BookingDetail): Cancellation | null {
    // Servers of before 2023-11 do not tell what is a series.
    if (found.booking_id === undefined) return null
    const single: Cancellation = { booking_id: found.id, keep_schedule: 1 }
    if (!found.master_booking_id) return single
    const startMs = found.start_time * 1000
    const dayMs = midnights.vendor.startOfDay(startMs)
    // Nobody wrote down whose midnight it is: where they differ the date might name another occurrence.
    return dayMs === midnights.local.startOfDay(startMs) ? { ...single, cancel_date: dayMs / 1000 } : null
  }

  async function settle(
    officeRoomId: number,
    occurrence: Occurrence,
    bookingId: string,
    sending: Exclude<Sending<void>, { kind: 'unsent' }>,
    signal: AbortSignal,
  ): Promise<WriteOutcome> {
    const after = await calendar.readBack(officeRoomId, wholeOf(occurrence), signal)
    const isRead = !(after instanceof ProviderError)
    // Longer or shorter than it was, it still is not given back.
    const isGone = isRead && !after.some((one) => one.id === bookingId && isMeeting(one, occurrence))
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
    const cancellation = cancellationOf(found)
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
