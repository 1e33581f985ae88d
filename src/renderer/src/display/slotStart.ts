import { createBookingGrid } from '../../../shared/domain/bookingGrid.ts'
import { occupiedRange } from '../../../shared/domain/meeting.ts'
import type { RoomSnapshot } from '../../../shared/domain/roomSnapshot.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'

/** Off a grid a finger means quarters of an hour. */
const FINGER_MINUTES = 15

/** Length of one step between two starts, in milliseconds. */
export function slotStepMs({ room }: RoomSnapshot, zone: Zone): number {
  return createBookingGrid(room.bookingRules?.gridMinutes ?? FINGER_MINUTES, zone).stepMs
}

/**
 * Which start a tap on the day means: the mark before it, or the end of the meeting that lies in between. Null where
 * that time is over; what may be booked there is not decided here.
 * @param nowMs server-corrected epoch milliseconds
 */
export function slotStart(snapshot: RoomSnapshot, tapMs: number, nowMs: number, zone: Zone): number | null {
  const grid = createBookingGrid(snapshot.room.bookingRules?.gridMinutes ?? FINGER_MINUTES, zone)
  const mark = grid.floor(tapMs)
  const isOnGrid = typeof snapshot.room.bookingRules?.gridMinutes === 'number'
  const ends = snapshot.meetings.flatMap((meeting) => {
    const untilMs = occupiedRange(meeting)?.untilMs ?? 0
    return !isOnGrid && untilMs > mark && untilMs <= tapMs ? [untilMs] : []
  })
  const startMs = Math.max(mark, ...ends)
  if (startMs > nowMs) return startMs
  return mark + grid.stepMs > nowMs ? mark + grid.stepMs : null
}
