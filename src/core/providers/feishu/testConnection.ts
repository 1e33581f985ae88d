import { HOUR_MS } from '../../../shared/domain/duration.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import {
  attempt,
  permissionStep as stepOf,
  roomsStep,
  runConnectionTest,
  skipped,
} from '../connectionSteps.ts'
import { ProviderError } from '../ProviderError.ts'
import type { ConnectionStep, ProviderDeps } from '../SiteProvider.ts'
import type { FeishuClient } from './client.ts'
import { windowAround } from './createReservations.ts'
import { feishuScopes, feishuWriteScopes } from './errors.ts'
import type { VendorRoom } from './schema.ts'

/** Well-formed and nobody's: who may not ask is refused before anybody looks for it. */
const SAMPLE = {
  room: 'omm_00000000000000000000000000000000',
  event: { uid: '00000000-0000-0000-0000-000000000000', original_time: 0 },
  number: '100000000',
  eventId: '00000000-0000-0000-0000-000000000000_0',
  person: 'ou_00000000000000000000000000000000',
} as const

/** What a test works with. */
export interface ConnectionTest {
  readonly client: FeishuClient
  readonly time: ProviderDeps['time']
  /** Whether somebody was named as the contact of the door's bookings. */
  readonly canBook: boolean
}

/** Address, clock, token, each scope by its name, rooms. Throws only the signal's reason. */
export async function testConnection(
  test: ConnectionTest,
  signal: AbortSignal,
): Promise<readonly ConnectionStep[]> {
  const { client, time } = test
  return runConnectionTest(
    {
      authenticate: () => client.authenticate(signal),
      listRooms: () => client.listRooms(signal),
      isVendors: ({ details }) => /^-?\d+$/.test(details.vendorCode ?? ''),
      time,
      furtherSteps: (rooms) => permissionSteps(test, rooms, signal),
    },
    signal,
  )
}

/** Busy times or the reservation list: one of the two is enough. Titles and video meetings may be missing. */
async function permissionSteps(
  test: ConnectionTest,
  rooms: readonly VendorRoom[] | ProviderError,
  signal: AbortSignal,
): Promise<readonly ConnectionStep[]> {
  const { client, time } = test
  // What refuses the account here would refuse it again at once.
  if (rooms instanceof ProviderError && rooms.kind !== 'permission')
    return [permissionStep(feishuScopes.rooms, rooms), skipped('rooms')]
  const [first] = rooms instanceof ProviderError ? [] : rooms
  const ids = [first?.room_id ?? SAMPLE.room]
  const hour: TimeRange = { fromMs: time.now() - HOUR_MS, untilMs: time.now() }
  const ask = (run: () => Promise<unknown>): Promise<unknown> => attempt(run, signal)
  const busy = await ask(() => client.getBusyTimes(ids, hour, signal))
  const list =
    rooms instanceof ProviderError
      ? rooms
      : await ask(() => client.listReservations(ids, windowAround(time.now()), signal))
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
    ...(test.canBook ? await writeSteps(test, signal) : []),
    roomsStep(rooms),
  ]
}

/**
 * What booking asks for, without booking: a calendar of the app's own, which takes a bot; an event that ends before it
 * begins, which nobody makes; and calls about an event nobody has.
 */
async function writeSteps(
  { client, time }: ConnectionTest,
  signal: AbortSignal,
): Promise<readonly ConnectionStep[]> {
  const ask = (run: () => Promise<unknown>): Promise<unknown> => attempt(run, signal)
  const calendarId = await attempt(() => client.getPrimaryCalendar(signal), signal)
  const step = permissionStep(feishuWriteScopes.readCalendar, calendarId)
  if (calendarId instanceof ProviderError) return [step]
  const backwards = { fromMs: time.now() + HOUR_MS, untilMs: time.now() }
  const impossible = { title: 'Doorplate', span: backwards, timeZone: 'UTC' }
  const key = `doorplate-connection-test-${time.now()}`
  const event = { calendarId, eventId: SAMPLE.eventId }
  const made = await ask(async () => {
    const eventId = await client.createEvent(calendarId, impossible, key, signal)
    await client.deleteEvent({ calendarId, eventId }, () => undefined, signal)
  })
  const asked = await ask(() => client.askRoom(event, SAMPLE.room, SAMPLE.person, () => undefined, signal))
  const read = await ask(() => client.getRoomAnswer(event, SAMPLE.room, signal))
  const removed = await ask(() => client.deleteEvent(event, () => undefined, signal))
  return [
    step,
    permissionStep(feishuWriteScopes.createEvents, made),
    permissionStep(feishuWriteScopes.updateEvents, asked),
    permissionStep(feishuWriteScopes.readEvents, read),
    permissionStep(feishuWriteScopes.deleteEvents, removed),
  ]
}

const isDenied = (outcome: unknown): boolean =>
  outcome instanceof ProviderError && outcome.kind === 'permission'

const isPastTheGate = ({ kind, details }: ProviderError): boolean =>
  (kind === 'notFound' || kind === 'badResponse') && /^\d+$/.test(details.vendorCode ?? '')

/** A sample nobody has may be refused as such: whoever says so has let us ask. */
function permissionStep(scope: string, outcome: unknown): ConnectionStep {
  const isPast = outcome instanceof ProviderError && isPastTheGate(outcome)
  return stepOf(scope, isPast ? null : outcome)
}
