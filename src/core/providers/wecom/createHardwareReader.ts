import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { Evidence } from '../../../shared/domain/roomSnapshot.ts'
import type { WecomRoomSource } from '../../../shared/settings/schema.ts'
import type { Logger } from '../../ports/Logger.ts'
import { ProviderError } from '../ProviderError.ts'
import { forEachLimited } from '../http/forEachLimited.ts'
import { MAX_PARALLEL_CALLS } from './client.ts'
import type { WecomClient } from './client.ts'
import type { UnitKey } from './requests.ts'
import type { Catalogue } from './createCatalogue.ts'
import { asUnknownRoom, stopsOthers } from './errors.ts'
import { occupancyOf } from './map.ts'
import type { OnlineMeeting, RoomsUnit } from './schema.ts'

/** What the device in the room says right now. */
export type Occupancy = Extract<Evidence, { readonly kind: 'occupancy' }>['state']

/** One hardware room's meetings of this app, or why there are none. */
export type HardwareReading =
  | { readonly kind: 'read'; readonly meetings: readonly OnlineMeeting[] }
  | { readonly kind: 'failed'; readonly error: ProviderError }

/** Reads Rooms hardware (D:98796, D:98795). Rooms are told apart by {@link unitKeyText}. */
export interface HardwareReader {
  /** @returns an entry for every key; throws only the signal's reason */
  readMeetings(
    keys: readonly UnitKey[],
    range: TimeRange,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, HardwareReading>>
  /** Live occupancy. A room it cannot be told of is left out; throws only the signal's reason. */
  readOccupancy(keys: readonly UnitKey[], signal: AbortSignal): Promise<ReadonlyMap<string, Occupancy>>
  /** How many calls {@link readOccupancy} takes. */
  occupancyCost(keys: readonly UnitKey[]): number
}

/** The room's id where both are given: devices are replaced, rooms stay. */
export function unitKeyOf({ meetingRoomId, roomsId }: WecomRoomSource): UnitKey | null {
  if (meetingRoomId !== undefined) return { meeting_room_id: meetingRoomId }
  return roomsId === undefined ? null : { rooms_id: roomsId }
}

/** A key as text, for maps. */
export const unitKeyText = (key: UnitKey): string =>
  'rooms_id' in key ? `device ${key.rooms_id}` : `room ${key.meeting_room_id}`

/** See {@link HardwareReader}. */
export function createHardwareReader(
  client: WecomClient,
  catalogue: Catalogue<string, RoomsUnit>,
  log: Logger,
): HardwareReader {
  let loggedFailure: string | undefined

  async function statuses(
    keys: readonly UnitKey[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, number>> {
    const [first, second] = keys
    if (!first) return new Map()
    if (keys.some((key) => 'rooms_id' in key)) {
      const devices = await client.listDevices(signal)
      return new Map(
        devices.flatMap((one) => [
          [unitKeyText({ rooms_id: one.rooms_id }), one.meeting_room_status] as const,
          [unitKeyText({ meeting_room_id: one.meeting_room_id }), one.meeting_room_status] as const,
        ]),
      )
    }
    if (!second && 'meeting_room_id' in first) {
      return new Map([[unitKeyText(first), await client.getUnitStatus(first.meeting_room_id, signal)]])
    }
    const units = await client.listUnits(signal)
    catalogue.take(units)
    return new Map(
      units.map((one) => [unitKeyText({ meeting_room_id: one.meeting_room_id }), one.meeting_room_status]),
    )
  }

  function logFailure({ kind, details }: ProviderError): void {
    const failure = `${kind}:${details.vendorCode ?? ''}`
    if (failure !== loggedFailure)
      log.warn('device states cannot be read', { kind, vendorCode: details.vendorCode })
    loggedFailure = failure
  }

  return {
    async readMeetings(keys, range, signal) {
      const readings = new Map<string, HardwareReading>()
      let stopped: ProviderError | null = null
      const readOne = async (key: UnitKey): Promise<void> => {
        try {
          if (stopped) throw stopped
          const meetings = await client.listMeetings(key, range, signal)
          readings.set(unitKeyText(key), { kind: 'read', meetings })
        } catch (error) {
          signal.throwIfAborted()
          if (!(error instanceof ProviderError)) throw error
          if (stopsOthers(error)) stopped ??= error
          readings.set(unitKeyText(key), { kind: 'failed', error: asUnknownRoom(error) })
        }
      }
      await forEachLimited(distinct(keys), MAX_PARALLEL_CALLS, readOne)
      return readings
    },
    async readOccupancy(keys, signal) {
      try {
        const read = await statuses(distinct(keys), signal)
        loggedFailure = undefined
        return new Map([...read].map(([key, status]) => [key, occupancyOf(status)]))
      } catch (error) {
        signal.throwIfAborted()
        if (!(error instanceof ProviderError)) throw error
        logFailure(error)
        return new Map()
      }
    },
    // One page covers fifty rooms; more of them are a guess the budget can live with.
    occupancyCost: (keys) => Math.ceil(distinct(keys).length / 50),
  }
}

const distinct = (keys: readonly UnitKey[]): readonly UnitKey[] => [
  ...new Map(keys.map((key) => [unitKeyText(key), key])).values(),
]
