import { describe, expect, it } from 'vitest'
import type { Meeting } from '../../shared/domain/meeting.ts'
import { meetingAt, MONDAY_10_MS } from '../../shared/domain/testing/fixtures.ts'
import { foldMeetings } from './foldMeetings.ts'
import { emptyJournal } from './journal.ts'
import type { Journal } from './journal.ts'
import { withCheckIn } from './recordPress.ts'

const MINUTE = 60_000
const at = (minute: number): number => MONDAY_10_MS + minute * MINUTE
const fold = (journal: Journal, minute: number, ...meetings: readonly Meeting[]): Journal =>
  foldMeetings(journal, { meetings, nowMs: at(minute), isClockKnown: true }).journal
const recordOf = (journal: Journal, id: string) => journal.meetings.find((one) => one.id === id)!

const mine = (id: string, start: number, end: number, organizerId: string | null = 'lin') =>
  meetingAt(start, end, { id, organizerId })

/** A journal that knows the room since an hour before, with 10:00-11:00 of Lin checked in. */
function checkedIn(organizerId: string | null = 'lin'): Journal {
  const old = mine('old', 0, 60, organizerId)
  const journal = fold(fold(emptyJournal('b', 'salt'), -90), -60, old)
  return withCheckIn(journal, old, at(-5))
}

describe('foldMeetings', () => {
  it('what stood there at the first reading has an unknown history; what comes later was booked by then', () => {
    const journal = fold(
      fold(emptyJournal('b', 's'), -90, mine('a', 0, 30)),
      -60,
      mine('a', 0, 30),
      mine('b', 30, 60),
    )
    expect(recordOf(journal, 'a').sinceMs).toBeNull()
    expect(recordOf(journal, 'b').sinceMs).toBe(at(-60))
  })

  it('the same booking at another time keeps its check-in and counts as booked then', () => {
    const record = recordOf(fold(checkedIn(), 2, mine('old', 30, 90)), 'old')
    expect(record).toMatchObject({ startMs: at(30), sinceMs: at(2), checkIn: { by: 'press' } })
  })

  it('moved to another day, people are asked again, but the room is not given back', () => {
    const record = recordOf(fold(checkedIn(), 2, mine('old', 24 * 60, 25 * 60)), 'old')
    expect(record).toMatchObject({ checkIn: null, hold: 'checkedInBeforeMove' })
  })

  it.each([
    ['the same organiser, overlapping', mine('new', 30, 90), { checkIn: { by: 'moved' }, hold: null }],
    ['the same organiser, elsewhere', mine('new', 120, 180), { checkIn: null, hold: 'checkedInBeforeMove' }],
    ['nobody tells the organiser', mine('new', 30, 90, null), { checkIn: null, hold: 'maybeMoved' }],
    ["somebody else's", mine('new', 30, 90, 'chen'), { checkIn: null, hold: null }],
  ])('re-booked under a new id: %s', (_name, booking, expected) => {
    expect(recordOf(fold(checkedIn(), 2, booking), 'new')).toMatchObject(expected)
  })

  it('nothing is inherited while the old booking still stands', () => {
    const journal = fold(checkedIn(), 2, mine('old', 0, 60), mine('new', 60, 90))
    expect(recordOf(journal, 'new')).toMatchObject({ checkIn: null, hold: null })
  })

  it('nothing is inherited from a meeting that was seen to its end', () => {
    const ended = fold(checkedIn(), 61, mine('old', 0, 60))
    expect(recordOf(fold(ended, 65, mine('new', 70, 90)), 'new')).toMatchObject({ checkIn: null, hold: null })
  })

  it('a cancelled booking is as gone as a missing one, also when the new one comes a reading later', () => {
    const cancelled = { ...mine('old', 0, 60), state: 'cancelled' as const }
    const journal = fold(fold(checkedIn(), 2, cancelled), 3, cancelled, mine('new', 15, 75))
    expect(recordOf(journal, 'new').checkIn).toMatchObject({ by: 'moved' })
  })

  it('the platform’s word moves along too', () => {
    const there = { ...mine('old', 0, 60), platformCheckIn: 'checkedIn' as const }
    const journal = fold(fold(fold(emptyJournal('b', 's'), -90), -5, there), 2, mine('new', 15, 75))
    expect(recordOf(journal, 'new').checkIn).toMatchObject({ by: 'moved' })
  })

  it('who books at the door is there', () => {
    const journal = fold(fold(emptyJournal('b', 's'), -90), 1, { ...mine('w', 0, 30), isOwn: true })
    expect(recordOf(journal, 'w').checkIn).toMatchObject({ by: 'walkUp' })
  })

  it('tells organisers apart without naming them', () => {
    expect(JSON.stringify(checkedIn('SENTINEL-USER'))).not.toContain('SENTINEL')
    expect(JSON.stringify(checkedIn())).not.toContain('周会')
  })

  it('an unchanged reading is no reason to write', () => {
    const input = { meetings: [mine('old', 0, 60)], nowMs: at(1), isClockKnown: true }
    expect(foldMeetings(checkedIn(), input).isChanged).toBe(false)
  })
})
