import type { Fields } from '../../http/fields.ts'
import type { Booking, BookingStatus } from '../../world/booking.ts'
import type { Quirks } from '../../world/tenant.ts'

/** D:93620: 0 booked, 1 cancelled, 2 form not yet sent, 3 in approval. */
const statusNumbers: Readonly<Record<BookingStatus, number>> = {
  booked: 0,
  cancelled: 1,
  requested: 2,
  inApproval: 3,
}

/** Unix seconds. */
export const seconds = (atMs: number): number => Math.floor(atMs / 1000)

/** One booking as the platform tells it: who and when, never the subject (D:93620). */
export function bookingAnswer(booking: Booking, quirks: Quirks): Fields {
  return {
    [quirks.usesLegacyIds ? 'meeting_id' : 'booking_id']: booking.id,
    schedule_id: booking.scheduleId,
    start_time: seconds(booking.startMs),
    end_time: seconds(booking.endMs),
    booker: booking.bookerId,
    status: booking.vendorStatus ?? statusNumbers[booking.status],
  }
}
