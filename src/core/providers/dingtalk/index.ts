import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { RoomId } from '../../../shared/domain/room.ts'
import { createZone } from '../../../shared/domain/zonedTime.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'
import type { DingtalkAccount, DingtalkRoomSource } from '../../../shared/settings/schema.ts'
import { readAuthenticated } from '../readAuthenticated.ts'
import type { DirectoryRoom, ProviderDeps, RoomReading, RoomRef, SiteProvider } from '../SiteProvider.ts'
import { createDingtalkClient } from './client.ts'
import { createActions } from './createActions.ts'
import { createBusyReader } from './createBusyReader.ts'
import type { BusyAnswer } from './createBusyReader.ts'
import { createCatalogue } from './createCatalogue.ts'
import type { Catalogue } from './createCatalogue.ts'
import { createKnowledge } from './createKnowledge.ts'
import type { LearnedKnowledge } from './createKnowledge.ts'
import { createLedger } from './createLedger.ts'
import { mapBusyItems, mapRoom } from './map.ts'
import type { VendorRoom } from './schema.ts'
import { testConnection } from './testConnection.ts'

type DingtalkRoom = RoomRef<DingtalkRoomSource>

/** Whole local days around what must be covered. */
function horizonOf({ fromMs, untilMs }: TimeRange, zone: Zone): TimeRange {
  return { fromMs: zone.startOfDay(fromMs), untilMs: zone.startOfNextDay(Math.max(untilMs - 1, fromMs)) }
}

/**
 * The day before costs nothing, one query takes up to 90 days: whether a meeting that began before the window is told is
 * not documented, and one that began last night may still run.
 */
const windowOf = ({ fromMs, untilMs }: TimeRange, zone: Zone): TimeRange => ({
  fromMs: zone.startOfDay(fromMs - 1),
  untilMs,
})

interface Parts {
  readonly catalogue: Catalogue
  readonly knowledge: LearnedKnowledge
  readonly zone: Zone
}

function readingOf(parts: Parts, room: DingtalkRoom, answer: BusyAnswer, horizon: TimeRange): RoomReading {
  if (answer.kind === 'failed') return answer
  const { catalogue, knowledge, zone } = parts
  const { roomId } = room.source
  return {
    kind: 'read',
    ...mapBusyItems(answer.items, horizon, zone, knowledge),
    closures: catalogue.closuresOf(roomId, horizon),
    horizon,
    evidence: { kind: 'complete' },
    room: catalogue.roomOf(roomId, room.id),
  }
}

function directoryRoomOf(room: VendorRoom): DirectoryRoom<DingtalkRoomSource> {
  const { id: vendorId, ...described } = mapRoom(room, room.roomId)
  return { room: described, vendorId, source: { roomId: room.roomId } }
}

/**
 * DingTalk as a {@link SiteProvider}: rooms and their busy times, read as one person of the organisation. The folder's
 * README says which call is made when, and why.
 * @param readSecret throws ProviderError of kind `auth` when the secret is missing
 * @throws RangeError when the runtime does not know `deps.timeZone`
 */
export function createDingtalkProvider(
  account: DingtalkAccount,
  readSecret: () => Promise<string>,
  deps: ProviderDeps,
): SiteProvider<DingtalkRoomSource> {
  const { clock, time } = deps
  const nowMs = (): number => time.now()
  const zone = createZone(deps.timeZone)
  const client = createDingtalkClient(account, readSecret, deps)
  const busy = createBusyReader(client, clock)
  const { bookerUnionId } = account
  const parts: Parts = {
    zone,
    catalogue: createCatalogue({ ...deps, client }),
    knowledge: createKnowledge({ ...deps, client, zone, bookerUnionId }),
  }
  const ledger = createLedger({
    busy,
    clock,
    zone,
    daysOf: (range) => windowOf(horizonOf(range, zone), zone),
  })
  const { catalogue } = parts
  const writes = createActions({ ...deps, client, ledger, catalogue, zone, nowMs, bookerUnionId })

  async function readRooms(
    rooms: readonly DingtalkRoom[],
    range: TimeRange,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<RoomId, RoomReading>> {
    const horizon = horizonOf(range, zone)
    const roomIds = rooms.map(({ source }) => source.roomId)
    const answers = await busy.read(roomIds, windowOf(horizon, zone), signal)
    const items = [...answers.values()].flatMap((one) => (one.kind === 'read' ? one.items : []))
    const readIds = roomIds.filter((id) => answers.get(id)?.kind === 'read')
    await parts.catalogue.learn(readIds, signal)
    await parts.knowledge.learn(items, horizon, signal)
    return new Map(
      rooms.map((room) => {
        const answer = answers.get(room.source.roomId)
        if (!answer) throw new Error(`room ${room.id} was not asked for`)
        return [room.id, readingOf(parts, room, answer, horizon)]
      }),
    )
  }

  return {
    get capabilities() {
      const actions = writes.capabilities()
      return { titles: 'all', organizers: true, approval: true, platformCheckIn: false, actions } as const
    },
    actions: writes.actions,
    async listRooms(signal) {
      const rooms = await client.listRooms(signal)
      parts.catalogue.take(rooms)
      return rooms.map(directoryRoomOf)
    },
    testConnection: (signal) =>
      testConnection({ client, operatorUnionId: account.operatorUnionId, bookerUnionId, time }, signal),
    listMeetings: (rooms, range, signal) =>
      readAuthenticated({ client, rooms, signal }, () => readRooms(rooms, range, signal)),
    callCost: (rooms) => busy.cost(rooms.map(({ source }) => source.roomId)),
  }
}
