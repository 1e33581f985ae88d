import type { ActionRefusal } from '../../../shared/domain/action.ts'
import type { Http } from '../../ports/Http.ts'
import type { RoomRef, SiteProvider } from '../SiteProvider.ts'
import type { CalendarControl } from './calendarControl.ts'
import type { ContractFault, ContractWorld } from './ContractWorld.ts'

/** The vendor's answer to a write it refuses, and what the door says then. */
export interface RefusedWrite {
  readonly fault: ContractFault
  readonly reason: ActionRefusal
}

/** What becomes of a booking of this length. */
export interface TriedLength {
  readonly minutes: number
  readonly outcome: 'done' | 'policy'
}

/**
 * One simulated organisation with nothing booked, and a provider whose account may do all a door does. Every platform
 * runs the same cases; where platforms legitimately differ, the world says so by data.
 */
export interface ActionWorld<Source> extends Pick<
  ContractWorld<Source>,
  'vendor' | 'clock' | 'log' | 'rooms' | 'title' | 'fault' | 'heal' | 'sentinels' | 'close'
> {
  /** @param http the provider's only way to the simulator: the cases count, cut and abort on it */
  provider(http: Http): SiteProvider<Source>
  /** Whether this request may change what a room's calendar says: at most one of them leaves for a write. */
  changesRoom(method: string, path: string): boolean
  /** The simulated calendar and what others do to it: `createCalendarControl`. */
  readonly calendar: CalendarControl<Source>
  /** The platform's refusals of a booking. `dailyLimit` and `quota` stand for the nearest thing it has. */
  readonly refusals: Readonly<Record<'permission' | 'dailyLimit' | 'quota' | 'throttled', RefusedWrite>>
  /**
   * A booking that comes half way: what precedes the room is made, the room is refused. Where the platform makes both at
   * once it is that call.
   */
  readonly half: RefusedWrite
  /** A room with this rule, if its refusal is told at all; WeCom's disabled rooms, DingTalk's closures, Feishu's switch. */
  restrict(room: RoomRef<Source>, how: 'approval' | 'closed'): Promise<void>
  /** Bookings begin and end on multiples of this; 1 where any minute will do. */
  readonly gridMinutes: number
  readonly tooShort: TriedLength
  readonly tooLong: TriedLength
  /** Ending what a person booked in the platform's own client. */
  readonly othersOutcome: 'done' | 'notOwn'
  /** Ending one occurrence of a series the door may end. */
  readonly seriesOutcome: 'done' | 'series'
}
