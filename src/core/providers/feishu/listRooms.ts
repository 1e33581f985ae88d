import type { FeishuRoomSource } from '../../../shared/settings/schema.ts'
import { inChunks } from '../inChunks.ts'
import type { DirectoryRoom } from '../SiteProvider.ts'
import { ROOMS_PER_CALL } from './client.ts'
import type { FeishuClient } from './client.ts'
import { mapRoom } from './map.ts'
import type { VendorLevel, VendorRoom } from './schema.ts'

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
    const { id: vendorId, ...room } = mapRoom(one, one.room_id, (levelId) => levels.get(levelId) ?? null)
    return { room, vendorId, source: { roomId: one.room_id } }
  })
}

/** The levels on the paths of these rooms. */
async function readLevels(
  client: FeishuClient,
  rooms: readonly VendorRoom[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, VendorLevel>> {
  const ids = [...new Set(rooms.flatMap(({ path }) => path ?? []))]
  const levels = new Map<string, VendorLevel>()
  for (const chunk of inChunks(ids, ROOMS_PER_CALL))
    for (const level of await client.getLevels(chunk, signal)) levels.set(level.room_level_id, level)
  return levels
}
