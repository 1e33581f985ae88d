import { describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/domain/duration.ts'
import {
  assumedSpending,
  isSlowed,
  isStopped,
  mayCallExtra,
  mayDrawReserve,
  resumesAt,
  worstRead,
} from './callBudget.ts'
import type { CallBudget } from './callBudget.ts'
import { plannedInterval, spendingLine } from './plannedInterval.ts'
import type { PeriodTime } from './plannedInterval.ts'

const START = Date.UTC(2026, 9, 31, 16)
const END = START + 720 * HOUR_MS
const MIDDLE = START + 360 * HOUR_MS
const DAY_28 = START + 27 * 24 * HOUR_MS
const fresh: CallBudget = {
  limit: 10_000,
  spent: 0,
  reserveSpent: 0,
  extrasGranted: 0,
  callsPerRead: 1,
  dearestRead: 0,
  periodStartsAtMs: START,
  periodEndsAtMs: END,
  stoppedUntilMs: null,
}
const having = (more: Partial<CallBudget>): CallBudget => ({ ...fresh, ...more })
const unmetered = having({ limit: null, spent: 1e9, reserveSpent: 1e9, extrasGranted: 1e9 })

/** November 2026: 21 working days of twelve office hours. */
const month: PeriodTime = {
  isOfficeTime: true,
  officeMsTotal: 252 * HOUR_MS,
  quietMsTotal: 468 * HOUR_MS,
  officeMsLeft: 252 * HOUR_MS,
  quietMsLeft: 468 * HOUR_MS,
}
const halfway: PeriodTime = { ...month, officeMsLeft: 126 * HOUR_MS, quietMsLeft: 234 * HOUR_MS }
const wish = { officeIntervalMs: 30 * SECOND_MS, quietIntervalMs: 300 * SECOND_MS }

describe('isStopped', () => {
  it('while the dearest read imaginable still fits, reading goes on', () => {
    expect(isStopped(having({ spent: 9_998 }), MIDDLE)).toBe(false)
    expect(isStopped(having({ spent: 9_999 }), MIDDLE)).toBe(true)
    expect(isStopped(having({ spent: 9_991, dearestRead: 9 }), MIDDLE)).toBe(false)
    expect(isStopped(having({ spent: 9_992, dearestRead: 9 }), MIDDLE)).toBe(true)
    expect(isStopped(unmetered, MIDDLE)).toBe(false)
  })

  it('until the vendor’s refusal ends, and not at that moment', () => {
    const refused = having({ stoppedUntilMs: MIDDLE + 1 })
    expect(isStopped(refused, MIDDLE)).toBe(true)
    expect(isStopped(refused, MIDDLE + 1)).toBe(false)
    expect(resumesAt(refused)).toBe(MIDDLE + 1)
  })

  it('a month that is spent resumes with the next one, or later where the vendor says so', () => {
    expect(resumesAt(having({ spent: 9_999 }))).toBe(END)
    expect(resumesAt(having({ spent: 9_999, stoppedUntilMs: MIDDLE }))).toBe(END)
    expect(resumesAt(having({ spent: 9_999, stoppedUntilMs: END + 5 }))).toBe(END + 5)
    expect(resumesAt(fresh)).toBe(END)
  })
})

describe('worstRead', () => {
  it('is a read twice over or the dearest one so far', () => {
    expect(worstRead(having({ callsPerRead: 3 }))).toBe(6)
    expect(worstRead(having({ callsPerRead: 3, dearestRead: 7 }))).toBe(7)
  })
})

describe('isSlowed', () => {
  it.each([
    [8_999, false],
    [9_000, true],
  ])('%i spent: %s', (spent, isSlow) => {
    expect(isSlowed(having({ spent }))).toBe(isSlow)
    expect(isSlowed({ ...unmetered, spent })).toBe(false)
  })
})

describe('the pots', () => {
  it.each([
    ['before the month, on a wrong clock', START - HOUR_MS, 100],
    ['in its first minute', START, 100],
    ['half way', MIDDLE, 600],
    ['on the 28th', DAY_28, 1_000],
    ['at its end', END, 1_000],
  ])('%s', (_name, nowMs, open) => {
    expect(mayDrawReserve(having({ reserveSpent: open - 1 }), nowMs)).toBe(true)
    expect(mayDrawReserve(having({ reserveSpent: open }), nowMs)).toBe(false)
    expect(mayCallExtra(having({ extrasGranted: open - 5 }), 5, nowMs)).toBe(true)
    expect(mayCallExtra(having({ extrasGranted: open - 4 }), 5, nowMs)).toBe(false)
  })

  it('a read that costs several calls must fit into the reserve as a whole', () => {
    expect(mayDrawReserve(having({ reserveSpent: 97, callsPerRead: 3 }), START)).toBe(true)
    expect(mayDrawReserve(having({ reserveSpent: 98, callsPerRead: 3 }), START)).toBe(false)
  })

  it('extras leave the last tenth and the next read alone', () => {
    expect(mayCallExtra(having({ spent: 8_993 }), 5, MIDDLE)).toBe(true)
    expect(mayCallExtra(having({ spent: 8_994 }), 5, MIDDLE)).toBe(false)
  })

  it('the reserve answers to a touch in the last tenth, and nothing does once calling is stopped', () => {
    expect(mayDrawReserve(having({ spent: 9_900 }), MIDDLE)).toBe(true)
    for (const stopped of [having({ spent: 9_999 }), having({ stoppedUntilMs: END })]) {
      expect(mayDrawReserve(stopped, MIDDLE)).toBe(false)
      expect(mayCallExtra(stopped, 1, MIDDLE)).toBe(false)
    }
  })

  it('without a quota nobody counts, but a vendor’s stop holds', () => {
    expect(mayDrawReserve(unmetered, MIDDLE)).toBe(true)
    expect(mayCallExtra(unmetered, 1e6, MIDDLE)).toBe(true)
    expect(mayDrawReserve({ ...unmetered, stoppedUntilMs: END }, MIDDLE)).toBe(false)
  })
})

describe('assumedSpending', () => {
  it('never passes the month, and is nothing where nothing is counted', () => {
    expect(assumedSpending(fresh, 9_000, END).spent).toBeLessThanOrEqual(10_000 + worstRead(fresh))
    expect(assumedSpending(unmetered, 0, MIDDLE)).toEqual({ spent: 0, reserveSpent: 0, extrasGranted: 0 })
  })

  it('leaves the head start of the reserve to somebody who touches the screen', () => {
    const lost = having(assumedSpending(fresh, spendingLine(10_000, halfway), MIDDLE))
    expect(mayDrawReserve(lost, MIDDLE)).toBe(true)
    expect(mayDrawReserve({ ...lost, reserveSpent: lost.reserveSpent + 100 }, MIDDLE)).toBe(false)
  })
})

// docs/budget.md quotes these figures.
describe('a month in figures', () => {
  const seconds = (budget: CallBudget, time: PeriodTime): number =>
    Math.round(plannedInterval(wish, budget, time) / SECOND_MS)

  it('the interval of an even month, by day and by night', () => {
    expect(seconds(fresh, month)).toBe(117)
    expect(seconds(fresh, { ...month, isOfficeTime: false })).toBe(41 * 60 + 29)
    expect(seconds(unmetered, month)).toBe(30)
  })

  it('the line half way, and what lies above and below it', () => {
    expect(spendingLine(10_000, halfway)).toBe(4_500)
    expect(seconds(having({ spent: 4_500 }), halfway)).toBe(117)
    expect(seconds(having({ spent: 5_500 }), halfway)).toBe(150)
    expect(seconds(having({ spent: 3_500 }), halfway)).toBe(95)
  })

  it('a lost count', () => {
    const lost = assumedSpending(fresh, spendingLine(10_000, halfway), MIDDLE)
    expect(lost).toEqual({ spent: 5_202, reserveSpent: 500, extrasGranted: 500 })
    expect(seconds(having(lost), halfway)).toBe(122)
  })

  it('nine tenths gone half way', () => {
    const slowed = plannedInterval(wish, having({ spent: 9_000 }), halfway)
    expect(Math.floor(slowed / MINUTE_MS)).toBe(16)
    expect(seconds(having({ spent: 9_000 }), halfway) % 60).toBe(26)
  })
})
