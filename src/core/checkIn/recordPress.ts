import type { Meeting } from '../../shared/domain/meeting.ts'
import type { Journal, MeetingRecord } from './journal.ts'

type Pressed = Pick<Meeting, 'id' | 'startMs' | 'endMs'>

function withRecord(
  journal: Journal,
  meeting: Pressed,
  atMs: number,
  change: Partial<MeetingRecord>,
): Journal {
  const unread: MeetingRecord = {
    id: meeting.id,
    startMs: meeting.startMs,
    endMs: meeting.endMs,
    organizer: null,
    sinceMs: null,
    lastSeenMs: atMs,
    goneAtMs: null,
    checkIn: null,
    hold: null,
  }
  const record = journal.meetings.find(({ id }) => id === meeting.id) ?? unread
  const others = journal.meetings.filter(({ id }) => id !== meeting.id)
  return { ...journal, meetings: [...others, { ...record, ...change }] }
}

/** The journal with this meeting's people checked in; one it never read becomes known by it. */
export function withCheckIn(
  journal: Journal,
  meeting: Pressed,
  atMs: number,
  by: 'press' | 'walkUp' = 'press',
): Journal {
  return withRecord(journal, meeting, atMs, { checkIn: { atMs, by } })
}

/** The press could not be written: it is not a check-in, but somebody was there, so the room stays theirs. */
export function withUnwrittenPress(journal: Journal, meeting: Pressed, atMs: number): Journal {
  return withRecord(journal, meeting, atMs, { checkIn: null, hold: 'pressed' })
}
