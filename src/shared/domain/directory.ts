/** WeCom's limits of a room (D:93619); lengths in characters. */
export const directoryLimits = {
  name: 30,
  place: 64,
  seats: 100_000,
  /** People, and departments, of a range. */
  rangeEntries: 1_000,
  userId: 64,
} as const

/** What an admin may decide about an office room of the platform's own directory. Empty texts mean "not told". */
export interface DirectoryRoomDraft {
  readonly name: string
  readonly capacity: number
  readonly city: string
  readonly building: string
  readonly floor: string
  /** The platform's equipment ids (WeCom: 1 TV, 2 phone, 3 projector, 4 whiteboard, 5 video; D:93619). */
  readonly equipment: readonly number[]
  /** Decimal degrees as text, as the platform keeps them. */
  readonly latitude: string
  readonly longitude: string
  /** Who may book: null leaves it as it is (a new room: the whole company); lists replace the old range. */
  readonly range: { readonly userIds: readonly string[]; readonly departmentIds: readonly number[] } | null
}

/** An office room as its platform's directory keeps it. */
export interface DirectoryEntry extends Omit<DirectoryRoomDraft, 'range'> {
  readonly vendorId: string
  readonly needsApproval: boolean
}

/** What a directory listing can be narrowed by; empty texts and an empty list do not narrow. */
export interface DirectoryFilter {
  readonly city: string
  readonly building: string
  readonly floor: string
  readonly equipment: readonly number[]
}
