import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import { ProviderError } from '../ProviderError.ts'
import type { Occurrence } from '../RoomActions.ts'
import type { OfficeReader } from './createOfficeReader.ts'
import type { DaysToRead } from './days.ts'
import { isTaking, meetingIdOf } from './map.ts'
import type { Booking } from './schema.ts'

/** The bookings of one office room as they stand now, before and after a write. */
export interface Calendar {
  /** What takes the room on the days of `range`, or why it cannot be told. Throws only the signal's reason. */
  read(
    officeRoomId: number,
    range: TimeRange,
    signal: AbortSignal,
  ): Promise<readonly Booking[] | ProviderError>
  /** The same once a write is under way: a caller who gives up finds the calendar unread. */
  readBack(
    officeRoomId: number,
    range: TimeRange,
    signal: AbortSignal,
  ): Promise<readonly Booking[] | ProviderError>
}

/** @param daysOf whole days, as reads ask for them */
export function createCalendar(office: OfficeReader, daysOf: (range: TimeRange) => DaysToRead): Calendar {
  const read: Calendar['read'] = async (officeRoomId, range, signal) => {
    const { needed } = daysOf(range)
    const reading = (await office.read([officeRoomId], { needed, welcome: [] }, signal)).get(officeRoomId)
    if (reading?.kind === 'read') return reading.bookings.filter(isTaking)
    return reading?.error ?? new ProviderError('badResponse', 'the room was not asked for')
  }
  return {
    read,
    async readBack(officeRoomId, range, signal) {
      try {
        return await read(officeRoomId, range, signal)
      } catch (error) {
        if (!signal.aborted) throw error
        return new ProviderError('network', 'given up on before the calendar was read again')
      }
    },
  }
}

/** A booking as the panel knows occurrences. */
export const occurrenceOf = (booking: Booking): Occurrence => ({
  meetingId: meetingIdOf(booking),
  startMs: booking.start_time * 1000,
  endMs: booking.end_time * 1000,
})

/** Whether it is exactly this occurrence: not another one of its id, not the same one at another time. */
export function isOccurrence(booking: Booking, occurrence: Occurrence): boolean {
  const { meetingId, startMs, endMs } = occurrenceOf(booking)
  return meetingId === occurrence.meetingId && startMs === occurrence.startMs && endMs === occurrence.endMs
}
