import type { DirectoryEntry, DirectoryFilter, DirectoryRoomDraft } from '../../../shared/domain/directory.ts'
import { ProviderError } from '../ProviderError.ts'
import type { RoomDirectory } from '../SiteProvider.ts'
import type { WecomClient } from './client.ts'
import type { RoomChange } from './requests.ts'
import type { OfficeRoom } from './schema.ts'

/** Office rooms as the platform keeps them (D:93619). */
function entryOf(room: OfficeRoom): DirectoryEntry {
  return {
    vendorId: String(room.meetingroom_id),
    name: room.name,
    capacity: room.capacity ?? 0,
    city: room.city ?? '',
    building: room.building ?? '',
    floor: room.floor ?? '',
    equipment: room.equipment ?? [],
    latitude: room.coordinate?.latitude ?? '',
    longitude: room.coordinate?.longitude ?? '',
    needsApproval: room.need_approval === 1,
  }
}

const isSameList = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one))

/**
 * The fields that differ from what the platform has. Sent whole, an unchanged coordinate would be refused for a building that
 * exists already, and the three parts of a position only go together.
 */
export function changedFields(draft: DirectoryRoomDraft, present: DirectoryEntry | null): RoomChange {
  const { name, capacity, city, building, floor, latitude, longitude, range } = draft
  const isMoved =
    present === null
      ? city !== ''
      : city !== present.city || building !== present.building || floor !== present.floor
  const isPlaced = latitude !== '' && (latitude !== present?.latitude || longitude !== present.longitude)
  return {
    ...(name === present?.name ? {} : { name }),
    ...(capacity === present?.capacity ? {} : { capacity }),
    ...(isMoved ? { city, building, floor } : {}),
    ...(isSameList(draft.equipment, present?.equipment ?? []) ? {} : { equipment: draft.equipment }),
    ...(isPlaced ? { coordinate: { latitude, longitude } } : {}),
    ...(range === null ? {} : { range: { user_list: range.userIds, department_list: range.departmentIds } }),
  }
}

/** The level above must be given with each level of a place (D:93619). */
function placeOf({ city, building, floor, equipment }: DirectoryFilter) {
  return {
    ...(city === '' ? {} : { city }),
    ...(city === '' || building === '' ? {} : { building }),
    ...(city === '' || building === '' || floor === '' ? {} : { floor }),
    ...(equipment.length === 0 ? {} : { equipment }),
  }
}

/**
 * WeCom's office rooms, changed through its API (D:93619).
 * @param onChanged told after every change, so that cached descriptions are read anew
 */
export function createRoomDirectory(client: WecomClient, onChanged: () => void): RoomDirectory {
  function idOf(vendorId: string): number {
    const id = Number(vendorId)
    if (!Number.isSafeInteger(id) || id <= 0) throw new ProviderError('notFound', 'not an office room id')
    return id
  }

  return {
    async list(filter, signal) {
      return (await client.listOfficeRooms(signal, placeOf(filter))).map(entryOf)
    },
    async add(room, signal) {
      const id = await client.addRoom(changedFields(room, null), signal)
      onChanged()
      return String(id)
    },
    async edit(vendorId, room, signal) {
      const id = idOf(vendorId)
      const rooms = await client.listOfficeRooms(signal)
      const present = rooms.find((one) => one.meetingroom_id === id)
      if (!present) throw new ProviderError('notFound', 'oa/meetingroom/edit: the room is not in the list')
      const change = changedFields(room, entryOf(present))
      if (Object.keys(change).length === 0) return
      await client.editRoom(id, change, signal)
      onChanged()
    },
    async remove(vendorId, signal) {
      await client.removeRoom(idOf(vendorId), signal)
      onChanged()
    },
  }
}
