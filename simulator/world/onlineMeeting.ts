import { dayMs } from './shanghaiTime.ts'

export const meetingStates = [
  'INVALID',
  'INIT',
  'STARTED',
  'CANCELLED',
  'ENDED',
  'NULL',
  'RECYCLED',
  'ABOUT_TO_START',
] as const
export type MeetingState = (typeof meetingStates)[number]

/** A video meeting. Instants in epoch milliseconds. */
export interface OnlineMeeting {
  readonly id: string
  readonly code: string
  readonly subject: string
  readonly adminUserId: string
  readonly attendeeIds: readonly string[]
  readonly startMs: number
  readonly endMs: number
  /** 0 single, 1 recurring, 2 WeChat only, 4 screen cast, 5 personal id, 6 webinar. */
  readonly type: number
  /** `auto` follows the clock; anything else stays as it was set. */
  readonly state: MeetingState | 'auto'
  /** With `auto`: people are in it from start to end; otherwise nobody ever comes. */
  readonly isAttended: boolean
  /** The Rooms rooms it is booked in. */
  readonly unitIds: readonly string[]
  readonly location: string
  readonly ownerAppId: string | null
  /** The booking whose participants dial into it; null for a meeting on its own. */
  readonly bookingId: string | null
}

/** The state the platform would report at `nowMs`. */
export function meetingStateAt(meeting: OnlineMeeting, nowMs: number): MeetingState {
  if (meeting.state !== 'auto') return meeting.state
  if (nowMs >= meeting.startMs + 30 * dayMs) return 'RECYCLED'
  if (nowMs >= meeting.endMs) return 'NULL'
  if (nowMs < meeting.startMs) return 'INIT'
  if (meeting.isAttended) return 'STARTED'
  return meeting.type === 6 ? 'ABOUT_TO_START' : 'INIT'
}
