import type { FeishuRoomSource } from '../../../shared/settings/schema.ts'
import type { DirectoryRoom } from '../SiteProvider.ts'
import type { FeishuClient } from './client.ts'
import { readLevels } from './createCatalogue.ts'
import { mapRoom } from './map.ts'

/**
 * Every room of the organisation, each with the names of its places.
 * @throws ProviderError
 */
export async function listRooms(
  client: FeishuClient,
  signal: AbortSignal,
): Promise<readonly DirectoryRoom<FeishuRoomSource>[]> {
  const rooms = await client.listRooms(signal)
  const levels = await readLevels(client, rooms, signal)
  return rooms.map((one) => {
    const { id: vendorId, ...room } = mapRoom(one, one.room_id, (levelId) => levels.get(levelId))
    return { room, vendorId, source: { roomId: one.room_id } }
  })
}
