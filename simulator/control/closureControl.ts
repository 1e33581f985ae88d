import type { FastifyInstance } from 'fastify'

import {
  FieldError,
  type Fields,
  isGiven,
  optional,
  readBoolean,
  readFilledText,
  readText,
  refuseUnknown,
} from '../http/fields.ts'
import type { Closure } from '../world/closure.ts'
import type { World } from '../world/World.ts'
import { bodyOf, idOf } from './controlInput.ts'
import { NotThereError, readRoom } from './findControlled.ts'
import { readSpan, spanFields } from './readSpan.ts'

/** Without an end, or with a length, unless it is for ever. */
function readEnd(fields: Fields, endMs: number): number | null {
  if (optional(readBoolean)(fields, 'forEver') !== true) return endMs
  const given = ['endMs', 'durationMinutes'].find((name) => isGiven(fields, name))
  if (given !== undefined) throw new FieldError(given, 'absent when forEver is true')
  return null
}

function addClosure(world: World, fields: Fields): Closure {
  refuseUnknown(fields, ['room', 'reason', 'contact', 'forEver', ...spanFields])
  const room = readRoom(world, fields)
  const span = readSpan(fields, world.clock.now(), null)
  const closure: Closure = {
    id: world.ids.next('cl', 12),
    roomId: room.id,
    startMs: span.startMs,
    endMs: readEnd(fields, span.endMs),
    reason: optional(readText)(fields, 'reason') ?? '设备检修',
    contactId: optional(readFilledText)(fields, 'contact') ?? 'huangjing',
  }
  world.closures.set(closure.id, closure)
  return closure
}

/** `/__sim/closures`: times an administrator takes a room out of service for. */
export function addClosureControl(server: FastifyInstance, world: World): void {
  server.post('/__sim/closures', (request) => addClosure(world, bodyOf(request)))
  server.delete('/__sim/closures/:id', (request) => {
    const id = idOf(request)
    const closure = world.closures.get(id)
    if (closure === undefined) throw new NotThereError(`closure ${id}`)
    world.closures.delete(id)
    return closure
  })
}
