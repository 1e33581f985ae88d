import type { ReleaseDecision } from '../../shared/domain/release.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import type { RoomSnapshot } from '../../shared/domain/roomSnapshot.ts'
import type { StatusRules } from '../../shared/domain/statusRules.ts'
import type { RoomSettings } from '../../shared/settings/schema.ts'
import type { CorePorts } from '../ports/CorePorts.ts'
import type { RoomActions } from '../providers/RoomActions.ts'
import type { ServerTime } from '../time/createServerTime.ts'
import type { ReleaseCase } from './decideRelease.ts'

/** What check-ins need of the site that owns the snapshots. */
export interface CheckInSite {
  snapshot(roomId: RoomId): RoomSnapshot | null
  /** Reads the room with a call that begins now; resolves when that settled, whatever came of it. */
  readNow(roomId: RoomId, why: 'decide' | 'verify'): Promise<unknown>
  /** Publishes the room anew: its check-ins changed. */
  republish(roomId: RoomId): void
  /** Whether the month's calls are not spent. */
  hasBudget(): boolean
  /** Claims calls beyond the planned reads. */
  claimCalls(calls: number): boolean
}

/** What check-ins and releases work with. */
export interface CheckInsDeps extends Pick<CorePorts, 'clock' | 'log' | 'state' | 'random'> {
  readonly rooms: readonly RoomSettings[]
  readonly rules: StatusRules
  readonly time: ServerTime
  /** Names the account the rooms belong to. */
  readonly account: string
  /** Null where the account cannot write. */
  readonly actions: RoomActions<RoomSettings['source']> | null
  /** Asked when needed: the site is made with these check-ins. */
  readonly site: () => CheckInSite
  /** For proofs that a broken judgement is noticed. */
  readonly decide?: (one: ReleaseCase) => ReleaseDecision
}
