import type { ActionCapabilities } from './booking.ts'
import type { ProviderErrorKind } from './providerErrorKind.ts'
import type { Meeting } from './meeting.ts'
import type { TimeRange } from './timeRange.ts'
import type { Closure, Room } from './room.ts'

/** Why the source is not read. */
interface Fault {
  readonly reason: ProviderErrorKind
  /** When reading goes on by itself, where that is known: a quota's return. */
  readonly resumesAtMs?: number | undefined
}

/** How well the room's source is doing. */
export type Health =
  | { readonly kind: 'ok' }
  | ({ readonly kind: 'stale'; readonly sinceMs: number } & Fault)
  | ({ readonly kind: 'broken' } & Fault)
  | { readonly kind: 'unconfigured' }

/**
 * What the reading can prove. `complete`: it names every booking of its horizon. `occupancy`: it sees only some
 * bookings (WeCom Rooms hardware without a declared sole booker), so free rests on the device's live word alone.
 */
export type Evidence =
  { readonly kind: 'complete' } | { readonly kind: 'occupancy'; readonly state: 'idle' | 'inUse' | 'unknown' }

/** Until when the reading may be trusted. Both grow with the planned poll interval. */
export interface Freshness {
  /** From here on the data's age is shown. */
  readonly staleAtMs: number
  /** From here on an empty room is unknown, not free. */
  readonly unknownAtMs: number
}

/** What the platform can tell about this room's meetings; absent columns are not shown as if they were empty. */
export interface RoomCapabilities {
  readonly titles: 'all' | 'own' | 'none'
  readonly organizers: boolean
  readonly approval: boolean
  readonly platformCheckIn: boolean
  /** What people may do at the door; absent stands for nothing. */
  readonly actions?: ActionCapabilities
}

/**
 * Everything the screen knows about one room. Events carry the whole snapshot with a rising revision, never deltas.
 * All instants are server-corrected epoch milliseconds.
 */
export interface RoomSnapshot {
  readonly revision: number
  readonly room: Room
  readonly meetings: readonly Meeting[]
  readonly closures: readonly Closure[]
  /** The time the meetings were asked for; null before the first reading. Outside of it nothing is known. */
  readonly horizon: TimeRange | null
  readonly evidence: Evidence
  readonly freshness: Freshness
  /** When the reading was complete; null before the first one. */
  readonly fetchedAtMs: number | null
  /** Vendor's clock minus this device's clock. */
  readonly serverTimeOffsetMs: number
  readonly health: Health
  readonly capabilities: RoomCapabilities
  /** Ids of meetings whose check-in stands in this panel's own journal. */
  readonly checkedInIds: readonly string[]
}
