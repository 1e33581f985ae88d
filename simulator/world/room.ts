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
  ...given,
})
