import { FieldError, type Fields } from '../http/fields.ts'
import type { Room } from '../world/room.ts'
import type { World } from '../world/World.ts'

/** Something named in a control address does not exist. */
export class NotThereError extends Error {
  constructor(what: string) {
    super(`there is no ${what}`)
    this.name = 'NotThereError'
  }
}

/**
 * A room by its number, its name, or floor and name as people write it (`3F-西湖`).
 * @throws FieldError
 */
export function readRoom(world: World, fields: Fields): Room {
  const key = fields['room']
  if (typeof key !== 'number' && typeof key !== 'string')
    throw new FieldError('room', 'a meetingroom_id or a name')
  const room = [...world.rooms.values()].find(
    (one) => String(one.id) === String(key) || one.name === key || `${one.floor ?? ''}-${one.name}` === key,
  )
  if (room === undefined) throw new FieldError('room', `a room of the world; ${String(key)} is none`)
  return room
}
