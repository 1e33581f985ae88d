import type { Meeting } from './meeting.ts'
import type { RoomSnapshot } from './roomSnapshot.ts'
import type { RoomStatus } from './roomStatus.ts'
import type { StatusRules } from './statusRules.ts'

/** Bookings this long are not given back. */
export const LONG_MEETING_MS = 4 * 3_600_000

/**
 * Whether a meeting nobody checks in to may be given back, as far as the plan alone tells: a door must not count down to
 * what never happens. The core decides, and knows more reasons against it.
 */
export function mayLapse(meeting: Meeting, snapshot: RoomSnapshot, { checkIn }: StatusRules): boolean {
  if (!checkIn.isReleaseOn || snapshot.capabilities.actions?.canRelease === false) return false
  if (meeting.isAllDay || meeting.isRecurring || meeting.isOwn) return false
  return meeting.endMs - meeting.startMs < LONG_MEETING_MS
}

/** When the meeting whose check-in the door shows may be given back; null where it is nothing to count down to. */
export function lapsesAt(status: RoomStatus, snapshot: RoomSnapshot, rules: StatusRules): number | null {
  return status.kind === 'checkIn' && mayLapse(status.meeting, snapshot, rules) ? status.closesAtMs : null
}
