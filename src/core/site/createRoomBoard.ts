import { MINUTE_MS } from '../../shared/domain/duration.ts'
import { hasKnownTimes, occupiedRange } from '../../shared/domain/meeting.ts'
import { maskMeeting } from '../../shared/domain/privacy.ts'
import type { PrivacyLevel } from '../../shared/domain/privacy.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import type { Health, RoomSnapshot } from '../../shared/domain/roomSnapshot.ts'
import type { RoomSettings } from '../../shared/settings/schema.ts'
import type { SiteSettings } from '../../shared/settings/sections.ts'
import type { Logger } from '../ports/Logger.ts'
import { ProviderError } from '../providers/ProviderError.ts'
import type { RoomReading, SiteProvider } from '../providers/SiteProvider.ts'
import type { ServerTime } from '../time/createServerTime.ts'
import { distrustedSnapshot, emptySnapshot, reduceSnapshot, restoredSnapshot } from './reduceSnapshot.ts'
import type { SnapshotArchive } from './createSnapshotArchive.ts'
import type { MeetingMarks, SiteAccess } from './Site.ts'

/** What a board works with. */
export interface BoardDeps {
  readonly settings: Pick<SiteSettings, 'rooms' | 'polling'>
  readonly provider: SiteProvider<RoomSettings['source']>
  readonly log: Logger
  readonly time: ServerTime
  readonly archive: SnapshotArchive
  readonly nextRevision: () => number
  readonly publish: (snapshot: RoomSnapshot) => void
  readonly marks: MeetingMarks
  /** What the corridor may read of a room at this moment. */
  readonly privacyOf: (roomId: RoomId) => PrivacyLevel
}

/** When a read began: on the clock, and among the other reads. */
export interface ReadMark {
  readonly readAtMs: number
  readonly intervalMs: number
  /** From {@link RoomBoard.begin}. */
  readonly order: number
}

/** The snapshots of all rooms of a site: one owner, every change published. */
export interface RoomBoard {
  /** @param before plans in memory that go on as they are; those on disk only stand in for them */
  load(before?: Pick<SiteAccess, 'snapshot'> | null): Promise<void>
  get(roomId: RoomId): RoomSnapshot | null
  /** A read begins. What it says about a room is dropped if a read that began later has answered before. */
  begin(): number
  apply(readings: ReadonlyMap<RoomId, RoomReading>, mark: ReadMark): void
  applyRoom(room: RoomSettings, reading: RoomReading, mark: ReadMark): void
  distrust(nowMs: number): void
  /** Publishes a room anew with the check-ins its journal has now. */
  republish(roomId: RoomId): void
  /** Takes away what the corridor may not read any more. What it may read now comes with the next read. */
  maskAnew(): void
  /** The allowance is spent: every room keeps its plan with the age it has, and says when reading resumes. */
  markSpent(resumesAtMs: number): void
  /** The earliest instant after `afterMs` at which a meeting or a closure of any room begins or ends. */
  nextBoundary(afterMs: number): number | null
}

const healthLabel = (health: Health): string =>
  'reason' in health ? `${health.kind}:${health.reason}` : health.kind

