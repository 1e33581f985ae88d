import { occupiedRange } from '../../../shared/domain/meeting.ts'
import type { Meeting } from '../../../shared/domain/meeting.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'

/** Today's meetings that have yet to start, soonest first. */
export function upcomingMeetings(
  meetings: readonly Meeting[],
  nowMs: number,
  zone: Zone,
): readonly Meeting[] {
  const endOfDayMs = zone.startOfNextDay(nowMs)
  return meetings
    .filter((meeting) => {
      const range = occupiedRange(meeting)
      return range !== null && range.fromMs > nowMs && range.fromMs < endOfDayMs
    })
    .sort((a, b) => a.startMs - b.startMs || b.endMs - a.endMs || (a.id < b.id ? -1 : 1))
}
