import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noStarts, noteStart, startHistorySchema } from './crashLoop.ts'

/** A process that dies at once, started again at once by its supervisor. */
function pausesOfLoop(starts: number): readonly number[] {
  let history = noStarts
  let nowMs = 1_000_000
  return Array.from({ length: starts }, () => {
    const next = noteStart(history, nowMs)
    history = next.history
    nowMs += next.pauseMs + 1_000
    return next.pauseMs
  })
}

describe('noteStart', () => {
  it('leaves the first starts alone, then slows down to one in two minutes', () => {
    expect(pausesOfLoop(10)).toEqual([0, 0, 0, 5_000, 10_000, 20_000, 40_000, 80_000, 120_000, 120_000])
  })

  it('never gives up and never spins: an hour of crash loop is at most 40 starts', () => {
    const pauses = pausesOfLoop(200)
    let elapsedMs = 0
    const startsInFirstHour = pauses.filter((pauseMs) => (elapsedMs += pauseMs + 1_000) < 3_600_000).length
    expect(startsInFirstHour).toBeLessThanOrEqual(40)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(120_000)
  })

  it('a clock that ran ahead does not slow the panel down for months', () => {
    const history = { startsAtMs: [9e12, 9e12 + 1, 9e12 + 2, 9e12 + 3] }
    expect(noteStart(history, 1_000).pauseMs).toBe(0)
  })

  it('the file stays small and readable for any history', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1e13 }), { maxLength: 64 }),
        fc.integer({ min: 0, max: 1e13 }),
        (startsAtMs, nowMs) => {
          const { history } = noteStart({ startsAtMs }, nowMs)
          expect(startHistorySchema.safeParse(history).success).toBe(true)
          expect(history.startsAtMs.at(-1)).toBe(nowMs)
        },
      ),
    )
  })
})
