import type { WecomRoomSource } from '../../../shared/settings/schema.ts'
import { ProviderError } from '../ProviderError.ts'
import type { DirectoryRoom } from '../SiteProvider.ts'
import type { WecomClient } from './client.ts'
import { mapOfficeRoom, mapUnit } from './map.ts'

type WecomDirectoryRoom = DirectoryRoom<WecomRoomSource>
type Part = readonly WecomDirectoryRoom[] | ProviderError

/**
 * Office rooms and, where the plan and the switches allow, Rooms hardware.
 * @throws ProviderError when neither world could be read, or one failed for another reason than not being granted
 */
export async function listRooms(
  client: WecomClient,
  signal: AbortSignal,
): Promise<readonly WecomDirectoryRoom[]> {
  const office = await partOf(listOffice(client, signal))
  const hardware = await partOf(listHardware(client, signal))
  if (office instanceof ProviderError && hardware instanceof ProviderError) throw office
  return [office, hardware].flatMap((part) => (part instanceof ProviderError ? [] : part))
}

/** A world the app was not granted is simply not there; any other failure is no answer at all. */
async function partOf(list: Promise<readonly WecomDirectoryRoom[]>): Promise<Part> {
  try {
    return await list
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'permission') return error
    throw error
  }
}

async function listOffice(client: WecomClient, signal: AbortSignal): Promise<readonly WecomDirectoryRoom[]> {
  const rooms = await client.listOfficeRooms(signal)
  return rooms.map((one) => {
    const { id: vendorId, ...room } = mapOfficeRoom(one, String(one.meetingroom_id))
    return { room, vendorId, source: { officeRoomId: one.meetingroom_id, isSoleBooker: false } }
  })
}

async function listHardware(
  client: WecomClient,
  signal: AbortSignal,
): Promise<readonly WecomDirectoryRoom[]> {
  const units = await client.listUnits(signal)
  return units.map((one) => {
    const { id: vendorId, ...room } = mapUnit(one, one.meeting_room_id)
    return { room, vendorId, source: { meetingRoomId: one.meeting_room_id, isSoleBooker: false } }
  })
}
