import type { PlaceFilter } from './requests.ts'
import type { OfficeRoom } from './schema.ts'

/** One question of `get_booking_info` and the rooms its answer must hold. */
export interface OfficeQuery {
  readonly filter: PlaceFilter
  readonly ids: readonly number[]
}

/**
 * Covers the bound rooms with as few questions as possible: a building where several of them stand (its floor, where
 * all of them share it), else each room by its id.
 * @param placeOf what the platform's list says of a room, if it was read
 * @param isRefused places whose answer was too large before
 */
export function planQueries(
  ids: readonly number[],
  placeOf: (id: number) => OfficeRoom | undefined,
  isRefused: (filter: PlaceFilter) => boolean,
): readonly OfficeQuery[] {
  const buildings = new Map<string, OfficeRoom[]>()
  const alone: number[] = []
  for (const id of new Set(ids)) {
    const room = placeOf(id)
    if (!room?.city || !room.building) alone.push(id)
    else {
      const key = JSON.stringify([room.city, room.building])
      buildings.set(key, [...(buildings.get(key) ?? []), room])
    }
  }
  const shared = [...buildings.values()].map((rooms) => ({
    filter: filterFor(rooms),
    ids: rooms.map((room) => room.meetingroom_id),
  }))
  const isWorthIt = (query: OfficeQuery): boolean => query.ids.length > 1 && !isRefused(query.filter)
  const single = [...alone, ...shared.filter((query) => !isWorthIt(query)).flatMap((query) => query.ids)]
  return [...shared.filter(isWorthIt), ...single.map(queryById)]
}

/** The question for one room alone. */
export const queryById = (id: number): OfficeQuery => ({ filter: { meetingroom_id: id }, ids: [id] })

function filterFor(rooms: readonly OfficeRoom[]): PlaceFilter {
  const [first] = rooms
  const city = first?.city ?? ''
  const building = first?.building ?? ''
  const floor = first?.floor ?? ''
  const isOneFloor = floor !== '' && rooms.every((room) => room.floor === floor)
  return isOneFloor ? { city, building, floor } : { city, building }
}
