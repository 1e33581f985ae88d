/** What an administrator demands of bookings of a room. */
export interface BookingRules {
  /** 0: no limit. */
  readonly minMinutes: number
  /** 0: no limit. */
  readonly maxMinutes: number
  /** How many days ahead the room can be booked; null: as far as one likes. */
  readonly advanceDays: number | null
  readonly allowsRepeating: boolean
}

export const noBookingRules: BookingRules = {
  minMinutes: 0,
  maxMinutes: 0,
  advanceDays: null,
  allowsRepeating: true,
}

/** A physical meeting room. `city`, `building` and `floor` are all set or all null. */
export interface Room {
  readonly id: number
  readonly name: string
  readonly capacity: number
  readonly city: string | null
  readonly building: string | null
  readonly floor: string | null
  /** 1 TV, 2 telephone, 3 projector, 4 whiteboard, 5 video; others pass through. */
  readonly equipment: readonly number[]
  /** Decimal degrees as text. */
  readonly coordinate: { readonly latitude: string; readonly longitude: string } | null
  /** Null: the platform does not say. */
  readonly needsApproval: boolean | null
  readonly isDisabled: boolean
  /** Whether the calling app may see the room at all. */
  readonly isVisible: boolean
  /** Who may use the room; null is the whole company. */
  readonly range: { readonly userIds: readonly string[]; readonly departmentIds: readonly number[] } | null
  readonly rules: BookingRules
}

/** A room with everything not given left empty. */
export const createRoom = (given: Partial<Room> & Pick<Room, 'id' | 'name'>): Room => ({
  capacity: 6,
  city: null,
  building: null,
  floor: null,
  equipment: [],
  coordinate: null,
  needsApproval: false,
  isDisabled: false,
  isVisible: true,
  range: null,
  rules: noBookingRules,
  ...given,
})
