import { describe, expect, it } from 'vitest'
import type { BookingRules } from './booking.ts'
import { MINUTE_MS } from './duration.ts'
import { conflictIn, isPlanKnown, isWithinRules } from './offer.ts'
import { meetingAt, MONDAY_10_MS, snapshotWith } from './testing/fixtures.ts'
import type { TimeRange } from './timeRange.ts'

const at = (minutes: number): number => MONDAY_10_MS + minutes * MINUTE_MS
const range = (from: number, until: number): TimeRange => ({ fromMs: at(from), untilMs: at(until) })

describe('conflictIn', () => {
  const snapshot = snapshotWith([meetingAt(30, 60), meetingAt(90, 120, { state: 'cancelled' })], {
    horizon: range(-60, 240),
    closures: [{ ...range(150, 180), reason: null }],
  })

  it.each<[string, TimeRange, ReturnType<typeof conflictIn>]>([
    ['between meetings, touching both', range(60, 150), null],
    ['over a cancelled one', range(90, 120), null],
    ['a minute into one', range(0, 31), 'taken'],
    ['from the last minute of one', range(59, 90), 'taken'],
    ['inside one', range(40, 50), 'taken'],
    ['over a closure', range(149, 151), 'closed'],
    ['to the very end of what was asked for', range(180, 240), null],
    ['from its very beginning', range(-60, 0), null],
    ['a moment beyond it', { fromMs: at(180), untilMs: at(240) + 1 }, 'unknown'],
    ['a moment before it', { fromMs: at(-60) - 1, untilMs: at(0) }, 'unknown'],
  ])('%s', (_name, wanted, conflict) => {
    expect(conflictIn(snapshot, wanted)).toBe(conflict)
  })

  it('a meeting does not stand in its own way, and without a horizon nothing is known', () => {
    expect(conflictIn(snapshot, range(30, 60), 'm30-60')).toBeNull()
    expect(conflictIn({ ...snapshot, horizon: null }, range(0, 10))).toBe('unknown')
  })

  it('nothing is offered beside a meeting of which nobody knows the time', () => {
    expect(isPlanKnown(snapshot, at(0))).toBe(true)
    const strange = { ...snapshot, meetings: [...snapshot.meetings, meetingAt(0, 30, { endMs: NaN })] }
    expect(isPlanKnown(strange, at(0))).toBe(false)
  })
})

describe('isWithinRules', () => {
  const rules: BookingRules = {
    gridMinutes: null,
    minMinutes: 15,
    maxMinutes: 60,
    latestEndMs: at(90),
    refusal: null,
  }

  it.each<[number, number, boolean]>([
    [0, 15, true],
    [0, 14, false],
    [0, 60, true],
    [0, 61, false],
    [45, 90, true],
    [45, 91, false],
    [30, 30, false],
    [30, 0, false],
    [0, NaN, false],
  ])('from minute %i to %i: %s', (from, until, isWithin) => {
    expect(isWithinRules(range(from, until), rules)).toBe(isWithin)
  })

  it('a room without a maximum or a last end has neither', () => {
    expect(isWithinRules(range(0, 6000), { ...rules, maxMinutes: null, latestEndMs: null })).toBe(true)
  })
})
