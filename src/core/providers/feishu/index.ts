import { noActions } from '../../../shared/domain/booking.ts'
import type { ActionCapabilities } from '../../../shared/domain/booking.ts'
import type { RoomCapabilities } from '../../../shared/domain/roomSnapshot.ts'
import { createZone } from '../../../shared/domain/zonedTime.ts'
import type { FeishuAccount, FeishuRoomSource } from '../../../shared/settings/schema.ts'
import { createPause } from '../facts/createPause.ts'
import { readAuthenticated } from '../readAuthenticated.ts'
import type { ProviderDeps, SiteProvider } from '../SiteProvider.ts'
import { createActions } from './createActions.ts'
import { createFeishuClient } from './client.ts'
import { createBusyReader } from './createBusyReader.ts'
import { createCatalogue } from './createCatalogue.ts'
import { createEvents } from './createEvents.ts'
import { createLedger } from './createLedger.ts'
import { createReservations } from './createReservations.ts'
import { createRoomReader } from './createRoomReader.ts'
import { createRules } from './createRules.ts'
import { createTitles } from './createTitles.ts'
import { createVideos } from './createVideos.ts'
import { DENIED_MS } from './extras.ts'
import { listRooms } from './listRooms.ts'
import { testConnection } from './testConnection.ts'

/**
 * Feishu or Lark as a {@link SiteProvider}: the meeting rooms of one custom app's organisation. The folder's README says
 * which call is made when, and why.
 * @param readSecret throws ProviderError of kind `auth` when the secret is missing
 * @throws RangeError when the runtime does not know `deps.timeZone`
 */
export function createFeishuProvider(
  account: FeishuAccount,
  readSecret: () => Promise<string>,
  deps: ProviderDeps,
): SiteProvider<FeishuRoomSource> {
  const { clock, log, time, mayAlsoCall } = deps
  const zone = createZone(deps.timeZone)
  const nowMs = (): number => time.now()
  const client = createFeishuClient(account, readSecret, deps)
  const isMetered = account.monthlyCalls !== null
  const extras = { client, clock, time, log, isMetered, mayAlsoCall }
  const busyPause = createPause({ clock, time, log, what: 'busy times', deniedMs: DENIED_MS })
  const reservations = createReservations(extras)
  const titles = createTitles(extras)
  const busy = createBusyReader(client, clock, zone)
  const catalogue = createCatalogue(extras)
  const events = createEvents(client)
  const rules = createRules({ ...extras, zone })
  const { appId, bookerOpenId } = account
  const reader = createRoomReader({
    busy,
    busyPause,
    reservations,
    catalogue,
    titles,
    videos: createVideos(extras),
    // Only who may book asks what limits booking: a call a day for each room.
    rules: bookerOpenId === undefined ? null : rules,
    zone,
    appId,
    isOwnUid: (uid) => events.ofUid(uid) !== undefined,
    nowMs,
  })
  const ledger = createLedger(clock, busy, catalogue)
  const { timeZone } = deps
  const actions = createActions({
    client,
    clock,
    log,
    ledger,
    events,
    rules,
    catalogue,
    timeZone,
    nowMs,
    bookerOpenId,
  })

  /** Every write reads the busy times before it. What is booked behind a meeting is our own, whoever the meeting belongs to. */
  function actionCapabilities(): ActionCapabilities {
    if (busyPause.isDenied()) return noActions
    const canBook = bookerOpenId !== undefined
    return { canBook, extend: canBook ? 'any' : 'none', end: 'any', canRelease: true }
  }

  return {
    /** By what the last reads showed: scopes may be missing, and may be granted later. */
    get capabilities(): RoomCapabilities {
      const hasBusyTimes = !busyPause.isDenied()
      const hasList = !reservations.isDenied()
      return {
        // Without busy times nothing says what is private, so neither a title nor a name is shown.
        titles: hasBusyTimes && (hasList || !titles.isDenied()) ? 'all' : 'none',
        organizers: hasBusyTimes,
        approval: hasList,
        platformCheckIn: hasList,
        actions: actionCapabilities(),
      }
    },
    actions,
    listRooms: (signal) => listRooms(client, signal),
    testConnection: (signal) => testConnection({ client, time, canBook: bookerOpenId !== undefined }, signal),
    listMeetings: (rooms, range, signal) =>
      readAuthenticated({ client, rooms, signal }, () => reader.read(rooms, range, signal)),
    callCost: (rooms) => reader.cost(rooms),
  }
}
