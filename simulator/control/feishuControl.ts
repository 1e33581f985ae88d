import type { FastifyInstance } from 'fastify'

import {
  FieldError,
  type Fields,
  isGiven,
  optional,
  readBoolean,
  readInteger,
  readOneOf,
  readTexts,
  refuseUnknown,
  withoutUndefined,
} from '../http/fields.ts'
import { feishuView } from '../platforms/feishu/feishuView.ts'
import { feishuBlanks, feishuLanguages, type FeishuScope, feishuScopes } from '../world/feishuApp.ts'
import { checkInModes, plainFeishuRoom } from '../world/feishuCalendar.ts'
import type { World } from '../world/World.ts'
import { bodyOf, idOf } from './controlInput.ts'
import { NotThereError } from './findControlled.ts'

const switches = ['isEnabled', 'hasBot', 'isMadeByMeetingAdmin'] as const
const spans = ['roomAnswerMs', 'listLagMs', 'freebusyLagMs', 'tokenLifetimeSeconds'] as const
const numbers = ['tokenErrorStatus', 'wrongSecretCode', 'listOffsetMinutes', 'freebusyOffsetMinutes'] as const
const words = ['scopes', 'textLanguage', 'blanks', 'callsSpent']

function readCount(fields: Fields, name: string): number {
  const value = readInteger(fields, name)
  if (value < 0) throw new FieldError(name, 'an integer that is not negative')
  return value
}

const readScope = readOneOf(feishuScopes)

function readScopes(fields: Fields): ReadonlySet<FeishuScope> | undefined {
  if (!isGiven(fields, 'scopes')) return undefined
  return new Set(readTexts(fields, 'scopes').map((scope) => readScope({ scopes: scope }, 'scopes')))
}

/** The given ones of several fields of one kind. */
const readGiven = <T>(names: readonly string[], fields: Fields, read: (from: Fields, name: string) => T) =>
  Object.fromEntries(names.filter((name) => isGiven(fields, name)).map((name) => [name, read(fields, name)]))

function readOffset(fields: Fields, name: string): number {
  const value = readInteger(fields, name)
  if (name.endsWith('OffsetMinutes') && Math.abs(value) > 840)
    throw new FieldError(name, 'from -840 to 840 minutes')
  if (name === 'tokenErrorStatus' && (value < 200 || value > 599))
    throw new FieldError(name, 'an HTTP status')
  return value
}

/** Sets the month's calls, to have its end near. */
function spend(world: World, calls: number | undefined): void {
  if (calls === undefined) return
  if (calls < world.quota.spent('feishu'))
    throw new FieldError('callsSpent', 'not below what is spent already: reset instead')
  while (world.quota.spent('feishu') < calls) world.quota.spend('feishu')
}

function patchApp(world: World, fields: Fields) {
  refuseUnknown(fields, [...switches, ...spans, ...numbers, ...words])
  const calls = optional(readCount)(fields, 'callsSpent')
  const patch = {
    ...readGiven(switches, fields, readBoolean),
    ...readGiven(spans, fields, readCount),
    ...readGiven(numbers, fields, readOffset),
    ...withoutUndefined({
      scopes: readScopes(fields),
      textLanguage: optional(readOneOf(feishuLanguages))(fields, 'textLanguage'),
      blanks: optional(readOneOf(feishuBlanks))(fields, 'blanks'),
    }),
  }
  if (calls !== undefined && calls > 1_000_000) throw new FieldError('callsSpent', 'at most 1000000')
  spend(world, calls)
  Object.assign(world.tenant.feishu, patch)
  return feishuView(world)
}

const roomNumbers = ['checkInOpensMin', 'checkInClosesMin', 'opensAtMin', 'closesAtMin'] as const

function patchRoom(world: World, id: string, fields: Fields) {
  const room = world.rooms.get(Number(id))
  if (room === undefined) throw new NotThereError(`room ${id}`)
  refuseUnknown(fields, ['checkIn', 'releasesNoShows', ...roomNumbers])
  const next = {
    ...(world.feishu.rooms.get(room.id) ?? plainFeishuRoom),
    ...readGiven(roomNumbers, fields, readCount),
    ...withoutUndefined({
      checkIn: optional(readOneOf(checkInModes))(fields, 'checkIn'),
      releasesNoShows: optional(readBoolean)(fields, 'releasesNoShows'),
    }),
  }
  world.feishu.rooms.set(room.id, next)
  return next
}

/** `/__sim/feishu`: what an administrator of Feishu alone can set, and what its documents leave open. */
export function addFeishuControl(server: FastifyInstance, world: World): void {
  server.patch('/__sim/feishu', (request) => patchApp(world, bodyOf(request)))
  server.patch('/__sim/feishu/rooms/:id', (request) => patchRoom(world, idOf(request), bodyOf(request)))
}
