import type { Agenda } from './agenda.ts'
import type { BookingBook } from './bookingBook.ts'
import type { CalendarEntry } from './calendarEntry.ts'
import type { CallLimits } from './callLimits.ts'
import type { CallQuota } from './callQuota.ts'
import type { Closure } from './closure.ts'
import type { FeishuCalendar } from './feishuCalendar.ts'
import type { Ids } from './ids.ts'
import type { OnlineMeeting } from './onlineMeeting.ts'
import type { Person } from './person.ts'
import type { RememberedAnswers } from './rememberedAnswers.ts'
import type { Room } from './room.ts'
import type { RoomsUnit } from './roomsUnit.ts'
import type { SignIn } from './signIn.ts'
import type { Tenant } from './tenant.ts'
import type { TokenBook } from './tokenBook.ts'
import type { WorldClock } from './worldClock.ts'

export const seedNames = ['day', 'empty'] as const
/** `day`: a believable working day around now. `empty`: rooms and people, nothing booked. */
export type SeedName = (typeof seedNames)[number]

/**
 * The organisation behind the simulated platforms: one truth that every platform's router reads and changes.
 * Entities are replaced, never changed in place.
 */
export interface World {
  readonly clock: WorldClock
  readonly ids: Ids
  readonly rooms: Map<number, Room>
  /** Keyed by the user id in lower case. */
  readonly people: Map<string, Person>
  readonly bookings: BookingBook
  readonly entries: Map<string, CalendarEntry>
  readonly meetings: Map<string, OnlineMeeting>
  readonly units: Map<string, RoomsUnit>
  readonly closures: Map<string, Closure>
  /** Keyed by `signInKey`. */
  readonly signIns: Map<string, SignIn>
  readonly tenant: Tenant
  readonly tokens: TokenBook
  readonly limits: CallLimits
  readonly quota: CallQuota
  readonly answers: RememberedAnswers
  readonly agenda: Agenda
  readonly feishu: FeishuCalendar
  /** Starts over from a seed, with the clock, the tokens, the limits and the administrator's switches as at first. */
  reset(seed: SeedName): void
}
