import type { LastFailure } from '../../shared/api/diagnostics.ts'
import type { RefreshAnswer } from '../../shared/api/routes.ts'
import type { Meeting } from '../../shared/domain/meeting.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import type { RoomSnapshot } from '../../shared/domain/roomSnapshot.ts'
import type { ReadPlan } from '../polling/createReadPlan.ts'
import type { ProviderError } from '../providers/ProviderError.ts'
import type { RoomDirectory } from '../providers/SiteProvider.ts'

/** What came of reading one room out of turn. */
export type RoomReread =
  | { readonly kind: 'read' }
  | { readonly kind: 'failed'; readonly error: ProviderError }
  /** The budget has no call left for it, or a throttle forbids it. */
  | { readonly kind: 'budget' }

/** What a site offers to whoever acts in its rooms: presses at the door, check-ins and releases. */
export interface SiteAccess {
  snapshot(roomId: RoomId): RoomSnapshot | null
  /**
   * Reads this room now, with a call that begins after this one, and publishes it.
   * @param why `decide` draws on the reserve; `verify` follows a write and is owed as long as any call may be made
   */
  readRoom(roomId: RoomId, why: 'decide' | 'verify'): Promise<RoomReread>
  /** Publishes a room anew: its check-ins changed. */
  republish(roomId: RoomId): void
  /** Whether the month's calls are not spent. */
  hasBudget(): boolean
  /** Claims calls beyond the planned reads; see `ProviderDeps.mayAlsoCall`. */
  mayAlsoCall(calls: number): boolean
}

/** What a site asks of whoever keeps this panel's own marks of meetings. */
export interface MeetingMarks {
  /**
   * Takes a successful reading in. Told before its snapshot is published.
   * @param meetings unmasked: who booked tells a moved meeting from somebody else's
   */
  noteReading(roomId: RoomId, meetings: readonly Meeting[]): void
  /** Ids for `RoomSnapshot.checkedInIds`: only what is on disk; empty where check-ins are not this panel's own. */
  checkedInIds(roomId: RoomId): readonly string[]
  /** Marks and names the panel's own bookings, before privacy is applied. */
  markOwn(roomId: RoomId, meetings: readonly Meeting[]): readonly Meeting[]
}

/** One account and its rooms: reads them in batches, owns their snapshots, publishes them. */
export interface Site extends SiteAccess {
  /** Takes up the last plans, those in memory before those on disk; afterwards snapshots can be served. */
  load(before?: Pick<SiteAccess, 'snapshot'> | null): Promise<void>
  start(): void
  stop(): Promise<void>
  /** Somebody is at the door: read anew if the data is older than half a minute and the budget allows. */
  touch(roomId: RoomId): RefreshAnswer
  /** Time or network changed under us: distrust the plan if the clock jumped, and read now. */
  wake(): void
  /** What the corridor may read changed: hides at once what it may not any more, and reads what it may now. */
  changePrivacy(): void
  readonly plan: ReadPlan
  /** The platform's room directory, where it can be changed. */
  readonly directory: RoomDirectory | null
  lastFailure(): LastFailure | null
  nextReadAtMs(): number | null
}
