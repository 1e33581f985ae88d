/**
 * What a platform and a room's own rules allow an app to book there. Lengths in minutes; what stays null is not limited
 * or not known.
 */
export interface BookingRules {
  /** Bookings begin and end on multiples of this, counted from local midnight; null where any minute will do. */
  readonly gridMinutes: number | null
  readonly minMinutes: number
  readonly maxMinutes: number | null
  /** How far ahead a booking may end, epoch milliseconds; null where it does not matter today. */
  readonly latestEndMs: number | null
  /** Why no app may book the room at all; null where it may. `unsupported`: the platform has no call for this kind of room. */
  readonly refusal: 'approval' | 'closed' | 'permission' | 'unsupported' | null
}

/** Whose meetings an action can change: everybody's, only those this panel booked, or none. */
export type ActionReach = 'any' | 'own' | 'none'

/** What the platform and the account let a door do. */
export interface ActionCapabilities {
  readonly canBook: boolean
  readonly extend: ActionReach
  readonly end: ActionReach
  /** Whether one occurrence can be given back when nobody came. */
  readonly canRelease: boolean
}

/** A platform that lets a door do nothing. */
export const noActions: ActionCapabilities = {
  canBook: false,
  extend: 'none',
  end: 'none',
  canRelease: false,
}
