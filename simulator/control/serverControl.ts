import type { FastifyInstance } from 'fastify'

import {
  FieldError,
  type Fields,
  isGiven,
  optional,
  readBoolean,
  readFilledText,
  readInteger,
  readOneOf,
  readTexts,
  refuseUnknown,
  withoutUndefined,
} from '../http/fields.ts'
import type { Limits } from '../world/callLimits.ts'
import { type DingtalkScope, dingtalkScopes } from '../world/dingtalkApp.ts'
import { type Grant, grants, type Quirks } from '../world/tenant.ts'
import { seedNames, type World } from '../world/World.ts'
import { bodyOf, idOf } from './controlInput.ts'
import { NotThereError } from './findControlled.ts'
import type { Controlled } from './stateView.ts'

function setClock({ clock }: World, fields: Fields) {
  refuseUnknown(fields, ['skewMs', 'advanceMs'])
  const skewMs = optional(readInteger)(fields, 'skewMs')
  const advanceMs = optional(readInteger)(fields, 'advanceMs')
  if (skewMs === undefined && advanceMs === undefined) throw new FieldError('skewMs or advanceMs', 'given')
  if (skewMs !== undefined) clock.setSkew(skewMs)
  if (advanceMs !== undefined) clock.advance(advanceMs)
  return { now: clock.now(), skewMs: clock.skewMs, advancedMs: clock.advancedMs }
}

/** `null` lifts the list; `callerIp` is where the platform believes to be called from. */
function setAllowList({ tenant }: World, fields: Fields) {
  refuseUnknown(fields, ['ips', 'callerIp'])
  if (fields['ips'] === undefined) throw new FieldError('ips', 'a list of addresses, or null for no list')
  const allowedIps = isGiven(fields, 'ips') ? readTexts(fields, 'ips') : null
  tenant.callerIp = optional(readFilledText)(fields, 'callerIp') ?? tenant.callerIp
  tenant.allowedIps = allowedIps
  return { ips: tenant.allowedIps, callerIp: tenant.callerIp }
}

const readGrant = readOneOf(grants)
const readScope = readOneOf(dingtalkScopes)

function setApp({ tenant }: World, fields: Fields) {
  const { app } = tenant
  const read = optional(readBoolean)
  refuseUnknown(fields, ['isEnabled', 'grants', 'scopes', 'hasAdvancedMeetings', 'isMeetingAppOn'])
  const granted = optional(readTexts)(fields, 'grants')?.map((grant) =>
    readGrant({ grants: grant }, 'grants'),
  )
  const scopes = optional(readTexts)(fields, 'scopes')?.map((scope) => readScope({ scopes: scope }, 'scopes'))
  const patch = withoutUndefined({
    isEnabled: read(fields, 'isEnabled'),
    hasAdvancedMeetings: read(fields, 'hasAdvancedMeetings'),
    isMeetingAppOn: read(fields, 'isMeetingAppOn'),
    grants: granted === undefined ? undefined : new Set<Grant>(granted),
  })
  Object.assign(app, patch)
  if (scopes !== undefined) tenant.dingtalk = { ...tenant.dingtalk, scopes: new Set<DingtalkScope>(scopes) }
  return { ...patch, grants: [...app.grants], scopes: [...tenant.dingtalk.scopes] }
}

function setQuirks({ tenant: { quirks } }: World, fields: Fields): Quirks {
  refuseUnknown(fields, Object.keys(quirks))
  const patch = Object.keys(fields).map((name) => [name, readBoolean(fields, name)] as const)
  return Object.assign(quirks, Object.fromEntries(patch))
}

function setLimits({ limits: { limits } }: World, fields: Fields): Limits {
  refuseUnknown(fields, Object.keys(limits))
  const patch = Object.keys(fields).map(
    (name) => [name, isGiven(fields, name) ? readInteger(fields, name) : null] as const,
  )
  return Object.assign(limits, Object.fromEntries(patch))
}

/** The switches of the simulated servers themselves: clock, tokens, addresses, limits, faults, reset. */
export function addServerControl(server: FastifyInstance, { world, faults, calls }: Controlled): void {
  server.post('/__sim/clock', (request) => setClock(world, bodyOf(request)))
  server.post('/__sim/ipAllowList', (request) => setAllowList(world, bodyOf(request)))
  server.patch('/__sim/app', (request) => setApp(world, bodyOf(request)))
  server.patch('/__sim/quirks', (request) => setQuirks(world, bodyOf(request)))
  server.patch('/__sim/limits', (request) => setLimits(world, bodyOf(request)))
  server.post('/__sim/tokens/expire', () => {
    world.tokens.expireAll()
    return { ok: true }
  })
  server.post('/__sim/tokens/rotate', () => {
    world.tokens.revokeAll()
    return { ok: true }
  })
  server.post('/__sim/faults', (request) => faults.add(bodyOf(request)))
  server.delete('/__sim/faults', () => {
    faults.clear()
    return { ok: true }
  })
  server.delete('/__sim/faults/:id', (request) => {
    const id = idOf(request)
    if (!faults.remove(id)) throw new NotThereError(`fault ${id}; it may be used up`)
    return { ok: true }
  })
  server.post('/__sim/reset', (request) => {
    const fields = bodyOf(request)
    refuseUnknown(fields, ['seed'])
    const seed = optional(readOneOf(seedNames))(fields, 'seed') ?? 'day'
    faults.clear()
    calls.clear()
    world.reset(seed)
    return { ok: true, seed }
  })
}
