import type { Meeting } from '../../../shared/domain/meeting.ts'
import type { RoomSnapshot } from '../../../shared/domain/roomSnapshot.ts'
import type { RoomStatus } from '../../../shared/domain/roomStatus.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'
import { upcomingMeetings } from './upcomingMeetings.ts'

/** What stands under the state: the meetings to come, or one line that says there are none. */
export interface DayAhead {
  readonly upcoming: readonly Meeting[]
  /** Null where nothing is known, or the state has said it already. */
  readonly shownAs: 'meetings' | 'line' | null
}

/** The meeting the state itself tells of: it is not told twice. */
function shownMeeting(status: RoomStatus): Meeting | null {
  if (status.kind === 'soon') return status.next
  return status.kind === 'checkIn' ? status.meeting : null
}

/** An empty afternoon is only said to be empty where the reading covers it and sees every booking. */
function canPromise({ evidence, horizon }: RoomSnapshot, status: RoomStatus, endOfDayMs: number): boolean {
  // A free room has said "for the rest of the day" already.
  if (status.kind === 'unknown' || status.kind === 'free') return false
  return evidence.kind === 'complete' && (horizon?.untilMs ?? 0) >= endOfDayMs
}

/** See {@link DayAhead}. */
export function dayAhead(
  snapshot: RoomSnapshot | null,
  status: RoomStatus,
  nowMs: number,
  zone: Zone,
): DayAhead {
  if (snapshot === null || status.kind === 'unconfigured') return { upcoming: [], shownAs: null }
  const shown = shownMeeting(status)
  const upcoming = upcomingMeetings(snapshot.meetings, nowMs, zone).filter(({ id }) => id !== shown?.id)
  if (upcoming.length > 0) return { upcoming, shownAs: 'meetings' }
  return { upcoming, shownAs: canPromise(snapshot, status, zone.startOfNextDay(nowMs)) ? 'line' : null }
}
