import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { providerErrorKinds } from '../../shared/domain/providerErrorKind.ts'
import type { CallBudget } from './callBudget.ts'
import { nextDelay } from './nextDelay.ts'
import type { PollCalendar, PollHistory } from './nextDelay.ts'
import { plannedInterval, trustedInterval } from './plannedInterval.ts'

const NOW = Date.UTC(2026, 10, 23, 2)
const HOUR = 3_600_000
const policy = { officeIntervalMs: 30_000, quietIntervalMs: 300_000 }
const noQuota: CallBudget = {
  limit: null,
  spent: 0,
  reserveSpent: 0,
  extrasGranted: 0,
  callsPerRead: 1,
  dearestRead: 0,
  periodStartsAtMs: NOW - 22 * 24 * HOUR,
  periodEndsAtMs: NOW + 7 * 24 * HOUR,
  stoppedUntilMs: null,
}
const office: PollCalendar = {
  nowMs: NOW,
  isOfficeTime: true,
  officeMsLeft: 60 * HOUR,
  quietMsLeft: 108 * HOUR,
  officeMsTotal: 252 * HOUR,
  quietMsTotal: 444 * HOUR,
  opensAtMs: null,
  nextBoundaryMs: () => null,
}
const ok: PollHistory = { outcome: 'ok', failures: 0, retryAfterMs: null, lastReadAtMs: null }
const failed = (
  outcome: PollHistory['outcome'],
  failures = 1,
  more: Partial<PollHistory> = {},
): PollHistory => ({
  ...ok,
  outcome,
  failures,
  ...more,
})
const middle = (): number => 0.5
const boundaryAt = (ms: number) => (afterMs: number) => (NOW + ms > afterMs ? NOW + ms : null)

