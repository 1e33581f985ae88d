import { meetingStateAt, type OnlineMeeting } from './onlineMeeting.ts'

/** A room with Tencent Meeting Rooms hardware. */
export interface RoomsUnit {
  readonly meetingRoomId: string
  /** The ids of its devices. */
  readonly roomsIds: readonly string[]
  readonly name: string
  readonly city: string
  readonly building: string
  readonly floor: string
  readonly capacity: number
  /** 0 not activated, 1 not bound, 2 idle, 3 in use, 4 offline; `auto`: 3 while somebody is in a meeting there, else 2. */
  readonly status: number | 'auto'
  readonly isBookable: boolean
  /** 0 normal, 1 dedicated, 2 trial. */
  readonly accountType: number
}

/** The status the platform would report at `nowMs`; everybody's meetings count, not only the app's own. */
export function unitStatusAt(unit: RoomsUnit, meetings: Iterable<OnlineMeeting>, nowMs: number): number {
  if (unit.status !== 'auto') return unit.status
  const isInUse = [...meetings].some(
    (meeting) => meeting.unitIds.includes(unit.meetingRoomId) && meetingStateAt(meeting, nowMs) === 'STARTED',
  )
  return isInUse ? 3 : 2
}
