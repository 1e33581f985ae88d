import type { TimeRange } from '../../../shared/domain/meeting.ts'
import { ProviderError } from '../ProviderError.ts'
import type { ConnectionStep } from '../SiteProvider.ts'
import type { FeishuClient } from './client.ts'
import { windowAround } from './createReservations.ts'
import { feishuScopes, feishuWriteScopes } from './errors.ts'
import type { VendorRoom } from './schema.ts'

/** A device clock off by more than this is worth an admin's look; the panel corrects it by itself. */
const CLOCK_LIMIT_MS = 60_000
const HOUR_MS = 3_600_000
/** Well-formed and nobody's: who may not ask is refused before anybody looks for it. */
const SAMPLE = {
  room: 'omm_00000000000000000000000000000000',
  event: { uid: '00000000-0000-0000-0000-000000000000', original_time: 0 },
  number: '100000000',
  eventId: '00000000-0000-0000-0000-000000000000_0',
} as const

/** What a test works with. `offsetMs` answers null until a server told its time. */
export interface ConnectionTest {
  readonly client: FeishuClient
  readonly nowMs: () => number
  readonly offsetMs: () => number | null
  /** Whether somebody was named as the contact of the door's bookings. */
  readonly canBook: boolean
}

/** Address, clock, token, each scope by its name, rooms. Throws only the signal's reason. */
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
  if (token instanceof ProviderError || isAboutToken(rooms)) {
    const error = token instanceof ProviderError ? token : rooms
    const failed: ConnectionStep = {
      step: 'token',
      outcome: 'failed',
      ...(error instanceof ProviderError ? { error } : {}),
    }
    return [...begun, failed, skipped('permissions'), skipped('rooms')]
  }
  return [...begun, { step: 'token', outcome: 'passed' }, ...(await permissionSteps(test, rooms, signal))]
}

/** Nobody who speaks Feishu's language answered: no network, or an answer without one of its codes. */
function isUnreached(outcome: unknown): outcome is ProviderError {
  if (!(outcome instanceof ProviderError)) return false
  const { kind, details } = outcome
  if (kind === 'network' || kind === 'tls') return true
  return (kind === 'server' || kind === 'badResponse') && !/^-?\d+$/.test(details.vendorCode ?? '')
}

const isAboutToken = (outcome: unknown): boolean =>
  outcome instanceof ProviderError && outcome.kind === 'auth'

/** Busy times or the reservation list: one of the two is enough. Titles and video meetings may be missing. */
async function permissionSteps(
  { client, nowMs, canBook }: ConnectionTest,
  rooms: readonly VendorRoom[] | ProviderError,
  signal: AbortSignal,
): Promise<readonly ConnectionStep[]> {
  // What refuses the account here would refuse it again at once.
  if (rooms instanceof ProviderError && rooms.kind !== 'permission')
    return [permissionStep(feishuScopes.rooms, rooms), skipped('rooms')]
  const [first] = rooms instanceof ProviderError ? [] : rooms
  const ids = [first?.room_id ?? SAMPLE.room]
  const hour: TimeRange = { fromMs: nowMs() - HOUR_MS, untilMs: nowMs() }
  const ask = (run: () => Promise<unknown>): Promise<unknown> => attempt(run, signal)
  const busy = await ask(() => client.getBusyTimes(ids, hour, signal))
  const list =
    rooms instanceof ProviderError
      ? rooms
      : await ask(() => client.listReservations(ids, windowAround(nowMs()), signal))
  const titles = await ask(() => client.getSummaries([SAMPLE.event], signal))
  const videos = await ask(() => client.listMeetings(SAMPLE.number, hour, signal))
  const isAnyGranted = !isDenied(busy) || !isDenied(list)
  const optional = (step: ConnectionStep, isOptional: boolean): ConnectionStep =>
    isOptional && step.error?.kind === 'permission' ? { ...step, outcome: 'skipped' } : step
  return [
    optional(permissionStep(feishuScopes.busyTimes, busy), isAnyGranted),
    optional(permissionStep(feishuScopes.rooms, list), isAnyGranted),
    optional(permissionStep(feishuScopes.titles, titles), true),
    optional(permissionStep(feishuScopes.videoMeetings, videos), true),
    ...(canBook ? await writeSteps(client, signal) : []),
    roomsStep(rooms),
  ]
}

/**
 * What booking asks for, without booking: a calendar of the app's own, which takes a bot, and calls about an event nobody
 * has. Only making one cannot be tried so: its scope shows with the first booking.
 */
async function writeSteps(client: FeishuClient, signal: AbortSignal): Promise<readonly ConnectionStep[]> {
  const ask = (run: () => Promise<unknown>): Promise<unknown> => attempt(run, signal)
  const calendarId = await attempt(() => client.getPrimaryCalendar(signal), signal)
  const step = permissionStep(feishuWriteScopes.readCalendar, calendarId)
  if (calendarId instanceof ProviderError) return [step]
  const event = { calendarId, eventId: SAMPLE.eventId }
  const read = await ask(() => client.getRoomAnswer(event, SAMPLE.room, signal))
  const removed = await ask(() => client.deleteEvent(event, signal))
  return [
    step,
    permissionStep(feishuWriteScopes.readEvents, read),
    permissionStep(feishuWriteScopes.deleteEvents, removed),
  ]
}

const isDenied = (outcome: unknown): boolean =>
  outcome instanceof ProviderError && outcome.kind === 'permission'

/** A sample nobody has may be refused as such: whoever says so has let us ask. */
const isPastTheGate = ({ kind, details }: ProviderError): boolean =>
  (kind === 'notFound' || kind === 'badResponse') && /^\d+$/.test(details.vendorCode ?? '')

function permissionStep(scope: string, outcome: unknown): ConnectionStep {
  return outcome instanceof ProviderError && !isPastTheGate(outcome)
    ? {
        step: 'permissions',
        outcome: 'failed',
        error: outcome,
        detail: outcome.details.missingPermission ?? scope,
      }
    : { step: 'permissions', outcome: 'passed', detail: scope }
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
