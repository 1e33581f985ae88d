import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import {
  attempt,
  permissionStep,
  roomsStep,
  runConnectionTest,
  skipped,
  skippedPermission,
} from '../connectionSteps.ts'
import { ProviderError } from '../ProviderError.ts'
import type { ConnectionStep, ProviderDeps } from '../SiteProvider.ts'
import type { WecomClient } from './client.ts'
import { wecomSwitches } from './errors.ts'
import { scheduleSchema } from './schema.ts'
import type { OfficeRoom } from './schema.ts'

const SAMPLE_ROOMS = 3

/** What a test works with. */
export interface ConnectionTest {
  readonly client: WecomClient
  /** A range over no midnight that holds now. */
  readonly stretchOfNow: () => TimeRange
  readonly time: ProviderDeps['time']
}

/** Address, clock, token, each group of calls by the name of its switch, rooms. Throws only the signal's reason. */
export async function testConnection(
  test: ConnectionTest,
  signal: AbortSignal,
): Promise<readonly ConnectionStep[]> {
  const { client, time } = test
  return runConnectionTest(
    {
      authenticate: () => client.authenticate(signal),
      listRooms: () => client.listOfficeRooms(signal),
      isVendors: ({ details }) => /^-?\d+$/.test(details.vendorCode ?? ''),
      time,
      furtherSteps: (office) => permissionSteps(test, office, signal),
    },
    signal,
  )
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
  const { visibleRange } = wecomSwitches
  for (const { meetingroom_id } of rooms.slice(0, SAMPLE_ROOMS)) {
    const schedules = await attempt(() => client.getBookingInfo({ meetingroom_id }, day, signal), signal)
    if (schedules instanceof ProviderError) return permissionStep(wecomSwitches.officeRooms, schedules)
    const booker = schedules.flatMap(({ schedule }) => scheduleSchema.safeParse(schedule).data ?? [])[0]
      ?.booker
    if (booker)
      return permissionStep(visibleRange, await attempt(() => client.getPersonName(booker, signal), signal))
  }
  return skippedPermission(visibleRange)
}
