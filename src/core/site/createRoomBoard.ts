import { occupiedRange } from '../../shared/domain/meeting.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import type { Health, RoomSnapshot } from '../../shared/domain/roomSnapshot.ts'
import type { RoomSettings } from '../../shared/settings/schema.ts'
import { ProviderError } from '../providers/ProviderError.ts'
import type { RoomReading } from '../providers/SiteProvider.ts'
import { distrustedSnapshot, emptySnapshot, reduceSnapshot, restoredSnapshot } from './reduceSnapshot.ts'
import type { SiteDeps } from './createSite.ts'

type BoardDeps = Pick<
  SiteDeps,
  'settings' | 'provider' | 'log' | 'time' | 'archive' | 'nextRevision' | 'publish'
>

/** The snapshots of all rooms of a site: one owner, every change published. */
export interface RoomBoard {
  load(): Promise<void>
  get(roomId: RoomId): RoomSnapshot | null
  apply(readings: ReadonlyMap<RoomId, RoomReading>, readAtMs: number, intervalMs: number): void
  distrust(nowMs: number): void
  /** The allowance is spent: every room keeps its plan with the age it has, and says when reading resumes. */
  markSpent(resumesAtMs: number): void
  /** The earliest instant after `afterMs` at which a meeting or a closure of any room begins or ends. */
  nextBoundary(afterMs: number): number | null
}

const healthLabel = (health: Health): string =>
  'reason' in health ? `${health.kind}:${health.reason}` : health.kind

/** See {@link RoomBoard}. */
export function createRoomBoard(deps: BoardDeps): RoomBoard {
  const { settings, provider, log, time, archive, nextRevision, publish } = deps
  const snapshots = new Map<RoomId, RoomSnapshot>()
  const loggedStates = new Set<string>()

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

  function applyOne(room: RoomSettings, reading: RoomReading, readAtMs: number, intervalMs: number): void {
    const before = snapshots.get(room.id) ?? blank(room)
    const after = reduceSnapshot(before, reading, nextRevision(), {
      readAtMs,
      intervalMs,
      unknownAfterMs: settings.polling.unknownAfterMinutes * 60_000,
      serverTimeOffsetMs: time.offsetMs(),
      privacy: settings.display.privacy,
      capabilities: provider.capabilities,
      nameOverride: room.name ?? null,
    })
    logTransition(room, before, after, reading)
    put(after)
  }

  return {
    async load() {
      for (const room of settings.rooms) {
        const stored = await archive.load(room)
        const restored =
          stored && restoredSnapshot(stored, time.now(), nextRevision(), settings.display.privacy)
        snapshots.set(room.id, restored ?? blank(room))
      }
    },
    get: (roomId) => snapshots.get(roomId) ?? null,
    apply(readings, readAtMs, intervalMs) {
      for (const room of settings.rooms) {
        const reading = readings.get(room.id) ?? {
          kind: 'failed' as const,
          error: new ProviderError('badResponse', 'the provider left a room out of its answer'),
        }
        applyOne(room, reading, readAtMs, intervalMs)
      }
    },
    distrust(nowMs) {
      for (const snapshot of snapshots.values()) put(distrustedSnapshot(snapshot, nowMs, nextRevision()))
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
