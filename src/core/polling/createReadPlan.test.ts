import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { providerErrorKinds } from '../../shared/domain/providerErrorKind.ts'
import { liveThroughMonths } from './testing/liveThroughMonths.ts'
import type { Life, Lived, Trouble } from './testing/liveThroughMonths.ts'

const MINUTE = 60_000
const DAY = 86_400_000
/** The first of a month with 23 office days, in the vendors' own zone. */
const FROM = Date.parse('2026-12-01T00:00:00+08:00')
const MONTH: Life = { limit: 5_000, callsPerRead: 1, fromMs: FROM, untilMs: FROM + 31 * DAY }

const spentIn = (lived: Lived, month = '2026-12'): number => lived.spentByMonth.get(month) ?? 0
const quantile = (lived: Lived, part: number): number =>
  (lived.officeAges[Math.floor(part * lived.officeAges.length)] ?? NaN) / MINUTE

const troubleIn = (untilMs: number): fc.Arbitrary<Trouble> =>
  fc
    .record({
      kind: fc.constantFrom('outage', 'touches', 'crashes', 'restarts', 'loss'),
      fromMs: fc.integer({ min: FROM, max: untilMs - 1 }),
      lastsMs: fc.integer({ min: MINUTE, max: 6 * DAY }),
      everyMs: fc.integer({ min: 30_000, max: 3_600_000 }),
      failure: fc.constantFrom(...providerErrorKinds.filter((kind) => kind !== 'quota')),
    })
    .map((one) => (one.kind === 'loss' ? { ...one, lastsMs: 1, everyMs: DAY } : one))

/** Nobody can know how often a count was lost: the first time costs nothing, every further one the reserve's head start. */
const losingOnce = (troubles: readonly Trouble[]): readonly Trouble[] => {
  const first = troubles.find(({ kind }) => kind === 'loss')
  return troubles.filter((one) => one.kind !== 'loss' || one === first)
}

describe('a month of reads', () => {
  it('never costs more than the share, whatever the panel lives through, one lost count among it', async () => {
    const untilMs = FROM + 40 * DAY
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 100, max: 10_000 }),
        fc.integer({ min: 1, max: 12 }),
        fc.array(troubleIn(untilMs), { maxLength: 4 }).map(losingOnce),
        fc.integer({ min: 0, max: 6 }),
        fc.constantFrom(0, 4, 9),
        fc.constantFrom(undefined, 5 * MINUTE, 30 * MINUTE),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        async (limit, callsPerRead, troubles, extrasPerRead, deadTokenEvery, boundaryEveryMs, chance) => {
          const rest = { extrasPerRead, deadTokenEvery, random: () => chance }
          const life = { ...MONTH, untilMs, limit, callsPerRead, troubles, ...rest }
          const lived = await liveThroughMonths(
            boundaryEveryMs === undefined ? life : { ...life, boundaryEveryMs },
          )
          expect(lived.spentByMonth.size).toBeGreaterThan(0)
          for (const spent of lived.spentByMonth.values()) expect(spent).toBeLessThanOrEqual(limit)
        },
      ),
      { numRuns: 12, endOnFailure: true },
    )
  }, 60_000)

  it.each([
    ['one room of DingTalk', 5_000, 1, 2.2, 4.6],
    ['25 rooms of DingTalk', 5_000, 5, 11, 22],
    ['one room of Feishu', 10_000, 2, 2.2, 4.6],
  ])('%s: spends nearly nine tenths, and evenly', async (_name, limit, callsPerRead, medianMin, p99Min) => {
    const lived = await liveThroughMonths({ ...MONTH, limit, callsPerRead, boundaryEveryMs: 30 * MINUTE })
    expect(spentIn(lived)).toBeGreaterThan(0.85 * limit)
    expect(spentIn(lived)).toBeLessThanOrEqual(0.9 * limit)
    expect(quantile(lived, 0.5)).toBeLessThan(medianMin)
    expect(quantile(lived, 0.99)).toBeLessThan(p99Min)
  })

  it('a screen that touches itself empties the reserve and leaves the plan alone', async () => {
    const touches: Trouble = {
      kind: 'touches',
      fromMs: FROM,
      lastsMs: 31 * DAY,
      everyMs: 30_000,
      failure: 'network',
    }
    const calm = await liveThroughMonths(MONTH)
    const touched = await liveThroughMonths({ ...MONTH, troubles: [touches] })
    expect(spentIn(touched)).toBeLessThanOrEqual(5_000)
    expect(quantile(touched, 0.85)).toBeLessThan(quantile(calm, 0.85) * 1.25)
    // The reserve is gone by then, so the last days are slowed.
    expect(quantile(touched, 0.99)).toBeLessThan(quantile(calm, 0.99) * 2.2)
  })

  it('a crash loop of a day costs a part of the reserve, not the month', async () => {
    const crashes: Trouble = {
      kind: 'crashes',
      fromMs: FROM + 2 * DAY,
      lastsMs: DAY,
      everyMs: MINUTE,
      failure: 'network',
    }
    const lived = await liveThroughMonths({ ...MONTH, troubles: [crashes] })
    const inLoop = lived.reads.filter(({ atMs }) => atMs >= crashes.fromMs && atMs < crashes.fromMs + DAY)
    expect(inLoop.length).toBeLessThan(350)
    const after = lived.reads.filter(({ atMs }) => atMs >= FROM + 28 * DAY)
    expect(after.length).toBeGreaterThan(100)
  })

  it('an outage of ten days with every call answered by a fault does not spend the month', async () => {
    const outage: Trouble = {
      kind: 'outage',
      fromMs: FROM + DAY,
      lastsMs: 10 * DAY,
      everyMs: MINUTE,
      failure: 'server',
    }
    const life = { ...MONTH, callsPerRead: 5 }
    const lived = await liveThroughMonths({ ...life, troubles: [outage] })
    const calm = await liveThroughMonths(life)
    const lastWeek = (one: Lived): number => one.reads.filter(({ atMs }) => atMs >= FROM + 24 * DAY).length
    expect(lastWeek(lived)).toBeGreaterThan(0.9 * lastWeek(calm))
  })

  it('extras of a greedy provider stretch the office interval by a seventh at the most', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 6 }),
        async (extras, cost) => {
          const life = { ...MONTH, callsPerRead: cost }
          const calm = await liveThroughMonths(life)
          const greedy = await liveThroughMonths({ ...life, extrasPerRead: extras })
          expect(spentIn(greedy)).toBeLessThanOrEqual(5_000)
          expect(greedy.reads.length).toBeGreaterThan((calm.reads.length * 7) / 8)
          expect(quantile(greedy, 0.99)).toBeLessThan(quantile(calm, 0.99) * 1.3)
        },
      ),
      { numRuns: 6 },
    )
  }, 60_000)

  it('a count that is lost on the 20th is not taken for a month that is free', async () => {
    const loss: Trouble = {
      kind: 'loss',
      fromMs: FROM + 19 * DAY,
      lastsMs: 1,
      everyMs: DAY,
      failure: 'network',
    }
    const lived = await liveThroughMonths({ ...MONTH, troubles: [loss] })
    expect(spentIn(lived)).toBeLessThanOrEqual(5_000)
    expect(lived.reads.filter(({ atMs }) => atMs >= FROM + 28 * DAY).length).toBeGreaterThan(200)
  })

  it('the month turns where the vendor’s does, and calling begins anew', async () => {
    const lived = await liveThroughMonths({ ...MONTH, limit: 500, untilMs: FROM + 34 * DAY })
    expect(spentIn(lived, '2027-01')).toBeGreaterThan(20)
  })
})
