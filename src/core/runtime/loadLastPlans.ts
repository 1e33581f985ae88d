import { z } from 'zod'
import type { RoomId } from '../../shared/domain/room.ts'
import type { RoomSnapshot } from '../../shared/domain/roomSnapshot.ts'
import type { Settings } from '../../shared/settings/schema.ts'
import { settingsOfRoom } from '../../shared/settings/sections.ts'
import { accountKey } from '../polling/accountKey.ts'
import type { CorePorts } from '../ports/CorePorts.ts'
import { parseSettings } from '../settings/parseSettings.ts'
import { createSnapshotArchive } from '../site/createSnapshotArchive.ts'
import { restoredSnapshot } from '../site/reduceSnapshot.ts'
import type { ShownPlans } from './ShownPlans.ts'

/** What {@link loadLastPlans} works with. */
export interface LastPlansDeps extends Pick<CorePorts, 'state' | 'log'> {
  readonly nowMs: number
  readonly nextRevision: () => number
}

const rawSettings = z.record(z.string(), z.unknown())

/**
 * What still makes sense of settings that do not: whose rooms they are, and how a screen looks. The sections with faults
 * give way to their defaults; where the display's is among them, nobody's name or title is shown.
 */
function readableParts(raw: unknown): Settings | null {
  const object = rawSettings.safeParse(raw)
  if (!object.success) return null
  const parsed = parseSettings(raw)
  if (parsed.ok) return parsed.settings
  const faulty = new Set(parsed.issues.map(({ path }) => path.split('.')[0] ?? ''))
  const sound = Object.fromEntries(Object.entries(object.data).filter(([name]) => !faulty.has(name)))
  const display = faulty.has('display') ? { privacy: 'busy' } : sound['display']
  const reparsed = parseSettings({ ...sound, display })
  return reparsed.ok ? reparsed.settings : null
}

/** The last plans of settings that cannot be used any more, to be shown with their age; null where there are none. */
export async function loadLastPlans(deps: LastPlansDeps, raw: unknown): Promise<ShownPlans | null> {
  const settings = readableParts(raw)
  if (settings === null) return null
  const archive = createSnapshotArchive(deps.state, accountKey(settings.account), deps.log)
  const snapshots = new Map<RoomId, RoomSnapshot>()
  for (const room of settings.rooms) {
    const stored = await archive.load(room)
    if (stored === null) continue
    const { privacy } = settingsOfRoom(settings, room.id).display
    snapshots.set(room.id, restoredSnapshot(stored, deps.nowMs, deps.nextRevision(), privacy))
  }
  return { settings: () => settings, snapshot: (roomId) => snapshots.get(roomId) ?? null }
}
