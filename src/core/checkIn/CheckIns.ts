import type { ActionOutcome } from '../../shared/domain/action.ts'
import type { ReleaseReport } from '../../shared/domain/release.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import type { Occurrence } from '../providers/RoomActions.ts'

/** Check-ins of a site's rooms, and the release of what nobody came to (docs/check-in.md). */
export interface CheckIns {
  /** Begins to watch windows and to decide. */
  start(): void
  /** Ends both; a release under way is aborted, and is unclear unless it had not been sent. */
  stop(): Promise<void>
  /**
   * Checks a meeting's people in. On disk before it resolves `done`; pressing twice is harmless. Refuses with `off`,
   * `unsupported` (the platform keeps check-ins), `unknown` (no room, or nobody knows its state), `gone`, `notOpen`, `tooLate`, or
   * `failed` (not written; the room is kept all the same).
   */
  checkIn(roomId: RoomId, meetingId: string): Promise<ActionOutcome>
  /** A display says that its check-in button for this meeting is on its screen now; told every 20 s while it is. */
  noteShown(roomId: RoomId, meetingId: string): void
  /** Checks in a booking made from within the room, behind its meeting: its people are there. Never throws. */
  noteExtension(roomId: RoomId, occurrence: Occurrence): Promise<void>
  /** The latest decisions of a room, the newest first. */
  reports(roomId: RoomId): readonly ReleaseReport[]
}