describe('nextDelay', () => {
  it('reads at once at the start', () => {
    expect(nextDelay(failed(null, 0), policy, noQuota, office, middle).delayMs).toBe(0)
  })

  it('keeps the wished interval in office hours and slows at night', () => {
    expect(nextDelay(ok, policy, noQuota, office, middle)).toMatchObject({
      delayMs: 30_000,
      reason: 'interval',
    })
    const night = { ...office, isOfficeTime: false }
    expect(nextDelay(ok, policy, noQuota, night, middle).delayMs).toBe(300_000)
  })

  it('is pulled forward to just before a boundary, and not to one it would miss anyway', () => {
    const night = { ...office, isOfficeTime: false, nextBoundaryMs: boundaryAt(120_000) }
    expect(nextDelay(ok, policy, noQuota, night, middle)).toMatchObject({
      delayMs: 105_000,
      reason: 'boundary',
    })
    const tooNear = { ...night, nextBoundaryMs: boundaryAt(10_000) }
    expect(nextDelay(ok, policy, noQuota, tooNear, middle).reason).toBe('interval')
  })

  it('backs off exponentially on faults, to a cap', () => {
    const delays = [1, 2, 3, 4, 20].map(
      (n) => nextDelay(failed('network', n), policy, noQuota, office, middle).delayMs,
    )
    expect(delays).toEqual([5_000, 10_000, 20_000, 40_000, 300_000])
  })

  it.each([
    ['auth', 600_000],
    ['permission', 600_000],
    ['ipNotAllowed', 180_000],
    ['notFound', 300_000],
  ] as const)('tries %s rarely: hammering blocks the address', (kind, delayMs) => {
    expect(nextDelay(failed(kind), policy, noQuota, office, middle)).toMatchObject({
      delayMs,
      reason: 'attention',
    })
  })

  it('never comes back before the vendor said', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...providerErrorKinds.filter((kind) => kind !== 'quota')),
        fc.integer({ min: 0, max: 7_200_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (kind, retryAfterMs, chance) => {
          const { delayMs } = nextDelay(
            failed(kind, 3, { retryAfterMs }),
            policy,
            noQuota,
            office,
            () => chance,
          )
          return delayMs >= retryAfterMs && delayMs >= 5_000
        },
      ),
    )
  })

  it('waits out a spent quota and says so', () => {
    const spent = { ...noQuota, limit: 100, spent: 99 }
    const plan = nextDelay(ok, policy, spent, office, middle)
    expect(plan.reason).toBe('quota')
    expect(plan.delayMs).toBeGreaterThanOrEqual(spent.periodEndsAtMs - NOW)
  })

  it('a vendor that refuses before our own count says so is not asked again until it named', () => {
    const refused = { ...noQuota, limit: 5_000, stoppedUntilMs: NOW + 30 * HOUR }
    for (const history of [failed('quota'), failed(null, 0), ok])
      expect(nextDelay(history, policy, refused, office, middle).delayMs).toBeGreaterThanOrEqual(30 * HOUR)
    expect(nextDelay(ok, policy, { ...refused, stoppedUntilMs: NOW }, office, middle).reason).toBe('interval')
  })

  it('retries early only as long as the reserve pays', () => {
    const budget = { ...noQuota, limit: 5_000, spent: 3_000 }
    const early = nextDelay(failed('server'), policy, budget, office, middle)
    expect(early).toMatchObject({ delayMs: 5_000, isFromReserve: true })
    const poor = { ...budget, reserveSpent: 500 }
    const late = nextDelay(failed('server'), policy, poor, office, middle)
    expect(late.delayMs).toBe(Math.round(late.intervalMs))
    expect(late.isFromReserve).toBe(false)
  })

  it('a restart repeats the read of a moment ago only as long as the reserve pays', () => {
    const again = failed(null, 0, { lastReadAtMs: NOW - 20_000 })
    const budget = { ...noQuota, limit: 5_000, spent: 3_000 }
    expect(nextDelay(again, policy, budget, office, middle)).toMatchObject({
      delayMs: 0,
      isFromReserve: true,
    })
    const late = nextDelay(again, policy, { ...budget, reserveSpent: 500 }, office, middle)
    expect(late.delayMs).toBe(late.intervalMs - 20_000)
  })

  it('the office opens on fresh data, however slow the night', () => {
    const night = { ...office, isOfficeTime: false, opensAtMs: NOW + 40 * 60_000 }
    const budget = { ...noQuota, limit: 5_000, spent: 3_300 }
    expect(nextDelay(ok, policy, budget, night, middle)).toMatchObject({
      delayMs: 40 * 60_000 + 15_000,
      reason: 'opening',
    })
  })

  it('pulls a read forward to a boundary while the month is under its line, and not beyond', () => {
    const busy = { ...office, nextBoundaryMs: boundaryAt(150_000) }
    const budget = { ...noQuota, limit: 5_000, spent: 3_000 }
    expect(nextDelay(ok, policy, budget, busy, middle)).toMatchObject({
      reason: 'boundary',
      delayMs: 135_000,
    })
    expect(nextDelay(ok, policy, { ...budget, spent: 3_600 }, busy, middle).reason).toBe('interval')
  })

  it('from nine tenths on nothing is pulled forward, even where the reserve paid a part of them', () => {
    const late = {
      ...office,
      officeMsLeft: 20 * HOUR,
      quietMsLeft: HOUR,
      nextBoundaryMs: boundaryAt(150_000),
    }
    const budget = { ...noQuota, limit: 5_000, reserveSpent: 450 }
    expect(nextDelay(ok, policy, { ...budget, spent: 4_499 }, late, middle).reason).toBe('boundary')
    expect(nextDelay(ok, policy, { ...budget, spent: 4_500 }, late, middle).reason).toBe('interval')
  })
})

describe('plannedInterval', () => {
  const budget = { ...noQuota, limit: 5_000, spent: 3_400 }

  it('spreads what is left of the nine tenths over the time left', () => {
    // 1,100 calls, 94 % of them for intervals, 92 % of those over 60 office hours.
    expect(plannedInterval(policy, budget, office)).toBeCloseTo((60 * HOUR) / (1_100 * 0.94 * 0.92), 0)
  })

  it('at nine tenths it doubles at least, in office hours and outside', () => {
    for (const isOfficeTime of [true, false]) {
      const time = { ...office, isOfficeTime }
      const before = plannedInterval(policy, budget, time)
      const usual = plannedInterval(
        policy,
        { ...budget, spent: 0 },
        {
          ...time,
          officeMsLeft: office.officeMsTotal,
          quietMsLeft: office.quietMsTotal,
        },
      )
      const slowed = plannedInterval(policy, { ...budget, spent: 4_500 }, time)
      expect(slowed).toBeGreaterThanOrEqual(2 * usual)
      expect(slowed).toBeGreaterThan(1.9 * before)
    }
  })

  it('never shrinks as more is spent, up to the last call', () => {
    let last = 0
    for (let spent = 3_400; spent <= 5_000; spent += 10) {
      const intervalMs = plannedInterval(policy, { ...budget, spent }, office)
      expect(intervalMs).toBeGreaterThanOrEqual(last)
      last = intervalMs
    }
  })
})

describe('trustedInterval', () => {
  it('does not let a budget of one read a day make a day-old plan say free', () => {
    expect(trustedInterval(24 * HOUR)).toBe(HOUR)
    expect(trustedInterval(60_000)).toBe(60_000)
  })
})
