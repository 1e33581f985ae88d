import type { Fields } from '../../http/fields.ts'
import type { Closure } from '../../world/closure.ts'
import type { Room } from '../../world/room.ts'
import type { World } from '../../world/World.ts'
import { openIdOf, roomIdOf } from './feishuIds.ts'
import { seconds } from './feishuTime.ts'
import { levelsDownTo, placeOf } from './levels.ts'

/** What the numbers of a room's equipment are called. */
const devices: Readonly<Record<number, string>> = {
  1: '电视',
  2: '电话',
  3: '投影',
  4: '白板',
  5: '视频会议',
}

/** The closure that is on, or else the next one. */
function closureOf(world: World, room: Room): Closure | undefined {
  const nowMs = world.clock.now()
  return [...world.closures.values()]
    .filter((one) => one.roomId === room.id && (one.endMs === null || one.endMs > nowMs))
    .sort((one, other) => one.startMs - other.startMs)[0]
}

/**
 * `status` is now, `schedule_status` what comes. Whether `status` turns by itself when a closure begins is
 * UNVERIFIED; here it does not unless the quirk says so: a panel has to compare the times.
 */
function roomStatus(world: World, room: Room): Fields {
  const closure = closureOf(world, room)
  if (closure === undefined) return { status: !room.isDisabled, schedule_status: !room.isDisabled }
  const hasBegun = closure.startMs <= world.clock.now()
  const isTurned = hasBegun && world.tenant.quirks.closesRoomsByItself
  return {
    status: !room.isDisabled && !isTurned,
    schedule_status: isTurned,
    disable_start_time: seconds(closure.startMs),
    disable_end_time: closure.endMs === null ? '0' : seconds(closure.endMs),
    disable_reason: closure.reason,
    contact_ids: closure.contactId === '' ? [] : [openIdOf(closure.contactId)],
    disable_notice: true,
    resume_notice: true,
  }
}

/** A room as the vc APIs tell it. */
export function roomAnswer(world: World, room: Room): Fields {
  const path = levelsDownTo(placeOf(room)).map((level) => level.id)
  return {
    room_id: roomIdOf(room.id),
    name: room.name,
    capacity: room.capacity,
    description: '',
    display_id: `FM1002000${room.id}`,
    custom_room_id: `DP-${room.id}`,
    room_level_id: path.at(-1),
    path,
    room_status: roomStatus(world, room),
    device: room.equipment.map((number) => ({ name: devices[number] ?? `设备${number}` })),
  }
}
