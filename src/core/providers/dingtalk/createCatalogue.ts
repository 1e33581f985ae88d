import type { BookingRules } from '../../../shared/domain/booking.ts'
import { HOUR_MS } from '../../../shared/domain/duration.ts'
import { contains } from '../../../shared/domain/timeRange.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { Closure, Room, RoomId } from '../../../shared/domain/room.ts'
import { createFacts, oneByOne } from '../facts/createFacts.ts'
import type { ProviderDeps } from '../SiteProvider.ts'
import { ROOMS_PER_PAGE } from './client.ts'
import type { DingtalkClient } from './client.ts'
import { missLifeMs } from './errors.ts'
import { mapBookingRules, mapClosures, mapRoom } from './map.ts'
import type { VendorRoom, VendorRoomDetail } from './schema.ts'

const LIFE_MS = 24 * HOUR_MS
/** A closed room may open before its time, and its door should not say otherwise for a day. */
const CLOSED_LIFE_MS = HOUR_MS
const MAX_DETAILS_PER_READ = 5

/** What the platform says about bound rooms: name, place, booking rules, closures. Each room costs a call a day. */
export interface Catalogue {
  /** Never fails the read; throws only the signal's reason. */
  learn(roomIds: readonly string[], signal: AbortSignal): Promise<void>
  /** Null where the budget or the platform did not allow to learn it: the room keeps its older description. */
  roomOf(roomId: string, id: RoomId): Room | null
  closuresOf(roomId: string, horizon: TimeRange): readonly Closure[]
  /** Null where its details are not known. */
  rulesOf(roomId: string): BookingRules | null
  /** The platform refused what they allow: they are asked for again. */
  doubt(roomId: string): void
  /** Takes a list that was read for another purpose. */
  take(rooms: readonly VendorRoom[]): void
}

/** What a catalogue works with. */
export type CatalogueDeps = Pick<ProviderDeps, 'clock' | 'time' | 'log' | 'mayAlsoCall'> & {
  readonly client: DingtalkClient
}

/** See {@link Catalogue}. */
export function createCatalogue(deps: CatalogueDeps): Catalogue {
  const { client, time, mayAlsoCall } = deps
  const isClosed = (room: VendorRoomDetail): boolean =>
    mapClosures(room, { fromMs: time.now(), untilMs: time.now() + LIFE_MS }).some((closure) =>
      contains(closure, time.now()),
    )
  const details = createFacts<string, VendorRoomDetail>({
    ...deps,
    what: 'room details',
    keyOf: (roomId) => roomId,
    fetchMany: oneByOne((roomId, signal) => client.getRoom(roomId, signal)),
    lifeMs: (room) => (room && isClosed(room) ? CLOSED_LIFE_MS : LIFE_MS),
    missLifeMs,
    mayFetch: () => mayAlsoCall(1),
    maxCalls: MAX_DETAILS_PER_READ,
  })
  let listed: ReadonlyMap<string, VendorRoom> = new Map()
  function take(rooms: readonly VendorRoom[]): void {
    listed = new Map(rooms.map((room) => [room.roomId, room]))
  }
  const list = createFacts<null, boolean>({
    ...deps,
    what: 'the list of rooms',
    keyOf: () => 'list',
    fetchMany: oneByOne(async (_wish, signal) => {
      take(await client.listRooms(signal))
      return true
    }),
    lifeMs: () => LIFE_MS,
    missLifeMs,
    // A call a page; how many there are is only known from the last time.
    mayFetch: () => mayAlsoCall(Math.max(1, Math.ceil(listed.size / ROOMS_PER_PAGE))),
  })

  return {
    take,
    async learn(roomIds, signal) {
      const distinct = [...new Set(roomIds)]
      const undescribed = distinct.filter((id) => details.get(id) === null && !listed.has(id))
      // Details tell more than the list; it is worth its call only where many rooms have no name yet.
      if (undescribed.length > MAX_DETAILS_PER_READ) await list.learn([null], signal)
      await details.learn(distinct, signal)
    },
    roomOf(roomId, id) {
      const detail = details.get(roomId)
      if (detail) return { ...mapRoom(detail, id), bookingRules: mapBookingRules(detail, time.now()) }
      const room = listed.get(roomId)
      return room ? mapRoom(room, id) : null
    },
    doubt: (roomId) => details.doubt(roomId),
    rulesOf(roomId) {
      const detail = details.get(roomId)
      return detail && mapBookingRules(detail, time.now())
    },
    closuresOf(roomId, horizon) {
      const detail = details.get(roomId)
      return detail ? mapClosures(detail, horizon) : []
    },
  }
}
