import { z } from 'zod'
import { roomSnapshotSchema } from '../../shared/api/snapshotSchema.ts'
import type { RoomSnapshot } from '../../shared/domain/roomSnapshot.ts'
import type { RoomSettings } from '../../shared/settings/schema.ts'
import type { Logger } from '../ports/Logger.ts'
import type { StateStore } from '../ports/StateStore.ts'

const storedSchema = z.object({ binding: z.string(), snapshot: roomSnapshotSchema })

/** Keeps the last plan of every room across restarts. */
export interface SnapshotArchive {
  /** @returns the stored plan, or null when there is none that fits this binding of the room */
  load(room: RoomSettings): Promise<RoomSnapshot | null>
  /** Writes when the plan differs from what was written last; a failing disk is logged once per outage. */
  save(room: RoomSettings, snapshot: RoomSnapshot): Promise<void>
}

/** What a stored plan belongs to: a room bound elsewhere must not inherit its predecessor's meetings. */
function bindingOf(room: RoomSettings, account: string): string {
  return JSON.stringify([account, room.id, room.source])
}

/** @param account names the account the rooms belong to; another account's plans are not taken up */
export function createSnapshotArchive(state: StateStore, account: string, log: Logger): SnapshotArchive {
  const written = new Map<string, string>()
  let isDiskFailing = false

  return {
    async load(room) {
      const stored = storedSchema.safeParse(await state.read(`room.${room.id}`))
      if (!stored.success || stored.data.binding !== bindingOf(room, account)) return null
      return stored.data.snapshot
    },
    async save(room, snapshot) {
      // The revision alone is no reason to wear out a tablet's flash; the reading's time is, once a minute.
      const fetchedMinute = Math.floor((snapshot.fetchedAtMs ?? 0) / 60_000)
      const { revision: _revision, fetchedAtMs: _fetchedAtMs, freshness: _freshness, ...content } = snapshot
      const text = JSON.stringify([fetchedMinute, content])
      if (written.get(room.id) === text) return
      try {
        await state.write(`room.${room.id}`, { binding: bindingOf(room, account), snapshot })
        written.set(room.id, text)
        isDiskFailing = false
      } catch {
        if (!isDiskFailing)
          log.warn('last plan not written; it will be missing after a restart', { room: room.id })
        isDiskFailing = true
      }
    },
  }
}
