import {
  FieldError,
  type Fields,
  isGiven,
  optional,
  readFilledText,
  readInteger,
  readIntegers,
  readObject,
  readText,
  readTexts,
  withoutUndefined,
} from '../../http/fields.ts'
import { createRoom, type Room } from '../../world/room.ts'
import type { World } from '../../world/World.ts'
import { findRoom } from './findRoom.ts'
import { readFullPlace } from './readPlace.ts'
import type { WecomCall, WecomRoute } from './WecomRoute.ts'

const longestName = 30
const longestRange = 1000

function readName(body: Fields, field: string): string {
  const name = readFilledText(body, field)
  if (Array.from(name).length > longestName) throw new FieldError(field, `at most ${longestName} characters`)
  return name
}

function readCapacity(body: Fields, field: string): number {
  const capacity = readInteger(body, field)
  if (capacity <= 0) throw new FieldError(field, 'a positive integer')
  return capacity
}

function readCoordinate(body: Fields): Room['coordinate'] {
  const given = readObject(body, 'coordinate')
  return { latitude: readText(given, 'latitude'), longitude: readText(given, 'longitude') }
}

/** D:93619: replaces what was there, also the half that is not sent. */
function readRange(body: Fields): Room['range'] {
  const given = readObject(body, 'range')
  const userIds = optional(readTexts)(given, 'user_list') ?? []
  const departmentIds = optional(readIntegers)(given, 'department_list') ?? []
  if (userIds.length > longestRange) throw new FieldError('range.user_list', `of at most ${longestRange}`)
  if (departmentIds.length > longestRange)
    throw new FieldError('range.department_list', `of at most ${longestRange}`)
  return { userIds, departmentIds }
}

const readPatch = (body: Fields) => ({
  ...withoutUndefined({
    name: optional(readName)(body, 'name'),
    capacity: optional(readCapacity)(body, 'capacity'),
    equipment: optional(readIntegers)(body, 'equipment'),
    coordinate: optional(readCoordinate)(body, 'coordinate'),
    range: optional(readRange)(body, 'range'),
  }),
  ...readFullPlace(body),
})

/**
 * A building has one position. Another one for a building that has rooms already is refused, on edit as documented
 * and on add as well (UNVERIFIED).
 */
function checkBuilding(world: World, room: Pick<Room, 'city' | 'building' | 'coordinate'>): void {
  if (room.coordinate === null || room.building === null) return
  const { latitude, longitude } = room.coordinate
  const isMoved = [...world.rooms.values()].some(
    (one) =>
      one.city === room.city &&
      one.building === room.building &&
      one.coordinate !== null &&
      (one.coordinate.latitude !== latitude || one.coordinate.longitude !== longitude),
  )
  if (isMoved) throw new FieldError('coordinate', 'what the building has: it cannot be changed')
}

/** D:93619 add. Two rooms of one name are allowed (UNVERIFIED). */
function add({ world, body }: WecomCall): Fields {
  const name = readName(body, 'name')
  const capacity = readCapacity(body, 'capacity')
  const id = Math.max(0, ...world.rooms.keys()) + 1
  const room = createRoom({ ...readPatch(body), id, name, capacity })
  checkBuilding(world, room)
  world.rooms.set(id, room)
  return { meetingroom_id: id }
}

/** D:93619 edit: what is not sent stays. */
function edit({ world, body }: WecomCall): Fields {
  const room = findRoom(world, body)
  const next = { ...room, ...readPatch(body) }
  if (isGiven(body, 'coordinate')) checkBuilding(world, next)
  world.rooms.set(room.id, next)
  return {}
}

/** D:93619 del. What becomes of the room's bookings is UNVERIFIED; here they are cancelled. */
function del({ world, body }: WecomCall): Fields {
  const room = findRoom(world, body)
  world.rooms.delete(room.id)
  for (const booking of world.bookings.all())
    if (booking.roomId === room.id && booking.endMs > world.clock.now()) world.bookings.cancel(booking.id)
  return {}
}

const route = (name: string, handle: WecomRoute['handle']): WecomRoute => ({
  method: 'POST',
  path: `/cgi-bin/oa/meetingroom/${name}`,
  grant: 'meetingroom',
  handle,
})

export const roomWriteRoutes: readonly WecomRoute[] = [
  route('add', add),
  route('edit', edit),
  route('del', del),
]
