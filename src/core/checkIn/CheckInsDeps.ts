import type { ReleaseDecision } from '../../shared/domain/release.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import type { StatusRules } from '../../shared/domain/statusRules.ts'
import type { RoomSettings } from '../../shared/settings/schema.ts'
import type { CorePorts } from '../ports/CorePorts.ts'
import type { RoomActions } from '../providers/RoomActions.ts'
import type { SiteAccess } from '../site/Site.ts'
import type { ServerTime } from '../time/createServerTime.ts'
import type { CheckInLedger } from './createCheckInLedger.ts'
import type { ReleaseCase } from './decideRelease.ts'

/** What check-ins and releases work with. */
export interface CheckInsDeps extends Pick<CorePorts, 'clock' | 'log' | 'random'> {
  readonly rooms: readonly RoomSettings[]
  readonly rulesOf: (roomId: RoomId) => StatusRules
  readonly time: ServerTime
  /** Loaded. */
  readonly ledger: CheckInLedger
  /** Null where the account cannot write. */
  readonly actions: RoomActions<RoomSettings['source']> | null
  readonly site: SiteAccess
  /** For proofs that a broken judgement is noticed. */
  readonly decide?: (one: ReleaseCase) => ReleaseDecision
}
