import type { RoomId } from '../../shared/domain/room.ts'

/** A room of the settings: the panel's id and where the platform keeps its bookings. */
export interface RoomRef<Source = unknown> {
  readonly id: RoomId
  readonly source: Source
}
