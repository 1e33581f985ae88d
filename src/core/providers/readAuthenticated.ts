import type { RoomId } from '../../shared/domain/room.ts'
import type { RoomReading, RoomRef } from './SiteProvider.ts'

/** Who reads which rooms. */
export interface RoomsToRead {
  readonly client: { authenticate(signal: AbortSignal): Promise<void> }
  readonly rooms: readonly RoomRef[]
  readonly signal: AbortSignal
}

/** Reads once there is a token: without one there is no answer for any room, which is one failure, not one per room. */
export async function readAuthenticated(
  { client, rooms, signal }: RoomsToRead,
  read: () => Promise<ReadonlyMap<RoomId, RoomReading>>,
): Promise<ReadonlyMap<RoomId, RoomReading>> {
  signal.throwIfAborted()
  if (rooms.length === 0) return new Map()
  await client.authenticate(signal)
  return read()
}
