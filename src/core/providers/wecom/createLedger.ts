import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { Clock } from '../../ports/Clock.ts'
import { ProviderError } from '../ProviderError.ts'
import { createRoomLedger } from '../writes/createRoomLedger.ts'
import type { RoomLedger } from '../writes/createRoomLedger.ts'
import type { OfficeReader } from './createOfficeReader.ts'
import type { DaysToRead } from './days.ts'
import { isTaking, takenOf } from './map.ts'
import type { TakenBooking } from './map.ts'

/** What stands in an office room, by the room's id. */
export type Ledger = RoomLedger<number, TakenBooking>

/** @param daysOf whole days, as reads ask for them */
export const createLedger = (
  clock: Clock,
  office: OfficeReader,
  daysOf: (range: TimeRange) => DaysToRead,
): Ledger =>
  createRoomLedger({
    clock,
    async read(officeRoomId, range, signal) {
      const days = { needed: daysOf(range).needed, welcome: [] }
      const reading = (await office.read([officeRoomId], days, signal)).get(officeRoomId)
      if (reading?.kind === 'read') return reading.bookings.filter(isTaking).map(takenOf)
      return reading?.error ?? new ProviderError('badResponse', 'the room was not asked for')
    },
  })
