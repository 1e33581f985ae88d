import { FieldError } from '../http/fields.ts'
import type { Booking } from '../world/booking.ts'
import type { BookingDraft } from '../world/bookingBook.ts'
import type { CalendarEntry } from '../world/calendarEntry.ts'
import { occurrences } from '../world/occurrences.ts'
import type { World } from '../world/World.ts'

/**
 * Books a room for every occurrence of a repeating entry.
 * @returns the first one
 */
export function addSeries(
  world: World,
  draft: BookingDraft,
  repeat: NonNullable<CalendarEntry['repeat']>,
): Booking {
  if (draft.scheduleId !== undefined) throw new FieldError('scheduleId', 'absent for a series')
  const masterId = draft.masterId ?? world.ids.next('rb', 12, 'A')
  const first = world.bookings.add({ ...draft, masterId })
  const entry = world.entries.get(first.scheduleId)
  if (entry === undefined) return first
  const repeating = { ...entry, repeat }
  world.entries.set(entry.id, repeating)
  for (const { startMs, endMs } of occurrences(repeating))
    if (startMs !== first.startMs)
      world.bookings.add({ ...draft, masterId, scheduleId: entry.id, startMs, endMs })
  return first
}
