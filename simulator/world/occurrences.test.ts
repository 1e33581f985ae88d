import { describe, expect, it } from 'vitest'

import type { CalendarEntry, RepeatKind } from './calendarEntry.ts'
import { plainTraits } from './eventTraits.ts'
import { occurrences } from './occurrences.ts'
import { localMidnight } from './shanghaiTime.ts'

const at = (text: string): number => Date.parse(`${text}:00+08:00`)
const entry = (start: string, kind: RepeatKind, until: string, excluded: string[] = []): CalendarEntry => ({
  id: 'one',
  subject: '',
  description: '',
  location: '',
  organiserId: 'chenlu',
  attendeeIds: [],
  startMs: at(start),
  endMs: at(start) + 3_600_000,
  isAllDay: false,
  isCancelled: false,
  isDeleted: false,
  repeat: { kind, untilMs: at(until) },
  excludedDaysMs: excluded.map((day) => localMidnight(at(`${day}T00:00`))),
  ownerAppId: null,
  ...plainTraits,
})
const days = (one: CalendarEntry) =>
  occurrences(one).map(({ startMs }) => new Date(startMs + 8 * 3_600_000).toISOString().slice(0, 16))

describe('occurrences', () => {
  it('counts days of the local calendar: an hour after midnight is not the UTC day before', () => {
    expect(days(entry('2026-03-20T00:30', 'workday', '2026-03-24T12:00'))).toEqual([
      '2026-03-20T00:30',
      '2026-03-23T00:30',
      '2026-03-24T00:30',
    ])
  })

  it('skips months without the day instead of sliding into the next one', () => {
    expect(days(entry('2026-01-31T09:00', 'month', '2026-05-31T12:00'))).toEqual([
      '2026-01-31T09:00',
      '2026-03-31T09:00',
      '2026-05-31T09:00',
    ])
  })

  it('leaves out days that were taken out of the series', () => {
    expect(days(entry('2026-03-16T09:00', 'week', '2026-03-31T00:00', ['2026-03-23']))).toEqual([
      '2026-03-16T09:00',
      '2026-03-30T09:00',
    ])
  })
})
