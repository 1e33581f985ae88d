import { BODY_TOO_LONG } from '../http/readBody.ts'
import { ProviderError } from '../ProviderError.ts'
import type { ConnectionStep } from '../SiteProvider.ts'
import type { DingtalkClient } from './client.ts'
import { answerOf } from './createBusyReader.ts'
import { dingtalkPermissions } from './errors.ts'
import type { VendorRoom } from './schema.ts'

/** A device clock off by more than this is worth an admin's look; the panel corrects it by itself. */
const CLOCK_LIMIT_MS = 60_000
const HOUR_MS = 3_600_000

/** What a test works with. `offsetMs` answers null until a server told its time. */
export interface ConnectionTest {
  readonly client: DingtalkClient
  readonly operatorUnionId: string
  readonly nowMs: () => number
  readonly offsetMs: () => number | null
}

/**
 * Address, clock, token, each permission by the console's name, rooms. Costs two counted calls, one more for every
 * further hundred rooms. Throws only the signal's reason.
 */
export async function testConnection(
  test: ConnectionTest,
  signal: AbortSignal,
): Promise<readonly ConnectionStep[]> {
  const { client, offsetMs } = test
  const token = await attempt(() => client.authenticate(signal), signal)
  // A token at hand needs no call: then the list is the first to cross the network.
  const rooms = token instanceof ProviderError ? token : await attempt(() => client.listRooms(signal), signal)
  if (isUnreached(rooms)) {
    return [
      { step: 'reachable', outcome: 'failed', error: rooms },
      ...(['clock', 'token', 'permissions', 'rooms'] as const).map(skipped),
    ]
  }
  const begun: readonly ConnectionStep[] = [{ step: 'reachable', outcome: 'passed' }, clockStep(offsetMs())]
  if (token instanceof ProviderError) {
    const failed: ConnectionStep = { step: 'token', outcome: 'failed', error: token }
    return [...begun, failed, skipped('permissions'), skipped('rooms')]
  }
  return [...begun, { step: 'token', outcome: 'passed' }, ...(await permissionSteps(test, rooms, signal))]
}

/** Nobody who speaks DingTalk's language answered: no network, or an answer without one of its codes. */
function isUnreached(outcome: unknown): outcome is ProviderError {
  if (!(outcome instanceof ProviderError)) return false
  const { kind, details } = outcome
  if (kind === 'network' || kind === 'tls') return true
  const { vendorCode = BODY_TOO_LONG } = details
  const isGateway = vendorCode === BODY_TOO_LONG || vendorCode.startsWith('HTTP ')
  return (kind === 'server' || kind === 'badResponse') && isGateway
}

async function permissionSteps(
  test: ConnectionTest,
  rooms: readonly VendorRoom[] | ProviderError,
  signal: AbortSignal,
): Promise<readonly ConnectionStep[]> {
  const { client, operatorUnionId } = test
  // What refuses the account here would refuse it again at once.
  if (rooms instanceof ProviderError && rooms.kind !== 'permission') {
    return [permissionStep(dingtalkPermissions.rooms, rooms), skipped('rooms')]
  }
  const name = await attempt(() => client.getPersonName(operatorUnionId, signal), signal)
  return [
    permissionStep(dingtalkPermissions.rooms, rooms),
    await eventsStep(test, rooms, signal),
    permissionStep(dingtalkPermissions.contacts, name),
    roomsStep(rooms),
  ]
}

/** Busy times can only be asked for with a room's id. Titles need the same permission. */
async function eventsStep(
  { client, nowMs }: ConnectionTest,
  rooms: readonly VendorRoom[] | ProviderError,
  signal: AbortSignal,
): Promise<ConnectionStep> {
  const detail = dingtalkPermissions.events
  const roomId = rooms instanceof ProviderError ? undefined : rooms[0]?.roomId
  if (roomId === undefined) return { ...skipped('permissions'), detail }
  const range = { fromMs: nowMs(), untilMs: nowMs() + HOUR_MS }
  const schedules = await attempt(() => client.queryBusy([roomId], range, signal), signal)
  if (schedules instanceof ProviderError) return permissionStep(detail, schedules)
  const answer = answerOf(roomId, schedules)
  return permissionStep(detail, answer.kind === 'failed' ? answer.error : answer)
}

function permissionStep(detail: string, outcome: unknown): ConnectionStep {
  return outcome instanceof ProviderError
    ? {
        step: 'permissions',
        outcome: 'failed',
        error: outcome,
        detail: outcome.details.missingPermission ?? detail,
      }
    : { step: 'permissions', outcome: 'passed', detail }
}

function roomsStep(rooms: readonly VendorRoom[] | ProviderError): ConnectionStep {
  if (rooms instanceof ProviderError) return skipped('rooms')
  return { step: 'rooms', outcome: rooms.length > 0 ? 'passed' : 'failed', detail: String(rooms.length) }
}

function clockStep(offsetMs: number | null): ConnectionStep {
  if (offsetMs === null) return skipped('clock')
  const outcome = Math.abs(offsetMs) <= CLOCK_LIMIT_MS ? 'passed' : 'failed'
  return { step: 'clock', outcome, detail: `${Math.round(offsetMs / 1000)} s` }
}

const skipped = (step: ConnectionStep['step']): ConnectionStep => ({ step, outcome: 'skipped' })

async function attempt<T>(run: () => Promise<T>, signal: AbortSignal): Promise<T | ProviderError> {
  try {
    return await run()
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof ProviderError) return error
    throw error
  }
}
