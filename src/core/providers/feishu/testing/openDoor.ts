import { occupiedRange } from '../../../../shared/domain/meeting.ts'
import type { Meeting } from '../../../../shared/domain/meeting.ts'
import type { TimeRange } from '../../../../shared/domain/timeRange.ts'
import { createZone, dayRange } from '../../../../shared/domain/zonedTime.ts'
import type { FeishuRoomSource } from '../../../../shared/settings/schema.ts'
import type { RoomReading, RoomRef, SiteProvider } from '../../SiteProvider.ts'
import { CONTRACT_NOW_MS } from '../../testing/providerContract.ts'
import { openFeishuWorld } from './openFeishuWorld.ts'
import type { FeishuWorld } from './openFeishuWorld.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const never = new AbortController().signal
const zone = createZone('Asia/Shanghai')

/** An hour of the contract's day, epoch milliseconds. */
export const atHour = (hours: number): number => dayRange(zone, CONTRACT_NOW_MS).fromMs + hours * HOUR

/** Part of the contract's day, as the control API takes it. */
export const span = (from: number, until: number) => ({ startMs: atHour(from), endMs: atHour(until) })

/** What takes the room, in hours of the contract's day. */
export const occupied = (meetings: readonly Meeting[]): readonly string[] =>
  meetings
    .flatMap((one) => occupiedRange(one) ?? [])
    .map(({ fromMs, untilMs }) => `${(fromMs - atHour(0)) / HOUR}-${(untilMs - atHour(0)) / HOUR}`)
    .sort()

type Read = Extract<RoomReading, { kind: 'read' }>

/** A world with a provider, read as a door reads it. */
export interface Door {
  readonly world: FeishuWorld
  readonly provider: SiteProvider<FeishuRoomSource>
  readonly today: () => TimeRange
  readonly read: (
    rooms?: readonly RoomRef<FeishuRoomSource>[],
    by?: SiteProvider<FeishuRoomSource>,
  ) => Promise<ReadonlyMap<string, RoomReading>>
  /** @throws when the room failed */
  readonly readOne: (room?: RoomRef<FeishuRoomSource>, by?: SiteProvider<FeishuRoomSource>) => Promise<Read>
  /** Books as the simulator's control API takes it. @returns the booking's id */
  readonly book: (fields: object) => Promise<string>
  /** Calls to paths with this part, as the simulator counted them. */
  readonly callsTo: (part: string) => Promise<number>
}

/** Opens a world of its own. */
export async function openDoor(): Promise<Door> {
  const world = await openFeishuWorld()
  const provider = world.provider()
  const today = (): TimeRange => dayRange(zone, world.clock.now())
  const read: Door['read'] = (rooms = world.rooms, by = provider) => by.listMeetings(rooms, today(), never)
  return {
    world,
    provider,
    today,
    read,
    async readOne(room = world.rooms[0], by = provider) {
      const reading = (await read([room], by)).get(room.id)
      if (reading?.kind !== 'read') throw new Error(`not read: ${String(reading?.error.message)}`)
      return reading
    },
    async book(fields) {
      const made = { booker: 'chenlu', subject: world.title, ...fields }
      return String((await world.control('POST', 'bookings', made))['id'])
    },
    async callsTo(part) {
      return Object.entries(await world.calls())
        .filter(([path]) => path.includes(part))
        .reduce((sum, [, count]) => sum + count, 0)
    },
  }
}
