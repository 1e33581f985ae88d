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
