import { DAY_MS } from '../../../shared/domain/duration.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { RoomRef } from '../SiteProvider.ts'
import type { SimulatedVendor } from './openSimulatedVendor.ts'

/** One thing that takes a room, as the simulator's own calendar has it, cancelled things left out. */
export interface CalendarRow extends TimeRange {
  /** The simulator's own key, the same on every platform. */
  readonly key: string
  /** The simulator's number of the room. */
  readonly room: number
}

/** The simulated calendar as it truly is, and as others change it behind the provider's back. */
export interface CalendarControl<Source> {
  rows(room?: RoomRef<Source>): Promise<readonly CalendarRow[]>
  /** Somebody books in the platform's own client. @returns the key */
  bookAsPerson(room: RoomRef<Source>, span: TimeRange): Promise<string>
  /** The service person's daily meeting of three days, made by this app. @returns the keys, first day first */
  bookSeries(room: RoomRef<Source>, first: TimeRange): Promise<readonly string[]>
  /** The organiser moves it, in the platform's own client. */
  move(key: string, span: TimeRange): Promise<void>
  cancel(key: string): Promise<void>
  /** Calendar entries without any room: what a booking that failed half way leaves behind. */
  looseEntries(): Promise<number>
  patchRoom(room: RoomRef<Source>, change: object): Promise<void>
  close(room: RoomRef<Source>, span: TimeRange): Promise<void>
}

interface SimulatedBooking {
  readonly id: string
  readonly roomId: number
  readonly startMs: number
  readonly endMs: number
  readonly status: string
  readonly scheduleId: string
}

interface SimulatedState {
  readonly bookings: readonly SimulatedBooking[]
  readonly schedules: readonly {
    readonly id: string
    readonly isCancelled: boolean
    readonly isDeleted: boolean
  }[]
}

const spanOf = ({ fromMs, untilMs }: TimeRange) => ({ startMs: fromMs, endMs: untilMs })

/**
 * @param numberOf the simulator's number of a bound room
 * @param servicePerson userid of the person in whose name the door books
 */
export function createCalendarControl<Source>(
  { control }: Pick<SimulatedVendor, 'control'>,
  numberOf: (room: RoomRef<Source>) => number,
  servicePerson: string,
): CalendarControl<Source> {
  const state = async () => (await control('GET', 'state')) as SimulatedState
  const taking = async () => (await state()).bookings.filter(({ status }) => status !== 'cancelled')
  const rows = async (room?: RoomRef<Source>): Promise<readonly CalendarRow[]> =>
    (await taking())
      .map(({ id, roomId, startMs, endMs }) => ({ key: id, room: roomId, fromMs: startMs, untilMs: endMs }))
      .filter((row) => room === undefined || row.room === numberOf(room))

  return {
    rows,
    async bookAsPerson(room, span) {
      const body = { room: numberOf(room), booker: 'chenlu', ownApp: false, ...spanOf(span) }
      return ((await control('POST', 'bookings', body)) as SimulatedBooking).id
    },
    async bookSeries(room, first) {
      const before = new Set((await rows()).map(({ key }) => key))
      const body = {
        room: numberOf(room),
        booker: servicePerson,
        ownApp: true,
        ...spanOf(first),
        repeat: 'day',
        repeatUntilMs: first.untilMs + 2 * DAY_MS,
      }
      await control('POST', 'bookings', body)
      const made = (await rows(room)).filter(({ key }) => !before.has(key))
      return made.sort((a, b) => a.fromMs - b.fromMs).map(({ key }) => key)
    },
    async move(key, span) {
      await control('PATCH', `bookings/${key}`, spanOf(span))
    },
    async cancel(key) {
      await control('DELETE', `bookings/${key}`)
    },
    async looseEntries() {
      const { schedules } = await state()
      const withRoom = new Set((await taking()).map(({ scheduleId }) => scheduleId))
      return schedules.filter((one) => !one.isCancelled && !one.isDeleted && !withRoom.has(one.id)).length
    },
    async patchRoom(room, change) {
      await control('PATCH', `rooms/${numberOf(room)}`, change)
    },
    async close(room, span) {
      await control('POST', 'closures', { room: numberOf(room), ...spanOf(span) })
    },
  }
}
