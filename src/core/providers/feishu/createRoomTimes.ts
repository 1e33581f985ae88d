import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import { ProviderError } from '../ProviderError.ts'
import type { Occurrence } from '../RoomActions.ts'
import type { BusyReader } from './createBusyReader.ts'
import type { Catalogue } from './createCatalogue.ts'
import type { EventKey } from './client.ts'
import type { BusyItem } from './schema.ts'

/** The busy times of one room as they stand now, before and after a write. */
export interface RoomTimes {
  /**
   * What takes the room within `range`, or why that cannot be told. Throws only the signal's reason.
   * @param range at most 29 days
   */
  read(roomId: string, range: TimeRange, signal: AbortSignal): Promise<readonly BusyItem[] | ProviderError>
  /** The same once a write is under way: a caller who gives up finds the times unread. */
  readBack(
    roomId: string,
    range: TimeRange,
    signal: AbortSignal,
  ): Promise<readonly BusyItem[] | ProviderError>
}

/** See {@link RoomTimes}. */
export function createRoomTimes(busy: BusyReader, catalogue: Catalogue): RoomTimes {
  /** A free room may be left out of the answer: then the platform must say that it knows it. */
  async function readAbsent(
    roomId: string,
    signal: AbortSignal,
  ): Promise<readonly BusyItem[] | ProviderError> {
    try {
      if ((await catalogue.prove([roomId], signal)).has(roomId)) return []
      return new ProviderError('notFound', 'meeting_room/freebusy/batch_get: the answer leaves the room out')
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof ProviderError) return error
      throw error
    }
  }

  const read: RoomTimes['read'] = async (roomId, range, signal) => {
    const reading = (await busy.read([roomId], range, signal)).get(roomId)
    if (reading?.kind === 'absent') return readAbsent(roomId, signal)
    if (reading?.kind !== 'read') return reading?.error ?? missing()
    const { horizon, items } = reading
    // Told in whole seconds; what lies beyond was not looked at.
    const isCovered = horizon.fromMs <= range.fromMs && horizon.untilMs > range.untilMs - 1000
    if (!isCovered) return new ProviderError('badResponse', 'the busy times cover less than was asked for')
    return items.filter((item) => item.end_time > range.fromMs && item.start_time < range.untilMs)
  }

  return {
    read,
    async readBack(roomId, range, signal) {
      try {
        return await read(roomId, range, signal)
      } catch (error) {
        if (!signal.aborted) throw error
        return new ProviderError('network', 'given up on before the calendar was read again')
      }
    },
  }
}

const missing = (): ProviderError => new ProviderError('badResponse', 'the room was not asked for')

/** A busy time as the panel knows occurrences. */
export const occurrenceOf = (item: BusyItem): Occurrence => ({
  meetingId: `${item.uid}_${item.original_time ?? 0}@${item.start_time / 1000}`,
  startMs: item.start_time,
  endMs: item.end_time,
})

/** The event behind an occurrence; null for what only the reservation list told of. */
export function eventOf({ meetingId }: Occurrence): EventKey | null {
  const [, uid, originalTime] = /^(.+)_(\d{1,11})@\d+$/.exec(meetingId) ?? []
  return uid === undefined ? null : { uid, original_time: Number(originalTime) }
}

/** Whether it is exactly this occurrence: not another one of its event, not the same one at another time. */
export function isOccurrence(item: BusyItem, occurrence: Occurrence): boolean {
  const { meetingId, startMs, endMs } = occurrenceOf(item)
  return meetingId === occurrence.meetingId && startMs === occurrence.startMs && endMs === occurrence.endMs
}

export const overlaps = (item: BusyItem, { startMs, endMs }: { startMs: number; endMs: number }): boolean =>
  item.start_time < endMs && startMs < item.end_time
