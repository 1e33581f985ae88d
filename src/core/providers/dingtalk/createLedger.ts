import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'
import type { Clock } from '../../ports/Clock.ts'
import { ProviderError } from '../ProviderError.ts'
import { createRoomLedger } from '../writes/createRoomLedger.ts'
import type { RoomLedger } from '../writes/createRoomLedger.ts'
import type { BusyReader } from './createBusyReader.ts'
import { takenOf } from './map.ts'
import type { TakenItem } from './map.ts'

/** What stands in a room, by its roomId. One counted call each time. */
export type Ledger = RoomLedger<string, TakenItem>

/** Whether the busy query ever lags behind a write is open. */
const LAG = { pauseMs: 1500, looks: 1 }

/** What a ledger works with. */
export interface LedgerDeps {
  readonly busy: BusyReader
  readonly clock: Clock
  readonly zone: Zone
  /** Whole days, as reads ask for them. */
  readonly daysOf: (range: TimeRange) => TimeRange
}

/** See {@link Ledger}. */
export const createLedger = ({ busy, clock, zone, daysOf }: LedgerDeps): Ledger =>
  createRoomLedger({
    clock,
    lag: LAG,
    async read(roomId, range, signal) {
      signal.throwIfAborted()
      const answer = (await busy.read([roomId], daysOf(range), signal)).get(roomId)
      if (answer?.kind !== 'read')
        return answer?.error ?? new ProviderError('notFound', 'the room is set apart')
      return answer.items
        .map((item) => takenOf(item, zone))
        .filter(({ state }) => state !== 'cancelled' && state !== 'declined')
    },
  })