/** See {@link RoomBoard}. */
export function createRoomBoard(deps: BoardDeps): RoomBoard {
  const { settings, provider, log, time, archive, nextRevision, publish, marks, privacyOf } = deps
  const snapshots = new Map<RoomId, RoomSnapshot>()
  const loggedStates = new Set<string>()
  const appliedOrders = new Map<RoomId, number>()
  let orders = 0

  const withCheckIns = (snapshot: RoomSnapshot): RoomSnapshot => ({
    ...snapshot,
    checkedInIds: marks.checkedInIds(snapshot.room.id),
  })

  function put(snapshot: RoomSnapshot): void {
    snapshots.set(snapshot.room.id, snapshot)
    publish(snapshot)
  }

  function logTransition(
    room: RoomSettings,
    before: RoomSnapshot,
    after: RoomSnapshot,
    reading: RoomReading,
  ): void {
    const from =
      before.fetchedAtMs === null && before.health.kind === 'ok' ? 'unread' : healthLabel(before.health)
    const to = healthLabel(after.health)
    if (reading.kind === 'failed' && from !== to) {
      log.warn('room cannot be read', {
        room: room.id,
        from,
        to,
        vendorCode: reading.error.details.vendorCode,
      })
    } else if (from !== to) log.info('room is read', { room: room.id, from, to })
    if (reading.kind === 'failed') return
    for (const state of reading.unknownStates) {
      if (loggedStates.has(state)) continue
      loggedStates.add(state)
      log.warn('the platform sent a meeting state we do not know; it counts as busy', { state })
    }
  }

  function blank(room: RoomSettings): RoomSnapshot {
    const described = {
      id: room.id,
      name: room.name ?? room.id,
      capacity: null,
      location: [],
      equipment: [],
      needsApproval: false,
    }
    return emptySnapshot(described, nextRevision(), provider.capabilities)
  }

  /** As the corridor may read it at this moment. */
  function maskedNow(snapshot: RoomSnapshot): RoomSnapshot {
    const meetings = snapshot.meetings.map((one) => maskMeeting(one, privacyOf(snapshot.room.id)))
    return { ...snapshot, meetings, revision: nextRevision() }
  }

  /** The plan of a site before this one, under the rules there are now. */
  function goOn(room: RoomSettings, present: RoomSnapshot): RoomSnapshot {
    return { ...maskedNow(present), room: { ...present.room, name: room.name ?? present.room.name } }
  }

  /** A booking without a time is no answer to when the room is free: the last plan stays. */
  function named(room: RoomSettings, reading: RoomReading): RoomReading {
    if (reading.kind === 'failed') return reading
    if (!reading.meetings.every(hasKnownTimes))
      return { kind: 'failed', error: new ProviderError('badResponse', 'a meeting has no time') }
    return { ...reading, meetings: marks.markOwn(room.id, reading.meetings) }
  }

  function applyRoom(room: RoomSettings, reading: RoomReading, mark: ReadMark): void {
    if (mark.order < (appliedOrders.get(room.id) ?? 0)) return
    appliedOrders.set(room.id, mark.order)
    const before = snapshots.get(room.id) ?? blank(room)
    const marked = named(room, reading)
    if (marked.kind === 'read') marks.noteReading(room.id, marked.meetings)
    const after = reduceSnapshot(before, marked, nextRevision(), {
      readAtMs: mark.readAtMs,
      intervalMs: mark.intervalMs,
      unknownAfterMs: settings.polling.unknownAfterMinutes * MINUTE_MS,
      serverTimeOffsetMs: time.offsetMs(),
      privacy: privacyOf(room.id),
      capabilities: provider.capabilities,
      nameOverride: room.name ?? null,
    })
    logTransition(room, before, after, marked)
    put(withCheckIns(after))
  }

  return {
    async load(before = null) {
      for (const room of settings.rooms) {
        const present = before?.snapshot(room.id) ?? null
        if (present !== null && present.fetchedAtMs !== null) {
          snapshots.set(room.id, withCheckIns(goOn(room, present)))
          continue
        }
        const stored = await archive.load(room)
        const restored = stored && restoredSnapshot(stored, time.now(), nextRevision(), privacyOf(room.id))
        snapshots.set(room.id, withCheckIns(restored ?? blank(room)))
      }
    },
    get: (roomId) => snapshots.get(roomId) ?? null,
    begin: () => (orders += 1),
    applyRoom,
    apply(readings, mark) {
      for (const room of settings.rooms) {
        const reading = readings.get(room.id) ?? {
          kind: 'failed' as const,
          error: new ProviderError('badResponse', 'the provider left a room out of its answer'),
        }
        applyRoom(room, reading, mark)
      }
    },
    distrust(nowMs) {
      for (const snapshot of snapshots.values()) put(distrustedSnapshot(snapshot, nowMs, nextRevision()))
    },
    republish(roomId) {
      const snapshot = snapshots.get(roomId)
      if (snapshot) put(withCheckIns({ ...snapshot, revision: nextRevision() }))
    },
    maskAnew() {
      for (const snapshot of snapshots.values()) put(maskedNow(snapshot))
    },
    markSpent(resumesAtMs) {
      for (const snapshot of snapshots.values()) {
        const { health, fetchedAtMs } = snapshot
        if ('resumesAtMs' in health && health.resumesAtMs === resumesAtMs) continue
        const fault = { reason: 'quota' as const, resumesAtMs }
        const spent: Health =
          fetchedAtMs === null
            ? { kind: 'broken', ...fault }
            : { kind: 'stale', sinceMs: fetchedAtMs, ...fault }
        put({ ...snapshot, revision: nextRevision(), health: spent })
      }
    },
    nextBoundary(afterMs) {
      const boundaries = [...snapshots.values()].flatMap(({ meetings, closures }) =>
        [...closures, ...meetings.flatMap((one) => occupiedRange(one) ?? [])].flatMap((range) => [
          range.fromMs,
          range.untilMs,
        ]),
      )
      return boundaries.reduce<number | null>(
        (first, one) => (one > afterMs && (first === null || one < first) ? one : first),
        null,
      )
    },
  }
}
