import type { Fields } from '../../http/fields.ts'
import type { Closure } from '../../world/closure.ts'
import type { Room } from '../../world/room.ts'
import type { World } from '../../world/World.ts'
import { groupOf } from './placeGroups.ts'
import { roomIdOf, unionIdOf } from './vendorIds.ts'

const labelNames: Readonly<Record<number, string>> = {
  1: '电视',
  2: '电话',
  3: '投影',
  4: '白板',
  5: '视频会议',
}

function placeAnswer(world: World, room: Room): Fields {
  if (room.building === null) return {}
  const group = groupOf(world, room)
  return {
    roomLocation: { title: room.building, desc: `${room.city ?? ''} ${room.floor ?? ''}` },
    ...(group === undefined ? {} : { roomGroup: group }),
    isvRoomId: `office-${room.id}`,
  }
}

/** D:check-the-meeting-room-list: what a room has not, it does not tell. Who may see it: 0 all, 2 some. */
export const roomAnswer = (world: World, room: Room): Fields => ({
  roomId: roomIdOf(room.id),
  corpId: world.tenant.dingtalk.corpId,
  roomName: room.name,
  roomStatus: room.range === null ? 0 : 2,
  ...(room.equipment.length === 0
    ? {}
    : { roomLabels: room.equipment.map((labelId) => ({ labelId, labelName: labelNames[labelId] ?? '' })) }),
  roomCapacity: room.capacity,
  ...placeAnswer(world, room),
})

/** The closure of now, else the next one: the answer has a place for one only (which, is UNVERIFIED). */
function closureToTell({ closures, clock }: World, room: Room): Closure | undefined {
  const nowMs = clock.now()
  return [...closures.values()]
    .filter((one) => one.roomId === room.id && (one.endMs === null || one.endMs > nowMs))
    .sort((one, other) => one.startMs - other.startMs)[0]
}

function closureAnswer(world: World, room: Room): Fields {
  const closure = closureToTell(world, room)
  if (closure === undefined) return {}
  return {
    reservationCloseDetail: {
      taskStartTime: closure.startMs,
      // Closed for ever has no end at all.
      ...(closure.endMs === null ? {} : { taskEndTime: closure.endMs }),
      closeReason: closure.reason,
      contactUnionId: unionIdOf(closure.contactId),
      contactNick: world.people.get(closure.contactId.toLowerCase())?.name ?? '',
      sendNotify: false,
    },
  }
}

function rulesAnswer(world: World, room: Room): Fields {
  const { minMinutes, maxMinutes, advanceDays } = room.rules
  return {
    openReservation: !room.isDisabled,
    maxReservationTimeInterval: maxMinutes,
    minReservationTimeInterval: minMinutes,
    ...(advanceDays === null
      ? {}
      : {
          advanceReservation: {
            advanceReservationTime: advanceDays,
            advanceReservationTimeUnit: 'days',
            advanceBookTimeFormat: '00:00',
          },
        }),
    ...closureAnswer(world, room),
    ...(room.needsApproval === null ? {} : { approvalSwitch: room.needsApproval }),
    ...(room.needsApproval === true ? { approvalType: 1 } : {}),
  }
}

function membersOf({ range }: Room): readonly Fields[] {
  if (range === null) return []
  const users = range.userIds.map((id) => ({ memberId: unionIdOf(id), memberType: 'user', memberName: id }))
  const departments = range.departmentIds.map((id) => ({
    memberId: String(id),
    memberType: 'dept',
    memberName: String(id),
  }))
  return [...users, ...departments]
}

/** D:check-meeting-room-details: the list's fields and what the room demands of bookings. */
export const roomDetailAnswer = (world: World, room: Room): Fields => ({
  ...roomAnswer(world, room),
  deviceUnionIds: [],
  ...(room.range === null ? {} : { reservationAuthority: { authorizedMembers: membersOf(room) } }),
  enableCycleReservation: room.rules.allowsRepeating,
  roomUnionId: unionIdOf(`room ${room.id}`),
  roomDescription: '',
  extensionConfig: rulesAnswer(world, room),
})
