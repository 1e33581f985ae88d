import type { FastifyInstance } from 'fastify'

import {
  FieldError,
  type Fields,
  isGiven,
  optional,
  readBoolean,
  readFilledText,
  readInteger,
  readIntegers,
  readText,
  refuseUnknown,
  withoutUndefined,
} from '../http/fields.ts'
import type { Person } from '../world/person.ts'
import type { Room } from '../world/room.ts'
import { type RoomsUnit, unitStatusAt } from '../world/roomsUnit.ts'
import type { World } from '../world/World.ts'
import { bodyOf, idOf } from './controlInput.ts'
import { NotThereError } from './findControlled.ts'

const roomFields = [
  'name',
  'capacity',
  'city',
  'building',
  'floor',
  'equipment',
  'needsApproval',
  'isDisabled',
  'isVisible',
  'minMinutes',
  'maxMinutes',
  'advanceDays',
  'allowsRepeating',
]

/** `null` takes a place, or the word on approval, away. */
const orNull =
  <T>(read: (fields: Fields, name: string) => T) =>
  (fields: Fields, name: string): T | null | undefined =>
    fields[name] === null ? null : optional(read)(fields, name)

/** @throws FieldError for less than nothing */
function readCount(fields: Fields, name: string): number {
  const value = readInteger(fields, name)
  if (value < 0) throw new FieldError(name, 'an integer of at least 0')
  return value
}

function patchRoom(room: Room, fields: Fields): Room {
  refuseUnknown(fields, roomFields)
  const patch = withoutUndefined({
    name: optional(readFilledText)(fields, 'name'),
    capacity: optional(readInteger)(fields, 'capacity'),
    city: orNull(readFilledText)(fields, 'city'),
    building: orNull(readFilledText)(fields, 'building'),
    floor: orNull(readFilledText)(fields, 'floor'),
    equipment: optional(readIntegers)(fields, 'equipment'),
    needsApproval: orNull(readBoolean)(fields, 'needsApproval'),
    isDisabled: optional(readBoolean)(fields, 'isDisabled'),
    isVisible: optional(readBoolean)(fields, 'isVisible'),
  })
  const rules = withoutUndefined({
    minMinutes: optional(readCount)(fields, 'minMinutes'),
    maxMinutes: optional(readCount)(fields, 'maxMinutes'),
    advanceDays: orNull(readCount)(fields, 'advanceDays'),
    allowsRepeating: optional(readBoolean)(fields, 'allowsRepeating'),
  })
  return { ...room, ...patch, rules: { ...room.rules, ...rules } }
}

function patchPerson(person: Person, fields: Fields): Person {
  refuseUnknown(fields, ['name', 'alias', 'position', 'status', 'isVisible'])
  const patch = withoutUndefined({
    name: optional(readFilledText)(fields, 'name'),
    alias: optional(readText)(fields, 'alias'),
    position: optional(readText)(fields, 'position'),
    status: optional(readInteger)(fields, 'status'),
    isVisible: optional(readBoolean)(fields, 'isVisible'),
  })
  return { ...person, ...patch }
}

function patchUnit(unit: RoomsUnit, fields: Fields): RoomsUnit {
  refuseUnknown(fields, ['status', 'isBookable'])
  const isBookable = optional(readBoolean)(fields, 'isBookable') ?? unit.isBookable
  if (!isGiven(fields, 'status')) return { ...unit, isBookable }
  const status = fields['status'] === 'auto' ? 'auto' : readInteger(fields, 'status')
  if (status !== 'auto' && (status < 0 || status > 255))
    throw new FieldError(
      'status',
      'auto or an integer: 0 not activated, 1 not bound, 2 idle, 3 in use, 4 offline',
    )
  return { ...unit, isBookable, status }
}

/** `/__sim/rooms`, `/__sim/people`, `/__sim/devices`: what an administrator would change. */
export function addPlaceControl(server: FastifyInstance, world: World): void {
  server.patch('/__sim/rooms/:id', (request) => {
    const id = idOf(request)
    const room = world.rooms.get(Number(id))
    if (room === undefined) throw new NotThereError(`room ${id}`)
    const next = patchRoom(room, bodyOf(request))
    world.rooms.set(room.id, next)
    return next
  })
  server.patch('/__sim/people/:id', (request) => {
    const key = idOf(request).toLowerCase()
    const person = world.people.get(key)
    if (person === undefined) throw new NotThereError(`person ${key}`)
    const next = patchPerson(person, bodyOf(request))
    world.people.set(key, next)
    return next
  })
  server.patch('/__sim/devices/:id', (request) => {
    const id = idOf(request)
    const unit = world.units.get(id)
    if (unit === undefined) throw new NotThereError(`device ${id}`)
    const next = patchUnit(unit, bodyOf(request))
    world.units.set(id, next)
    return { ...next, statusNow: unitStatusAt(next, world.meetings.values(), world.clock.now()) }
  })
}
