import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import { waitFor } from '../../async/waitFor.ts'
import type { Clock } from '../../ports/Clock.ts'
import { ProviderError } from '../ProviderError.ts'
import type { Occurrence } from '../RoomActions.ts'

/** What takes a room for a while. Made in each platform's `map.ts`, with what its writes need to know beside. */
export interface Taken {
  /** The id its meeting is read with. */
  readonly id: string
  readonly range: TimeRange
}

/** What stands in a room as it stands now, before and after a write. */
export interface RoomLedger<Key, Item extends Taken> {
  /** All that takes the room within `range`, or why that cannot be told; may tell more. Throws only the signal's reason. */
  read(room: Key, range: TimeRange, signal: AbortSignal): Promise<readonly Item[] | ProviderError>
  /**
   * The same once a write is under way: a caller who gives up finds the room unread.
   * @param isDone for a write that was answered: where the room does not show it yet, it is given time and read again
   */
  readBack(
    room: Key,
    range: TimeRange,
    signal: AbortSignal,
    isDone?: (items: readonly Item[]) => boolean,
  ): Promise<readonly Item[] | ProviderError>
}

/** What a ledger works with. */
export interface LedgerOptions<Key, Item extends Taken> {
  readonly clock: Clock
  readonly read: RoomLedger<Key, Item>['read']
  /** How a platform that may show its writes late is given time; none where it is absent. */
  readonly lag?: { readonly pauseMs: number; readonly looks: number }
}

/** See {@link RoomLedger}. */
export function createRoomLedger<Key, Item extends Taken>({
  clock,
  read,
  lag = { pauseMs: 0, looks: 0 },
}: LedgerOptions<Key, Item>): RoomLedger<Key, Item> {
  return {
    read,
    async readBack(room, range, signal, isDone = () => true) {
      try {
        let items = await read(room, range, signal)
        for (let looks = 0; looks < lag.looks; looks += 1) {
          if (items instanceof ProviderError || isDone(items)) break
          await waitFor(clock, lag.pauseMs, signal)
          items = await read(room, range, signal)
        }
        return items
      } catch (error) {
        if (!signal.aborted) throw error
        return new ProviderError('network', 'given up on before the calendar was read again')
      }
    },
  }
}

/** As the panel knows occurrences. */
export const occurrenceOf = ({ id, range }: Taken): Occurrence => ({
  meetingId: id,
  startMs: range.fromMs,
  endMs: range.untilMs,
})

/** Whether it is exactly this occurrence: not another one of its event, not the same one at another time. */
export const isOccurrence = ({ id, range }: Taken, { meetingId, startMs, endMs }: Occurrence): boolean =>
  id === meetingId && range.fromMs === startMs && range.untilMs === endMs
