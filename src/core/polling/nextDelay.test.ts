import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { providerErrorKinds } from '../../shared/domain/providerErrorKind.ts'
import { nextDelay, plannedInterval } from './nextDelay.ts'
import type { CallBudget, PollCalendar, PollHistory } from './nextDelay.ts'

const NOW = Date.UTC(2026, 10, 23, 2)
const HOUR = 3_600_000
const policy = { officeIntervalMs: 30_000, quietIntervalMs: 300_000 }
const noQuota: CallBudget = { limit: null, spent: 0, periodEndsAtMs: NOW + 7 * 24 * HOUR, callsPerRead: 1 }
const office: PollCalendar = {
  nowMs: NOW,
  isOfficeTime: true,
  officeMsLeft: 60 * HOUR,
  quietMsLeft: 108 * HOUR,
  nextBoundaryMs: null,
}
const ok: PollHistory = { outcome: 'ok', failures: 0, retryAfterMs: null, resumesAtMs: null }
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
    const night = { ...office, isOfficeTime: false, nextBoundaryMs: NOW + 120_000 }
    expect(nextDelay(ok, policy, noQuota, night, middle)).toMatchObject({
      delayMs: 105_000,
      reason: 'boundary',
    })
    const tooNear = { ...night, nextBoundaryMs: NOW + 10_000 }
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
    const spent = { ...noQuota, limit: 100, spent: 100 }
    const plan = nextDelay(ok, policy, spent, office, middle)
    expect(plan.reason).toBe('quota')
    expect(plan.delayMs).toBeGreaterThanOrEqual(spent.periodEndsAtMs - NOW)
  })
})

describe('plannedInterval', () => {
  it('spreads what is left over the time left', () => {
    const budget = { ...noQuota, limit: 5_000, spent: 0, callsPerRead: 1 }
    // 4,500 calls after the reserve, 85 % of them over 60 office hours.
    expect(plannedInterval(policy, budget, office)).toBeCloseTo((60 * HOUR) / (4_500 * 0.85), 0)
  })

  it('followed to the end, a month never exceeds its limit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 50, max: 20_000 }),
        fc.integer({ min: 1, max: 10 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (limit, callsPerRead, chance) => {
          let nowMs = NOW
          let spent = 0
          const endMs = NOW + 31 * 24 * HOUR
          while (nowMs < endMs) {
            const isOfficeTime = Math.floor((nowMs - NOW) / HOUR) % 24 < 10
            const left = endMs - nowMs
            const calendar = {
              ...office,
              nowMs,
              isOfficeTime,
              officeMsLeft: (left * 10) / 24,
              quietMsLeft: (left * 14) / 24,
            }
            const plan = nextDelay(
              ok,
              policy,
              { limit, spent, periodEndsAtMs: endMs, callsPerRead },
              calendar,
              () => chance,
            )
            nowMs += Math.max(plan.delayMs, 1)
            if (plan.reason !== 'quota' && nowMs < endMs) spent += callsPerRead
          }
          return spent <= limit
        },
      ),
      { numRuns: 15 },
    )
  })
})
