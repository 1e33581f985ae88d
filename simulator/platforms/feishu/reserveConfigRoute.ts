import { FieldError, type Fields } from '../../http/fields.ts'
import { plainFeishuRoom } from '../../world/feishuCalendar.ts'
import type { Room } from '../../world/room.ts'
import type { World } from '../../world/World.ts'
import { FeishuError, feishuCodes } from './feishuError.ts'
import { departmentIdOf, findRoom, openIdOf } from './feishuIds.ts'
import type { FeishuCall, FeishuRoute } from './FeishuRoute.ts'
import { findLevel } from './levels.ts'
import { requiredText } from './readQuery.ts'
import { vcRoute } from './vcRoute.ts'

/** Minutes after midnight as the seconds of a day, in text. */
const daySeconds = (minutes: number): string => String(minutes * 60)

function timeConfig(world: World, room: Room): Fields {
  const { opensAtMin, closesAtMin } = world.feishu.rooms.get(room.id) ?? plainFeishuRoom
  const { maxMinutes, advanceDays } = room.rules
  const isLimited = maxMinutes > 0 || advanceDays !== null || opensAtMin > 0 || closesAtMin < 1_440
  return {
    if_cover_child_scope: false,
    time_switch: isLimited ? 1 : 0,
    days_in_advance: advanceDays ?? 365,
    opening_hour: daySeconds(480),
    start_time: daySeconds(opensAtMin),
    end_time: daySeconds(closesAtMin),
    max_duration: maxMinutes > 0 ? Math.max(1, Math.floor(maxMinutes / 60)) : 99,
  }
}

function scopeConfig({ range }: Room): Fields {
  if (range === null) return { if_cover_child_scope: false, allow_all_users: 1 }
  return {
    if_cover_child_scope: false,
    allow_all_users: 0,
    allow_users: range.userIds.map((id) => ({ user_id: openIdOf(id) })),
    allow_depts: range.departmentIds.map((id) => ({ department_id: departmentIdOf(id) })),
  }
}

/** What a level without settings of its own has. */
const unlimited: Fields = {
  approve_config: { approval_switch: 0 },
  time_config: { if_cover_child_scope: false, time_switch: 0 },
  reserve_scope_config: { if_cover_child_scope: false, allow_all_users: 1 },
}

/** vc/v1/reserve_configs/reserve_scope: what limits the booking of a room. Read as `approve_config`. */
function reserveScope({ world, query }: FeishuCall): Fields {
  const scopeId = requiredText(query, 'scope_id')
  const scopeType = requiredText(query, 'scope_type')
  if (scopeType !== '1' && scopeType !== '2') throw new FieldError('scope_type', '1 or 2')
  const room = findRoom(world, scopeId)
  const isFitting = scopeType === '1' ? findLevel(world, scopeId) !== undefined : room?.isVisible === true
  if (!isFitting)
    throw new FeishuError(
      feishuCodes.badConfigScope,
      'invalid room or level id, check itself or whether the scope_type corresponds to it',
    )
  if (room === undefined) return unlimited
  const approval = { approval_switch: 1, approval_condition: 0, approvers: [{ user_id: openIdOf('linxue') }] }
  return {
    approve_config: room.needsApproval === true ? approval : { approval_switch: 0 },
    time_config: timeConfig(world, room),
    reserve_scope_config: scopeConfig(room),
  }
}

export const reserveConfigRoute: FeishuRoute = vcRoute({
  method: 'GET',
  path: 'reserve_configs/reserve_scope',
  pace: 'level3',
  handle: reserveScope,
})
