import type { BookingRules } from './booking.ts'
import type { TimeRange } from './timeRange.ts'

/** The panel's own name of a room: what stands in its address and in the settings. */
export type RoomId = string

/** Equipment every platform can name; what we do not know keeps the platform's own word in `other`. */
export type Equipment = 'tv' | 'phone' | 'projector' | 'whiteboard' | 'video' | { readonly other: string }

/** A room as its platform describes it. */
export interface Room {
  readonly id: RoomId
  readonly name: string
  readonly capacity: number | null
  /** Where it stands, from the wide to the narrow (city, building, floor); empty where the platform is silent. */
  readonly location: readonly string[]
  readonly equipment: readonly Equipment[]
  /** Bookings must be approved by somebody. */
  readonly needsApproval: boolean
  /** Absent where nothing is known about booking it. */
  readonly bookingRules?: BookingRules
}

/** A time in which the platform has taken the room out of use. */
export interface Closure extends TimeRange {
  readonly reason: string | null
}
