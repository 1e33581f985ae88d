import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import { createZone, dayRange } from '../../../shared/domain/zonedTime.ts'
import type { WecomAccount, WecomRoomSource } from '../../../shared/settings/schema.ts'
import { readAuthenticated } from '../readAuthenticated.ts'
import type { ProviderDeps, RoomRef, SiteProvider } from '../SiteProvider.ts'
import { VENDOR_ZONE } from '../vendorZone.ts'
import { createActions } from './createActions.ts'
import { createWecomClient } from './client.ts'
import { createCatalogue } from './createCatalogue.ts'
import { createHardwareReader } from './createHardwareReader.ts'
import { createLedger } from './createLedger.ts'
import { createOfficeReader } from './createOfficeReader.ts'
import { createNames } from './createNames.ts'
import { createRoomDirectory } from './createRoomDirectory.ts'
import { createNightWatch } from './createNightWatch.ts'
import { daysToRead } from './days.ts'
import type { DaysToRead } from './days.ts'
import { listRooms } from './listRooms.ts'
import { hardwareOf, officeIdsOf, readRooms } from './readRooms.ts'
import { testConnection } from './testConnection.ts'

/**
 * WeCom as a {@link SiteProvider}: office rooms and Rooms hardware of one self-built app. The folder's README says
 * which call is made when, and why.
 * @param readSecret throws ProviderError of kind `auth` when the secret is missing
 * @throws RangeError when the runtime does not know `deps.timeZone`
 */
export function createWecomProvider(
  account: WecomAccount,
  readSecret: () => Promise<string>,
  deps: ProviderDeps,
): SiteProvider<WecomRoomSource> {
  const { clock, log, time } = deps
  const { bookerUserId } = account
  const client = createWecomClient(account, readSecret, deps)
  const zone = createZone(deps.timeZone)
  const officeRooms = createCatalogue({
    clock,
    log,
    name: 'oa/meetingroom/list',
    list: (signal) => client.listOfficeRooms(signal),
    idOf: (room) => room.meetingroom_id,
  })
  const units = createCatalogue({
    clock,
    log,
    name: 'meeting/rooms/list',
    list: (signal) => client.listUnits(signal),
    idOf: (unit) => unit.meeting_room_id,
  })
  const office = createOfficeReader(client, officeRooms)
  const hardware = createHardwareReader(client, units, log)
  const readers = {
    office,
    hardware,
    names: createNames({ client, clock, time, log }),
    officeRooms,
    units,
    zone,
    bookerUserId,
  }
  const night = createNightWatch()
  const midnights = { local: zone, vendor: createZone(VENDOR_ZONE) }
  const nowMs = (): number => time.now()
  const today = (): TimeRange => dayRange(zone, nowMs())
  function daysOf(rooms: readonly RoomRef[], range: TimeRange): DaysToRead {
    const ids = rooms.map((room) => room.id)
    return daysToRead(midnights, range, nowMs(), night.isYesterdayDue(ids, today(), nowMs()))
  }
  const stretchOfNow = (): TimeRange =>
    daysToRead(midnights, today(), nowMs(), false).needed.find(({ untilMs }) => nowMs() < untilMs) ?? today()

  const ledger = createLedger(clock, office, (range) => daysToRead(midnights, range, nowMs(), false))
  const writes = createActions({ client, ledger, officeRooms, midnights, nowMs, bookerUserId })

  return {
    get capabilities() {
      const actions = writes.capabilities()
      return { titles: 'own', organizers: true, approval: true, platformCheckIn: false, actions } as const
    },
    actions: writes.actions,
    directory: createRoomDirectory(client, () => officeRooms.doubt()),
    listRooms: (signal) => listRooms(client, signal),
    testConnection: (signal) => testConnection({ client, stretchOfNow, time }, signal),
    listMeetings: (rooms, range, signal) =>
      readAuthenticated({ client, rooms, signal }, async () => {
        const days = daysOf(rooms, range)
        const begunOn = today()
        const readings = await readRooms(readers, rooms, days, nowMs(), signal)
        night.record(begunOn, readings)
        return readings
      }),
    callCost(rooms, range) {
      const { all, unproven } = hardwareOf(rooms)
      return (
        office.cost(officeIdsOf(rooms), daysOf(rooms, range)) + all.length + hardware.occupancyCost(unproven)
      )
    },
  }
}
