import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'
import type { Clock } from '../../ports/Clock.ts'
import { raceAbort } from '../../async/raceAbort.ts'
import { ProviderError } from '../ProviderError.ts'
import type { Occurrence } from '../RoomActions.ts'
import type { BusyReader } from './createBusyReader.ts'
import { occurrenceId, spanOf, stateOf } from './map.ts'
import type { BusyItem } from './schema.ts'

/** What takes one room as it stands now, before and after a write. One counted call each time. */
export interface RoomCalendar {
  /** What takes the room on the days of `range`, or why it cannot be told. Throws only the signal's reason. */
  read(roomId: string, range: TimeRange, signal: AbortSignal): Promise<readonly BusyItem[] | ProviderError>
  /**
   * The same once a write is under way: a caller who gives up finds the calendar unread.
   * @param isDone for a write that was answered: where the calendar does not show it yet, it is given a moment and read
   * once more (whether it ever lags is open)
   */
  readBack(
    roomId: string,
    range: TimeRange,
    signal: AbortSignal,
    isDone?: (items: readonly BusyItem[]) => boolean,
  ): Promise<readonly BusyItem[] | ProviderError>
  /** An item as the panel knows occurrences. */
  occurrenceOf(item: BusyItem): Occurrence
  /** Whether it is exactly this occurrence: not the same one at another time. */
  isOccurrence(item: BusyItem, occurrence: Occurrence): boolean
  overlaps(item: BusyItem, span: TimeRange): boolean
}

const LAG_MS = 1500

const isTaking = (item: BusyItem): boolean => !['cancelled', 'declined'].includes(stateOf(item))

/** What a calendar works with. */
export interface CalendarDeps {
  readonly busy: BusyReader
  readonly clock: Clock
  readonly zone: Zone
  /** Whole days, as reads ask for them. */
  readonly daysOf: (range: TimeRange) => TimeRange
}

/** See {@link RoomCalendar}. */
export function createRoomCalendar({ busy, clock, zone, daysOf }: CalendarDeps): RoomCalendar {
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
    async readBack(roomId, range, signal, isDone = () => true) {
      try {
        const first = await read(roomId, range, signal)
        if (first instanceof ProviderError || isDone(first)) return first
        await raceAbort(new Promise<void>((resolve) => clock.schedule(LAG_MS, resolve)), signal)
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
