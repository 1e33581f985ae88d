import { MINUTE_MS, SECOND_MS } from '../../shared/domain/duration.ts'
import type { RoomSnapshot, Freshness, Health, RoomCapabilities } from '../../shared/domain/roomSnapshot.ts'
import type { Room } from '../../shared/domain/room.ts'
import { maskMeeting } from '../../shared/domain/privacy.ts'
import type { PrivacyLevel } from '../../shared/domain/privacy.ts'
import type { RoomReading } from '../providers/SiteProvider.ts'

/** What a reading is folded into a snapshot with. */
export interface ReadContext {
  /** Corrected time at which the read began: everything it says is at least that old. */
  readonly readAtMs: number
  readonly intervalMs: number
  /** The admin's wish; see {@link freshnessOf}. */
  readonly unknownAfterMs: number
  readonly serverTimeOffsetMs: number
  readonly privacy: PrivacyLevel
  readonly capabilities: RoomCapabilities
  /** The admin's own name of the room, if any. */
  readonly nameOverride: string | null
}

/** Stale after two planned intervals and 30 s; unknown after three, never sooner than the admin's limit (15 min by default). */
function freshnessOf(readAtMs: number, intervalMs: number, unknownAfterMs: number): Freshness {
  const staleAtMs = readAtMs + 2 * intervalMs + 30 * SECOND_MS
  const unknownAtMs = readAtMs + Math.max(3 * intervalMs, unknownAfterMs)
  return { staleAtMs: Math.min(staleAtMs, unknownAtMs), unknownAtMs }
}

/** A room nothing has been read of: unknown on the screen. */
export function emptySnapshot(room: Room, revision: number, capabilities: RoomCapabilities): RoomSnapshot {
  return {
    revision,
    room,
    meetings: [],
    closures: [],
    horizon: null,
    evidence: { kind: 'complete' },
    freshness: { staleAtMs: 0, unknownAtMs: 0 },
    fetchedAtMs: null,
    serverTimeOffsetMs: 0,
    health: { kind: 'ok' },
    capabilities,
    checkedInIds: [],
  }
}

function failedHealth(
  previous: RoomSnapshot,
  reason: Extract<RoomReading, { kind: 'failed' }>['error']['kind'],
): Health {
  if (previous.fetchedAtMs === null) return { kind: 'broken', reason }
  return { kind: 'stale', sinceMs: previous.fetchedAtMs, reason }
}

/**
 * Folds one reading into the last snapshot. Pure. A failed reading changes nothing but the health: the last plan stays,
 * with the age it has.
 */
export function reduceSnapshot(
  previous: RoomSnapshot,
  reading: RoomReading,
  revision: number,
  context: ReadContext,
): RoomSnapshot {
  const { serverTimeOffsetMs, capabilities } = context
  if (reading.kind === 'failed') {
    const health = failedHealth(previous, reading.error.kind)
    return { ...previous, revision, serverTimeOffsetMs, capabilities, health }
  }
  const room = reading.room ?? previous.room
  return {
    revision,
    room: { ...room, id: previous.room.id, name: context.nameOverride ?? room.name },
    meetings: reading.meetings.map((meeting) => maskMeeting(meeting, context.privacy)),
    closures: reading.closures,
    horizon: reading.horizon,
    evidence: reading.evidence,
    freshness: freshnessOf(context.readAtMs, context.intervalMs, context.unknownAfterMs),
    fetchedAtMs: context.readAtMs,
    serverTimeOffsetMs,
    health: { kind: 'ok' },
    capabilities,
    checkedInIds: previous.checkedInIds,
  }
}

/**
 * A plan taken up from disk: shown with its age from the first moment on. It may still prove a room free while it is
 * as fresh as it was before the restart, but never on a clock that says it comes from the future.
 */
export function restoredSnapshot(
  stored: RoomSnapshot,
  nowMs: number,
  revision: number,
  privacy: PrivacyLevel,
): RoomSnapshot {
  const isFromFuture = stored.fetchedAtMs === null || stored.fetchedAtMs > nowMs + MINUTE_MS
  return {
    ...stored,
    revision,
    meetings: stored.meetings.map((meeting) => maskMeeting(meeting, privacy)),
    freshness: {
      staleAtMs: Math.min(stored.freshness.staleAtMs, nowMs),
      unknownAtMs: isFromFuture ? nowMs : stored.freshness.unknownAtMs,
    },
  }
}

/** The same plan after the wall clock moved by itself: until it is read again it proves nothing. */
export function distrustedSnapshot(previous: RoomSnapshot, nowMs: number, revision: number): RoomSnapshot {
  return {
    ...previous,
    revision,
    freshness: {
      staleAtMs: Math.min(previous.freshness.staleAtMs, nowMs),
      unknownAtMs: Math.min(previous.freshness.unknownAtMs, nowMs),
    },
  }
}
