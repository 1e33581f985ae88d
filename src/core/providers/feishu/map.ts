import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { Closure, Equipment, Room, RoomId } from '../../../shared/domain/room.ts'
import type { Taken } from '../writes/createRoomLedger.ts'
import type { EventKey } from './client.ts'
import type { BusyItem, VendorLevel, VendorRoom } from './schema.ts'

/** Names of devices as consoles write them; another one keeps its own. */
const EQUIPMENT: readonly (readonly [RegExp, Equipment])[] = [
  [/电视|^tv$|television/i, 'tv'],
  [/电话|phone/i, 'phone'],
  [/投影|projector/i, 'projector'],
  [/白板|whiteboard/i, 'whiteboard'],
  [/视频|video/i, 'video'],
]

const equipmentOf = (name: string): Equipment =>
  EQUIPMENT.find(([pattern]) => pattern.test(name))?.[1] ?? { other: name }

/**
 * A room as the panel describes rooms. `needsApproval` is false in the sense of "not known to be": only
 * `reserve_configs` tells it.
 * @param levelOf what is known of a level; the organisation itself, which has no parent, is no place
 */
export function mapRoom(
  room: VendorRoom,
  id: RoomId,
  levelOf: (levelId: string) => VendorLevel | null,
): Room {
  const names = (room.device ?? []).flatMap(({ name }) => (name ? [name] : []))
  return {
    id,
    name: room.name,
    capacity: room.capacity ?? null,
    location: (room.path ?? []).flatMap((levelId) => {
      const level = levelOf(levelId)
      return level?.parent_id ? [level.name] : []
    }),
    equipment: names.map(equipmentOf),
    needsApproval: false,
  }
}

/** A busy time's id among the room's meetings: its event's, told apart by its begin. */
export const meetingIdOf = (eventId: string, startMs: number): string => `${eventId}@${startMs / 1000}`

/** The id of the event, as the calendar has it. */
export const eventIdOf = ({ uid, original_time }: Pick<BusyItem, 'uid' | 'original_time'>): string =>
  `${uid}_${original_time ?? 0}`

/** The event behind a meeting; null for what only the reservation list told of. */
export function eventKeyOf(meetingId: string): EventKey | null {
  const [, uid, originalTime] = /^(.+)_(\d{1,11})@\d+$/.exec(meetingId) ?? []
  return uid === undefined ? null : { uid, original_time: Number(originalTime) }
}

/** A busy time as writes see it. */
export interface TakenTime extends Taken {
  /** Of its event. */
  readonly uid: string
}

/** See {@link TakenTime}. */
export const takenOf = (item: BusyItem): TakenTime => ({
  id: meetingIdOf(eventIdOf(item), item.startMs),
  range: { fromMs: item.startMs, untilMs: item.endMs },
  uid: item.uid,
})

/** `"0"` stands for ever; a text that is no time says nothing. */
function secondsToMs(text: string | null | undefined): number | null {
  return /^\d{9,11}$/.test(text ?? '') ? Number(text) * 1000 : null
}

/**
 * When the room is out of service within `horizon`. `status` need not turn by itself as a closure begins, so the times
 * count too; a closure without an end, or a room switched off without times, is closed for as long as we look.
 */
export function mapClosures(
  { room_status: told }: VendorRoom,
  horizon: TimeRange,
  nowMs: number,
): readonly Closure[] {
  if (!told) return []
  const reason = told.disable_reason?.trim() ? told.disable_reason.trim() : null
  const startMs = secondsToMs(told.disable_start_time)
  const endMs = secondsToMs(told.disable_end_time)
  const closures: Closure[] = []
  if (startMs !== null)
    closures.push({ fromMs: startMs, untilMs: endMs ?? Math.max(horizon.untilMs, startMs), reason })
  const isPlanned = startMs !== null && startMs <= nowMs
  if (told.status === false && !isPlanned) closures.push({ ...horizon, reason })
  return closures.filter(({ fromMs, untilMs }) => untilMs > Math.max(fromMs, nowMs))
}
