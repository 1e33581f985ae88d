import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { Midnights } from './days.ts'
import type { BookingDetail } from './schema.ts'

/** Which office rooms a question covers: one by its id, or a place, each level with the ones above it. */
export type PlaceFilter =
  | { readonly meetingroom_id: number }
  | { readonly city: string; readonly building: string; readonly floor?: string }

/** Which Rooms hardware: by the room's id or by a device's. */
export type UnitKey = { readonly meeting_room_id: string } | { readonly rooms_id: string }

/** What a room of the directory is created or changed with (D:93619); absent fields stay as they are. */
export interface RoomChange {
  readonly name?: string
  readonly capacity?: number
  readonly city?: string
  readonly building?: string
  readonly floor?: string
  readonly equipment?: readonly number[]
  readonly coordinate?: { readonly latitude: string; readonly longitude: string }
  readonly range?: { readonly user_list: readonly string[]; readonly department_list: readonly number[] }
}

/** What `book` is asked for (D:93620), times in seconds. */
export interface NewBooking {
  readonly meetingroom_id: number
  readonly subject: string
  readonly start_time: number
  readonly end_time: number
  readonly booker: string
}

/** What `cancel_book` is asked for (D:93620). For a series no `cancel_date` means all of it. */
export interface Cancellation {
  readonly booking_id: string
  readonly keep_schedule: 1
  /** Midnight of the one day, seconds. */
  readonly cancel_date?: number
}

/** @param span on the grid */
export const newBookingOf = (
  officeRoomId: number,
  { fromMs, untilMs }: TimeRange,
  subject: string,
  booker: string,
): NewBooking => ({
  meetingroom_id: officeRoomId,
  subject,
  start_time: fromMs / 1000,
  end_time: untilMs / 1000,
  booker,
})

/**
 * Without `cancel_date` a whole series would go, with it one day of it. Sent with the occurrence's own id: should the
 * platform want the series' id, it can only refuse, or cancel what the id names. Null where even that is not certain.
 */
export function cancellationOf(
  { id, booking_id, master_booking_id, start_time }: BookingDetail,
  midnights: Midnights,
): Cancellation | null {
  // Servers of before 2023-11 do not tell what is a series.
  if (booking_id === undefined) return null
  const single: Cancellation = { booking_id: id, keep_schedule: 1 }
  if (!master_booking_id) return single
  const dayMs = midnights.vendor.startOfDay(start_time * 1000)
  // Nobody wrote down whose midnight it is: where they differ the date might name another occurrence.
  const isSameDay = dayMs === midnights.local.startOfDay(start_time * 1000)
  return isSameDay ? { ...single, cancel_date: dayMs / 1000 } : null
}
