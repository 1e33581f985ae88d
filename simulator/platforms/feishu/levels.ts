import type { Room } from '../../world/room.ts'
import type { World } from '../../world/World.ts'
import { levelIdOf } from './feishuIds.ts'

/** A storey of the organisation's places: the organisation itself, a city, a building, a floor. */
export interface Level {
  readonly id: string
  readonly name: string
  /** Names from the city down; empty is the organisation. */
  readonly place: readonly string[]
}

const organisationName = '模拟企业'

/** Where a room is; one without a place hangs on the organisation itself. */
export const placeOf = ({ city, building, floor }: Room): readonly string[] =>
  city === null || building === null || floor === null ? [] : [city, building, floor]

const levelAt = (place: readonly string[]): Level => ({
  id: levelIdOf(place),
  name: place.at(-1) ?? organisationName,
  place,
})

export const rootLevel: Level = levelAt([])

/** The levels from the organisation down to a place, the organisation first. */
export const levelsDownTo = (place: readonly string[]): readonly Level[] =>
  Array.from({ length: place.length + 1 }, (_, depth) => levelAt(place.slice(0, depth)))

/** Every level that has rooms below it, the organisation first. */
export function allLevels(world: World): readonly Level[] {
  const found = new Map<string, Level>([[rootLevel.id, rootLevel]])
  for (const room of world.rooms.values())
    for (const level of levelsDownTo(placeOf(room))) found.set(level.id, level)
  return [...found.values()]
}

/** The level of an id; undefined when there is none. */
export const findLevel = (world: World, id: string): Level | undefined =>
  allLevels(world).find((level) => level.id === id)

export const childrenOf = (world: World, parent: Level): readonly Level[] =>
  allLevels(world).filter(
    ({ place }) => place.length === parent.place.length + 1 && isUnder(place, parent.place),
  )

const isUnder = (place: readonly string[], parent: readonly string[]): boolean =>
  parent.every((name, depth) => place[depth] === name)

/** The rooms anywhere below a level that the app may see. */
export const roomsUnder = (world: World, level: Level): readonly Room[] =>
  [...world.rooms.values()].filter((room) => room.isVisible && isUnder(placeOf(room), level.place))
