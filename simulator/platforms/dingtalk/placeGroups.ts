import type { Room } from '../../world/room.ts'
import type { World } from '../../world/World.ts'

/** A group of rooms: a building, or a floor under its building. */
export interface PlaceGroup {
  readonly groupId: number
  readonly groupName: string
  /** 0: at the top. */
  readonly parentId: number
}

const floorsOf = (rooms: readonly Room[]): readonly string[] => [
  ...new Set(rooms.flatMap((room) => (room.floor === null ? [] : [room.floor]))),
]

/** The world's places as groups, numbered in the order of their rooms. */
export function placeGroups({ rooms }: World): readonly PlaceGroup[] {
  const all = [...rooms.values()]
  const buildings = [...new Set(all.flatMap((room) => (room.building === null ? [] : [room.building])))]
  return buildings.flatMap((building, index) => {
    const parent = { groupId: (index + 1) * 100, groupName: building, parentId: 0 }
    const floors = floorsOf(all.filter((room) => room.building === building))
    return [
      parent,
      ...floors.map((groupName, at) => ({
        groupId: parent.groupId + at + 1,
        groupName,
        parentId: parent.groupId,
      })),
    ]
  })
}

/** The floor a room is on; undefined for a room without a place. */
export function groupOf(world: World, room: Room): PlaceGroup | undefined {
  const groups = placeGroups(world)
  const parent = groups.find((group) => group.parentId === 0 && group.groupName === room.building)
  return groups.find((group) => group.parentId === parent?.groupId && group.groupName === room.floor)
}
