import type { TimeRange } from '../../../shared/domain/meeting.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'
import { ProviderError } from '../ProviderError.ts'
import type { Occurrence } from '../RoomActions.ts'
import type { BusyReader } from './createBusyReader.ts'
import { occurrenceId, spanOf, stateOf } from './map.ts'
import type { BusyItem } from './schema.ts'

/** What takes one room as it stands now, before and after a write. One counted call each time. */
export interface RoomCalendar {
  /** What takes the room on the days of `range`, or why it cannot be told. Throws only the signal's reason. */
  read(roomId: string, range: TimeRange, signal: AbortSignal): Promise<readonly BusyItem[] | ProviderError>
  /** The same once a write is under way: a caller who gives up finds the calendar unread. */
  readBack(
    roomId: string,
    range: TimeRange,
    signal: AbortSignal,
  ): Promise<readonly BusyItem[] | ProviderError>
  /** An item as the panel knows occurrences. */
  occurrenceOf(item: BusyItem): Occurrence
  /** Whether it is exactly this occurrence: not the same one at another time. */
  isOccurrence(item: BusyItem, occurrence: Occurrence): boolean
  overlaps(item: BusyItem, span: TimeRange): boolean
}

const isTaking = (item: BusyItem): boolean => !['cancelled', 'declined'].includes(stateOf(item))

/** @param daysOf whole days, as reads ask for them */
export function createRoomCalendar(
  busy: BusyReader,
  daysOf: (range: TimeRange) => TimeRange,
  zone: Zone,
): RoomCalendar {
  const read: RoomCalendar['read'] = async (roomId, range, signal) => {
    signal.throwIfAborted()
    const answer = (await busy.read([roomId], daysOf(range), signal)).get(roomId)
    if (answer?.kind === 'read') return answer.items.filter(isTaking)
    return answer?.error ?? new ProviderError('notFound', 'the room is set apart')
  }
  const occurrenceOf: RoomCalendar['occurrenceOf'] = (item) => {
    const { fromMs, untilMs } = spanOf(item, zone).range
    return { meetingId: occurrenceId(item), startMs: fromMs, endMs: untilMs }
  }
  return {
    read,
    occurrenceOf,
    async readBack(roomId, range, signal) {
      try {
        return await read(roomId, range, signal)
      } catch (error) {
        if (!signal.aborted) throw error
        return new ProviderError('network', 'given up on before the calendar was read again')
      }
    },
    isOccurrence(item, { meetingId, startMs, endMs }) {
      const one = occurrenceOf(item)
      return one.meetingId === meetingId && one.startMs === startMs && one.endMs === endMs
    },
    overlaps(item, { fromMs, untilMs }) {
      const { range } = spanOf(item, zone)
      return range.fromMs < untilMs && fromMs < range.untilMs
    },
  }
}
