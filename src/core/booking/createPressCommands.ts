import { bookingFor } from '../../shared/domain/bookingOffer.ts'
import type { TimeRange } from '../../shared/domain/timeRange.ts'
import { endOffer, extensionFor } from '../../shared/domain/meetingOffer.ts'
import type { Offer, OfferRules } from '../../shared/domain/offer.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import type { RoomSnapshot } from '../../shared/domain/roomSnapshot.ts'
import type { RoomSettings } from '../../shared/settings/schema.ts'
import type { Occurrence, RoomActions, WriteOutcome } from '../providers/RoomActions.ts'
import type { RoomRef } from '../providers/SiteProvider.ts'
import type { ActionJournal } from './createActionJournal.ts'
import type { DoorActions } from './DoorActions.ts'
import { endWithExtensions, extensionsOf } from './endWithExtensions.ts'

type Source = RoomSettings['source']
type InputOf<A extends 'book' | 'extend' | 'end'> = Parameters<DoorActions[A]>[0]

/** What one press is to do, as a command: what it would do by this plan, and how it is done. */
export interface PressCommand {
  readonly offer: (snapshot: RoomSnapshot, nowMs: number) => Offer
  readonly write: (
    actions: RoomActions<Source>,
    room: RoomRef<Source>,
    target: { readonly snapshot: RoomSnapshot; readonly range: TimeRange },
    signal: AbortSignal,
  ) => Promise<WriteOutcome>
  /** Whether what stands there afterwards is a booking of ours, if it was not there before. */
  readonly isOwn: (snapshot: RoomSnapshot, occurrence: Occurrence) => boolean
  /** The meeting it is done to. */
  readonly meetingId?: string
}

function occurrenceOf(snapshot: RoomSnapshot, meetingId: string): Occurrence | null {
  const meeting = snapshot.meetings.find(({ id }) => id === meetingId)
  return meeting ? { meetingId, startMs: meeting.startMs, endMs: meeting.endMs } : null
}

/** A command for every kind of press. */
export interface PressCommands {
  book(input: InputOf<'book'>): PressCommand
  extend(input: InputOf<'extend'>): PressCommand
  end(input: InputOf<'end'>): PressCommand
}

/** What {@link createPressCommands} works with. */
export interface PressCommandsDeps {
  readonly rulesOf: (roomId: RoomId) => OfferRules
  /** Of the bookings made at a door. */
  readonly titleOf: (roomId: RoomId) => string
  readonly journal: Pick<ActionJournal, 'extensionOf' | 'withMark'>
}

/** See {@link PressCommands}. */
export function createPressCommands({ rulesOf, titleOf, journal }: PressCommandsDeps): PressCommands {
  return {
    book: ({ roomId, startMs, minutes, pressId }) => ({
      offer: (snapshot, nowMs) => bookingFor(snapshot, nowMs, rulesOf(roomId), startMs, minutes),
      write: (actions, room, { range }, signal) =>
        actions.book(
          room,
          { startMs: range.fromMs, endMs: range.untilMs, title: titleOf(roomId), pressId },
          signal,
        ),
      isOwn: () => true,
    }),
    extend: ({ roomId, meetingId, minutes, pressId }) => ({
      meetingId,
      offer: (snapshot, nowMs) => extensionFor(snapshot, meetingId, nowMs, rulesOf(roomId), minutes),
      write: (actions, room, { snapshot, range }, signal) => {
        const occurrence = occurrenceOf(snapshot, meetingId)
        if (!occurrence) return Promise.resolve({ kind: 'refused', reason: 'gone' })
        return actions.extend(
          room,
          occurrence,
          { untilMs: range.untilMs, title: titleOf(roomId), pressId },
          signal,
        )
      },
      // Where the platform cannot move an end, the time behind it is a booking of its own; where moving it gives the
      // meeting another id, it belongs to whom it belonged.
      isOwn: (snapshot, made) => {
        const before = snapshot.meetings.find(({ id }) => id === meetingId)
        if (!before || made.meetingId === before.id) return false
        return made.startMs >= before.endMs || before.isOwn
      },
    }),
    end: ({ roomId, meetingId }) => ({
      offer: (snapshot, nowMs) => endOffer(snapshot, meetingId, nowMs, rulesOf(roomId)),
      write: (actions, room, { snapshot }, signal) => {
        const found = occurrenceOf(snapshot, meetingId)
        if (!found) return Promise.resolve({ kind: 'refused', reason: 'gone' })
        const behind = extensionsOf(snapshot.meetings, meetingId, (id) => journal.extensionOf(roomId, id))
        const meeting = journal.withMark(roomId, found)
        const extensions = behind.map((one) => journal.withMark(roomId, one))
        return endWithExtensions(actions, room, { meeting, extensions }, signal)
      },
      isOwn: () => false,
    }),
  }
}
