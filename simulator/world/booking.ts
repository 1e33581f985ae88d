import type { EventTraits } from './eventTraits.ts'
import type { RoomUse } from './roomUse.ts'

export const bookingStatuses = ['booked', 'cancelled', 'requested', 'inApproval'] as const

/** `requested`: the approval form is not sent yet. */
export type BookingStatus = (typeof bookingStatuses)[number]

/** One occurrence of a room being taken. Instants in epoch milliseconds. */
export interface Booking extends EventTraits, RoomUse {
  readonly id: string
  /** Set on every occurrence of a repeating booking. */
  readonly masterId: string | null
  readonly roomId: number
  readonly subject: string
  readonly bookerId: string
  readonly attendeeIds: readonly string[]
  readonly startMs: number
  readonly endMs: number
  readonly isAllDay: boolean
  readonly status: BookingStatus
  /** A status number no document knows, sent instead of the one `status` has. */
  readonly vendorStatus: number | null
  /** The calendar entry behind it; empty when there is none. */
  readonly scheduleId: string
  /** The app that made it; null when a person made it in the client. */
  readonly ownerAppId: string | null
  readonly madeAtMs: number
}

/** Whether the booking keeps its room from being booked by others. */
export const isTakingRoom = (booking: Booking): boolean => booking.status !== 'cancelled'

export const isOverlapping = (
  one: { readonly startMs: number; readonly endMs: number },
  startMs: number,
  endMs: number,
): boolean => one.startMs < endMs && one.endMs > startMs
