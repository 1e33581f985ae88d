import { createHash } from 'node:crypto'
import { MINUTE_MS } from '../../shared/domain/duration.ts'
import { occupiedRange } from '../../shared/domain/meeting.ts'
import type { Meeting } from '../../shared/domain/meeting.ts'
import { overlaps, rangeOf } from '../../shared/domain/timeRange.ts'
import type { Journal, MeetingRecord } from './journal.ts'

/** A check-in moves along within a working day; a meeting moved further asks its people again. */
const SAME_DAY_MS = 12 * 60 * MINUTE_MS
/** A booking made this long after another one vanished is no longer taken for the same one at another time. */
const REBOOKING_MS = 30 * MINUTE_MS
/** Booked at the door this shortly before its start: the people stand there. */
const WALK_UP_MS = 5 * MINUTE_MS

/** A reading on its way into the journal. */
export interface FoldInput {
  /** Unmasked. */
  readonly meetings: readonly Meeting[]
  /** When the answer was there: what it tells was booked by then. */
  readonly nowMs: number
  /** Whether that instant is one a vendor's clock vouched for. */
  readonly isClockKnown: boolean
}

function digestOf(salt: string, organizerId: string | null | undefined): string | null {
  if (organizerId === null || organizerId === undefined || organizerId === '') return null
  return createHash('sha256').update(`${salt}\0${organizerId}`).digest('hex').slice(0, 16)
}

/** The platform's word is kept too: a meeting that moves may get a new id, which the platform calls not checked in. */
const byPlatform = (atMs: number) => ({ atMs, by: 'platform' as const })

function movedRecord(record: MeetingRecord, meeting: Meeting, sinceMs: number | null): MeetingRecord {
  const isNear = Math.abs(meeting.startMs - record.startMs) < SAME_DAY_MS
  return {
    ...record,
    startMs: meeting.startMs,
    sinceMs: record.sinceMs === null ? null : sinceMs,
    checkIn: isNear ? record.checkIn : null,
    hold: record.checkIn && !isNear ? 'checkedInBeforeMove' : record.hold,
  }
}

/** Whether a booking that vanished may be the one that appeared: it went before its end, and not long ago. */
function mayBePredecessor(gone: MeetingRecord, nowMs: number): boolean {
  if (gone.goneAtMs === null || gone.lastSeenMs >= gone.endMs) return false
  return nowMs <= Math.max(gone.endMs, gone.goneAtMs + REBOOKING_MS)
}

/**
 * What a booking takes over from one that vanished. The same organiser and overlapping times: its check-in. The same
 * organiser otherwise: people are asked again, but the room is not given back. Where nobody tells who booked: likewise.
 * Somebody else's: nothing at all.
 */
function inherit(heir: MeetingRecord, gone: MeetingRecord): MeetingRecord {
  const isUnsure = heir.organizer === null || gone.organizer === null
  if (!isUnsure && heir.organizer !== gone.organizer) return heir
  const sinceMs = gone.sinceMs === null ? null : heir.sinceMs
  if (gone.checkIn && !isUnsure && overlaps(rangeOf(gone), rangeOf(heir))) {
    return { ...heir, sinceMs, checkIn: { atMs: gone.checkIn.atMs, by: 'moved' } }
  }
  const held = isUnsure ? ('maybeMoved' as const) : ('checkedInBeforeMove' as const)
  return { ...heir, sinceMs, hold: heir.hold ?? gone.hold ?? (gone.checkIn ? held : null) }
}

function newRecord(
  meeting: Meeting,
  gone: readonly MeetingRecord[],
  sinceMs: number | null,
  input: FoldInput,
  salt: string,
): MeetingRecord {
  const blank: MeetingRecord = {
    id: meeting.id,
    startMs: meeting.startMs,
    endMs: meeting.endMs,
    organizer: digestOf(salt, meeting.organizerId),
    sinceMs,
    lastSeenMs: input.nowMs,
    goneAtMs: null,
    checkIn: meeting.platformCheckIn === 'checkedIn' ? byPlatform(input.nowMs) : null,
    hold: null,
  }
  if (meeting.isOwn) {
    // One service person books for everybody at the door: equal organisers say nothing.
    const isWalkUp = sinceMs !== null && sinceMs >= meeting.startMs - WALK_UP_MS
    return isWalkUp ? { ...blank, checkIn: { atMs: input.nowMs, by: 'walkUp' } } : blank
  }
  return gone.filter((one) => mayBePredecessor(one, input.nowMs)).reduce(inherit, blank)
}

/**
 * Takes one successful reading into the journal: first sights, moves, re-bookings, disappearances.
 * @returns the journal and whether it tells anything new that must be on disk
 */
export function foldMeetings(
  journal: Journal,
  input: FoldInput,
): { readonly journal: Journal; readonly isChanged: boolean } {
  const { nowMs } = input
  const present = new Map(
    input.meetings.filter((one) => occupiedRange(one) !== null).map((one) => [one.id, one]),
  )
  const known = new Set(journal.meetings.map(({ id }) => id))
  const sinceMs = journal.beganAtMs === null || !input.isClockKnown ? null : nowMs
  let isChanged = journal.beganAtMs === null
  const kept = journal.meetings.map((record): MeetingRecord => {
    const meeting = present.get(record.id)
    if (!meeting) {
      if (record.goneAtMs !== null) return record
      isChanged = true
      return { ...record, goneAtMs: nowMs }
    }
    const isMoved = meeting.startMs !== record.startMs
    if (isMoved || meeting.endMs !== record.endMs || record.goneAtMs !== null) isChanged = true
    const at = isMoved ? movedRecord(record, meeting, sinceMs) : record
    const organizer = record.organizer ?? digestOf(journal.salt, meeting.organizerId)
    const isNews = at.checkIn === null && meeting.platformCheckIn === 'checkedIn'
    if (isNews) isChanged = true
    const checkIn = isNews ? byPlatform(nowMs) : at.checkIn
    return { ...at, endMs: meeting.endMs, organizer, checkIn, lastSeenMs: nowMs, goneAtMs: null }
  })
  const gone = kept.filter(({ goneAtMs }) => goneAtMs !== null)
  const added = [...present.values()]
    .filter(({ id }) => !known.has(id))
    .map((meeting) => newRecord(meeting, gone, sinceMs, input, journal.salt))
  return {
    journal: { ...journal, beganAtMs: journal.beganAtMs ?? nowMs, meetings: [...kept, ...added] },
    isChanged: isChanged || added.length > 0,
  }
}
