import type { TimeRange } from './timeRange.ts'

/**
 * What a platform says about one booking of one room. `unknown` is a state we have never seen: it counts as
 * busy, because only a state known to be over may free a room.
 */
export type MeetingState =
  | 'confirmed'
  | 'tentative'
  | 'pending'
  | 'unknown'
  | 'cancelled'
  | 'rejected'
  | 'declined'
  | 'released'
  | 'over'

/** The platform's own check-in knowledge of a meeting; `none` where it has no such notion. */
export type PlatformCheckIn = 'none' | 'notOpen' | 'open' | 'checkedIn' | 'missed'

/** A running or planned video meeting that belongs to a booking. The password never leaves the provider. */
export interface VideoMeeting {
  readonly topic: string | null
  /** Joining address, or null where the platform only tells that the meeting exists. */
  readonly url: string | null
  readonly isRunning: boolean
}

/** One booking of one room: one occurrence, never a series. Instants are epoch milliseconds. */
export interface Meeting {
  /** Unique among the meetings of a room; stable while the platform keeps the occurrence's identity. */
  readonly id: string
  readonly startMs: number
  readonly endMs: number
  /** Null where the platform does not tell it or privacy took it away. */
  readonly title: string | null
  /** Display name of who booked; null where unknown or masked. */
  readonly organizer: string | null
  /** The platform's id of who booked; stays in the core: {@link maskMeeting} always takes it away. */
  readonly organizerId?: string | null
  readonly department: string | null
  readonly state: MeetingState
  readonly isAllDay: boolean
  readonly isRecurring: boolean
  /** Marked private on the platform: always masked on the screen. */
  readonly isPrivate: boolean
  /** Booked through this panel or app. */
  readonly isOwn: boolean
  readonly platformCheckIn: PlatformCheckIn
  /** The moment from which a released booking no longer counts; null while it is not released. */
  readonly releasedAtMs: number | null
  readonly video: VideoMeeting | null
}

const ENDED_STATES: ReadonlySet<MeetingState> = new Set(['cancelled', 'rejected', 'declined', 'over'])

/**
 * Whether the times of a meeting can be reckoned with. A booking that takes the room at nobody knows what time leaves
 * no moment of which "free" could be said.
 */
export function hasKnownTimes({ state, startMs, endMs, releasedAtMs }: Meeting): boolean {
  return ENDED_STATES.has(state) || [startMs, endMs, releasedAtMs ?? endMs].every(Number.isFinite)
}

/**
 * The time a meeting really occupies its room, or null when it occupies none: cancelled, rejected, declined,
 * over, released before its start, or without length. Every question about free and busy goes through here.
 * Null where a time is no number, too: whoever concludes "free" from that asks {@link hasKnownTimes} first.
 */
export function occupiedRange(meeting: Meeting): TimeRange | null {
  if (ENDED_STATES.has(meeting.state)) return null
  const { startMs, endMs, releasedAtMs } = meeting
  // A released booking whose platform names no moment is over at once.
  if (meeting.state === 'released' && releasedAtMs === null) return null
  const untilMs = releasedAtMs === null ? endMs : Math.min(endMs, releasedAtMs)
  // Not `<=`: a range with NaN in it would compare false with everything.
  if (!(untilMs > startMs)) return null
  return { fromMs: startMs, untilMs }
}

/** Whether a meeting still waits for an approver. */
export function isPending(meeting: Meeting): boolean {
  return meeting.state === 'pending'
}
