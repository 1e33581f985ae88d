import { HOUR_MS } from '../../../shared/domain/duration.ts'
import { BODY_TOO_LONG } from '../http/readBody.ts'
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
import type { DingtalkClient } from './client.ts'
import { answerOf } from './createBusyReader.ts'
import { isRequestRefusal } from './errors.ts'
import { dingtalkPermissions } from './reactions.ts'
import type { VendorRoom } from './schema.ts'

/** Base64 of `doorplate`, which no event is called. */
const NO_EVENT = 'ZG9vcnBsYXRl'

/** What a test works with. */
export interface ConnectionTest {
  readonly client: DingtalkClient
  readonly operatorUnionId: string
  /** Undefined where nobody was named to book for the door: then nothing of writing is tested. */
  readonly bookerUnionId: string | undefined
  readonly time: ProviderDeps['time']
}

/**
 * Address, clock, token, each permission by the console's name, rooms. Costs two counted calls, one more for every
 * further hundred rooms, and one where a service person is named. Throws only the signal's reason.
 */
export async function testConnection(
  test: ConnectionTest,
  signal: AbortSignal,
): Promise<readonly ConnectionStep[]> {
  const { client, time } = test
  return runConnectionTest(
    {
      authenticate: () => client.authenticate(signal),
      listRooms: () => client.listRooms(signal),
      isVendors,
      time,
      furtherSteps: (rooms) => permissionSteps(test, rooms, signal),
    },
    signal,
  )
}

/** A gateway's word is not DingTalk's: an answer without one of its codes. */
function isVendors({ details }: ProviderError): boolean {
  const { vendorCode = BODY_TOO_LONG } = details
  return vendorCode !== BODY_TOO_LONG && !vendorCode.startsWith('HTTP ')
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
    ...(await writingSteps(test, signal)),
    roomsStep(rooms),
  ]
}

/** Busy times can only be asked for with a room's id. Titles need the same permission. */
async function eventsStep(
  { client, time }: ConnectionTest,
  rooms: readonly VendorRoom[] | ProviderError,
  signal: AbortSignal,
): Promise<ConnectionStep> {
  const name = dingtalkPermissions.events
  const roomId = rooms instanceof ProviderError ? undefined : rooms[0]?.roomId
  if (roomId === undefined) return skippedPermission(name)
  const range = { fromMs: time.now(), untilMs: time.now() + HOUR_MS }
  const schedules = await attempt(() => client.queryBusy([roomId], range, signal), signal)
  if (schedules instanceof ProviderError) return permissionStep(name, schedules)
  const answer = answerOf(roomId, schedules)
  return permissionStep(name, answer.kind === 'failed' ? answer.error : answer)
}

/**
 * Asks for the sign-in link of an event that is none: it changes nothing, needs the permission to write all the same
 * (D:api-getsigninlink), and is refused for the permission or the person before anybody looks for the event.
 */
async function writingSteps(
  { client, bookerUnionId }: ConnectionTest,
  signal: AbortSignal,
): Promise<readonly ConnectionStep[]> {
  if (bookerUnionId === undefined) return []
  const writing = dingtalkPermissions.writing
  const name = await attempt(() => client.getPersonName(bookerUnionId, signal), signal)
  if (name instanceof ProviderError && name.kind === 'notFound')
    return [permissionStep(dingtalkPermissions.booker, name)]
  const event = { unionId: bookerUnionId, eventId: NO_EVENT }
  const link = await attempt(() => client.getSignInLink(event, signal), signal)
  if (!(link instanceof ProviderError)) return [permissionStep(writing, link)]
  const { kind, details } = link
  const isAllowed =
    kind === 'notFound' ||
    isRequestRefusal(details.vendorCode ?? '') ||
    details.vendorCode === 'permissionDenied'
  return [permissionStep(writing, isAllowed ? null : link)]
}
