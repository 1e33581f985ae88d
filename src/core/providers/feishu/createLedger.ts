import { overlaps } from '../../../shared/domain/timeRange.ts'
import type { Clock } from '../../ports/Clock.ts'
import { ProviderError } from '../ProviderError.ts'
import { createRoomLedger } from '../writes/createRoomLedger.ts'
import type { RoomLedger } from '../writes/createRoomLedger.ts'
import type { BusyReader } from './createBusyReader.ts'
import type { Catalogue } from './createCatalogue.ts'
import { takenOf } from './map.ts'
import type { TakenTime } from './map.ts'

/** What stands in a room, by its room_id. Ranges are at most 29 days. */
export type Ledger = RoomLedger<string, TakenTime>

/** Busy times may lag behind a room's yes, or behind a release, by a moment. */
const LAG = { pauseMs: 1000, looks: 2 }

/** See {@link Ledger}. */
export function createLedger(clock: Clock, busy: BusyReader, catalogue: Catalogue): Ledger {
  /** A free room may be left out of the answer: then the platform must say that it knows it. */
  async function readAbsent(
    roomId: string,
    signal: AbortSignal,
  ): Promise<readonly TakenTime[] | ProviderError> {
    try {
      if ((await catalogue.prove([roomId], signal)).has(roomId)) return []
      return new ProviderError('notFound', 'meeting_room/freebusy/batch_get: the answer leaves the room out')
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof ProviderError) return error
      throw error
    }
  }

  return createRoomLedger({
    clock,
    lag: LAG,
    async read(roomId, range, signal) {
      const reading = (await busy.read([roomId], range, signal)).get(roomId)
      if (reading?.kind === 'absent') return readAbsent(roomId, signal)
      if (reading?.kind !== 'read')
        return reading?.error ?? new ProviderError('badResponse', 'the room was not asked for')
      const { horizon, items } = reading
      // Told in whole seconds; what lies beyond was not looked at.
      const isCovered = horizon.fromMs <= range.fromMs && horizon.untilMs > range.untilMs - 1000
      if (!isCovered) return new ProviderError('badResponse', 'the busy times cover less than was asked for')
      return items.map(takenOf).filter((one) => overlaps(one.range, range))
    },
  })
}
