import type { ActionOutcome } from '../../shared/domain/action.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import type { PanelConfig } from '../../shared/settings/panelConfig.ts'
import type { ParsedInputOf } from '../../shared/api/routes.ts'
import type { Occurrence } from '../providers/RoomActions.ts'

/** Who keeps this panel's own check-ins. */
export interface CheckInDesk {
  /** On disk before it resolves `done`. */
  checkIn(roomId: RoomId, meetingId: string): Promise<ActionOutcome>
  /** A display says that its check-in button for this meeting is on its screen now. */
  noteShown(roomId: RoomId, meetingId: string): void
  /** People in the room booked on behind their meeting: nobody asks them again. Never throws. */
  noteExtension(roomId: RoomId, occurrence: Occurrence): Promise<void>
}

/** What people do at the door. Every press ends in an outcome; nothing here throws. */
export interface DoorActions {
  /** Who may do what in a room at this moment: `PanelConfig.actions`. */
  access(roomId: RoomId): PanelConfig['actions']
  checkIn(input: ParsedInputOf<'meeting.checkIn'>): Promise<ActionOutcome>
  noteShown(input: ParsedInputOf<'checkIn.noteShown'>): void
  book(input: ParsedInputOf<'room.book'>): Promise<ActionOutcome>
  extend(input: ParsedInputOf<'meeting.extend'>): Promise<ActionOutcome>
  end(input: ParsedInputOf<'meeting.end'>): Promise<ActionOutcome>
  /** Gives up what has not been sent, and waits until every press is on record. */
  stop(): Promise<void>
}
