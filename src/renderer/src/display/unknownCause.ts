import type { ConnectionState } from '../../../shared/api/DisplayApi.ts'
import type { ApiErrorCode } from '../../../shared/api/errors.ts'
import type { ProviderErrorKind } from '../../../shared/domain/providerErrorKind.ts'
import { CLOCK_TOLERANCE_MS } from '../../../shared/domain/roomStatus.ts'
import type { RoomSnapshot } from '../../../shared/domain/roomSnapshot.ts'
import type { BrokenReason, CoreStatus } from '../../../shared/settings/panelConfig.ts'

/** What keeps the screen from knowing. Each has one sentence for what is wrong and one for what is being done. */
export type UnknownCause =
  | ProviderErrorKind
  | BrokenReason
  | 'starting'
  | 'core'
  | 'opening'
  | 'noRoom'
  | 'internal'
  | 'firstRead'
  | 'clock'
  | 'device'
  | 'outdated'

/** The refusals a screen's opening can meet; every other one is a fault of ours. */
const refusals: Partial<Record<ApiErrorCode, UnknownCause>> = {
  badRequest: 'noRoom',
  notFound: 'noRoom',
  unavailable: 'core',
}

/** Why nothing can be shown at all: the opening was refused, or what the core itself says of its state. */
export function openingCause(refusal: ApiErrorCode | null, core: CoreStatus | null): UnknownCause {
  if (refusal !== null) return refusals[refusal] ?? 'internal'
  return brokenCause(core) ?? (core?.kind === 'starting' ? 'starting' : 'opening')
}

/** Why the panel cannot run although it was set up; null where it can. */
export function brokenCause(core: CoreStatus | null): BrokenReason | null {
  return core?.kind === 'broken' ? core.why : null
}

/** Why the last plan cannot be trusted at `nowMs`, or null where nothing is known to be wrong. */
export function faultOf(snapshot: RoomSnapshot, connection: ConnectionState): UnknownCause | null {
  const { health } = snapshot
  // A lost core is nearer than whatever its last words said of the platform.
  if (connection === 'lost') return 'core'
  return health.kind === 'stale' || health.kind === 'broken' ? health.reason : null
}

/** Why a status is unknown: there is always one line. */
export function unknownCause(
  snapshot: RoomSnapshot,
  connection: ConnectionState,
  nowMs: number,
): UnknownCause {
  const fault = faultOf(snapshot, connection)
  if (fault) return fault
  const { fetchedAtMs, evidence, freshness } = snapshot
  if (fetchedAtMs === null) return 'firstRead'
  if (nowMs < fetchedAtMs - CLOCK_TOLERANCE_MS) return 'clock'
  if (nowMs < freshness.unknownAtMs && evidence.kind === 'occupancy') return 'device'
  return 'outdated'
}
