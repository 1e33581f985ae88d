import type { RoomId } from '../../shared/domain/room.ts'
import type { RoomSnapshot } from '../../shared/domain/roomSnapshot.ts'
import type { Settings } from '../../shared/settings/schema.ts'

/** Plans that can be shown although nobody reads them at the moment. */
export interface ShownPlans {
  settings(): Settings
  snapshot(roomId: RoomId): RoomSnapshot | null
}
