import type { FieldIssue } from '../../shared/api/refusal.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import type { RoomSnapshot } from '../../shared/domain/roomSnapshot.ts'
import { settingsOfRoom } from '../../shared/settings/sections.ts'
import { accountKey } from '../polling/accountKey.ts'
import type { CorePorts } from '../ports/CorePorts.ts'
import { salvageSettings } from '../settings/salvageSettings.ts'
import { createSnapshotArchive } from '../site/createSnapshotArchive.ts'
import { distrustedSnapshot, restoredSnapshot } from '../site/reduceSnapshot.ts'
import type { ShownPlans } from './ShownPlans.ts'

/** What {@link loadLastPlans} works with. */
export interface LastPlansDeps extends Pick<CorePorts, 'state' | 'log'> {
  readonly nowMs: number
  readonly nextRevision: () => number
}

/**
 * The last plans of settings that cannot be used any more, to be shown with their age; null where there are none.
 * @param issues why they cannot be used
 */
export async function loadLastPlans(
  deps: LastPlansDeps,
  raw: unknown,
  issues: readonly FieldIssue[],
): Promise<ShownPlans | null> {
  const settings = salvageSettings(raw)
  if (settings === null) return null
  // What a faulty line was to hide nobody knows: then nobody's name or title is shown.
  const isPrivacyKnown = issues.every(({ path }) => !/^(?:display|rooms|$)/.test(path))
  const archive = createSnapshotArchive(deps.state, accountKey(settings.account), deps.log)
  const snapshots = new Map<RoomId, RoomSnapshot>()
  for (const room of settings.rooms) {
    const stored = await archive.load(room)
    if (stored === null) continue
    const { nowMs, nextRevision } = deps
    const privacy = isPrivacyKnown ? settingsOfRoom(settings, room.id).display.privacy : 'busy'
    const restored = restoredSnapshot(stored, nowMs, nextRevision(), privacy)
    // Nobody reads any more: it keeps its meetings and proves no room free.
    snapshots.set(room.id, distrustedSnapshot(restored, nowMs, nextRevision()))
  }
  return { settings: () => settings, snapshot: (roomId) => snapshots.get(roomId) ?? null }
}
