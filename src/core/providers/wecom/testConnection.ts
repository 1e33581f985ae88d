import type { TimeRange } from '../../../shared/domain/meeting.ts'
import { ProviderError } from '../ProviderError.ts'
import type { ConnectionStep } from '../SiteProvider.ts'
import type { WecomClient } from './client.ts'
import { wecomSwitches } from './errors.ts'
import { scheduleSchema } from './schema.ts'
import type { OfficeRoom } from './schema.ts'

/** A device clock off by more than this is worth an admin's look; the panel corrects it by itself. */
const CLOCK_LIMIT_MS = 60_000
const SAMPLE_ROOMS = 3

/** What a test works with. `offsetMs` answers null until a server told its time. */
export interface ConnectionTest {
  readonly client: WecomClient
  /** A range over no midnight that holds now. */
  readonly stretchOfNow: () => TimeRange
  readonly offsetMs: () => number | null
}

/**
 * Address, clock, token, each group of calls by the name of its switch, rooms. A token alone proves little: the
 * caller's address is judged only with the first call after it. Throws only the signal's reason.
 */
export async function testConnection(
  test: ConnectionTest,
  signal: AbortSignal,
): Promise<readonly ConnectionStep[]> {
  const { client, offsetMs } = test
  const token = await attempt(() => client.authenticate(signal), signal)
  // A token at hand needs no call: then the list is the first to cross the network.
  const office =
    token instanceof ProviderError ? token : await attempt(() => client.listOfficeRooms(signal), signal)
  if (isUnreached(office)) {
    return [
      { step: 'reachable', outcome: 'failed', error: office },
      ...(['clock', 'token', 'permissions', 'rooms'] as const).map(skipped),
    ]
  }
  const begun: readonly ConnectionStep[] = [{ step: 'reachable', outcome: 'passed' }, clockStep(offsetMs())]
  if (token instanceof ProviderError) {
    const failed: ConnectionStep = { step: 'token', outcome: 'failed', error: token }
    return [...begun, failed, skipped('permissions'), skipped('rooms')]
  }
  return [...begun, { step: 'token', outcome: 'passed' }, ...(await permissionSteps(test, office, signal))]
}

/** Nobody who speaks WeCom's language answered: no network, or an answer without one of its codes. */
function isUnreached(outcome: unknown): outcome is ProviderError {
  if (!(outcome instanceof ProviderError)) return false
  const { kind, details } = outcome
  if (kind === 'network' || kind === 'tls') return true
  return (kind === 'server' || kind === 'badResponse') && !/^-?\d+$/.test(details.vendorCode ?? '')
}

/** Office rooms or Rooms hardware: one of the two must be granted. */
async function permissionSteps(
  { client, stretchOfNow }: ConnectionTest,
  office: readonly OfficeRoom[] | ProviderError,
  signal: AbortSignal,
): Promise<readonly ConnectionStep[]> {
  // What refuses the account here would refuse it again at once.
  if (office instanceof ProviderError && office.kind !== 'permission') {
    return [permissionStep(wecomSwitches.officeRooms, office), skipped('rooms')]
  }
  const units = await attempt(() => client.listUnits(signal), signal)
  const isUnitRefused = units instanceof ProviderError && units.kind === 'permission'
  const meetings = permissionStep(wecomSwitches.meetings, units)
  const isOptional = isUnitRefused && !(office instanceof ProviderError)
  return [
    permissionStep(wecomSwitches.officeRooms, office),
    isOptional ? { ...meetings, outcome: 'skipped' } : meetings,
    await namesStep(client, office instanceof ProviderError ? [] : office, stretchOfNow(), signal),
    roomsStep(office, units),
  ]
}

/** Names can be asked for only with the userid of somebody who booked: looks for one in a few rooms of today. */
async function namesStep(
  client: WecomClient,
  rooms: readonly OfficeRoom[],
  day: TimeRange,
  signal: AbortSignal,
): Promise<ConnectionStep> {
  const detail = wecomSwitches.visibleRange
  for (const { meetingroom_id } of rooms.slice(0, SAMPLE_ROOMS)) {
    const schedules = await attempt(() => client.getBookingInfo({ meetingroom_id }, day, signal), signal)
    if (schedules instanceof ProviderError) return permissionStep(wecomSwitches.officeRooms, schedules)
    const booker = schedules.flatMap(({ schedule }) => scheduleSchema.safeParse(schedule).data ?? [])[0]
      ?.booker
    if (booker)
      return permissionStep(detail, await attempt(() => client.getPersonName(booker, signal), signal))
  }
  return { ...skipped('permissions'), detail }
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

function roomsStep(...lists: readonly (readonly unknown[] | ProviderError)[]): ConnectionStep {
  const counts = lists.flatMap((list) => (list instanceof ProviderError ? [] : [list.length]))
  if (counts.length === 0) return skipped('rooms')
  const count = counts.reduce((sum, one) => sum + one, 0)
  return { step: 'rooms', outcome: count > 0 ? 'passed' : 'failed', detail: String(count) }
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
