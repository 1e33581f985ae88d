import { describe, expect, it } from 'vitest'
import { spanOnGrid } from '../../../../simulator/platforms/wecom/grid.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import { floorToGrid, GRID_MS, timeToBook } from './grid.ts'

const MINUTE = 60_000
const noon = Date.parse('2026-03-16T12:00:00+08:00')
const at = (minute: number): number => noon + minute * MINUTE
const minutesOf = (span: TimeRange | null) =>
  span && [(span.fromMs - noon) / MINUTE, (span.untilMs - noon) / MINUTE]

describe('what a press will book', () => {
  // The examples of the document (D:93620); a mistake in any would show one time and book another.
  it.each([
    ['widened to both half hours', 0, [10, 40], [0, 60]],
    ['on the grid already', 0, [30, 60], [30, 60]],
    ['begun 15 minutes ago: stays', 15, [0, 30], [0, 30]],
    ['begun 20 minutes ago, "now, 30 minutes": the next half hour', 20, [20, 50], [30, 60]],
    ['begun 20 minutes ago and ending with the half hour: nothing is left', 20, [0, 30], null],
    ['over', 61, [0, 60], null],
    ['less than half an hour', 0, [5, 25], null],
    ['backwards', 0, [60, 30], null],
  ] as const)('%s', (_name, nowMinute, [from, until], expected) => {
    const span = timeToBook({ fromMs: at(from), untilMs: at(until) }, at(nowMinute))
    expect(minutesOf(span)).toEqual(expected)
  })

  it('no time at all is none', () => {
    expect(timeToBook({ fromMs: NaN, untilMs: at(30) }, at(0))).toBeNull()
  })
})

describe('at every minute, for every begin and length', () => {
  /** Presses at each minute of two hours, for begins around them and lengths up to three hours. */
  function* presses() {
    for (let now = 0; now < 120; now += 1) {
      for (let from = now - 45; from <= now + 60; from += 5) {
        for (let length = 15; length <= 180; length += 15) {
          const wanted = { fromMs: at(from), untilMs: at(from + length) }
          yield { nowMs: at(now), wanted, span: timeToBook(wanted, at(now)) }
        }
      }
    }
  }

  type Case = ReturnType<typeof presses> extends Generator<infer One> ? One : never
  type Booked = Case & { readonly span: NonNullable<Case['span']> }
  const cases = [...presses()]
  const booked = cases.filter((one): one is Booked => one.span !== null)

  it('lies on the grid, is half an hour at least, and begins no more than 15 minutes ago', () => {
    const isWrong = ({ nowMs, span: { fromMs, untilMs } }: Booked): boolean =>
      fromMs % GRID_MS !== 0 ||
      untilMs % GRID_MS !== 0 ||
      untilMs - fromMs < GRID_MS ||
      nowMs - fromMs > 15 * MINUTE
    expect(booked.filter(isWrong)).toEqual([])
    expect(booked.length).toBeGreaterThan(10_000)
  })

  it('covers what was asked for, but for the time that is over', () => {
    const isWrong = ({ nowMs, wanted, span }: Booked): boolean => {
      if (span.untilMs < wanted.untilMs || span.untilMs - wanted.untilMs >= GRID_MS) return true
      const isLate = nowMs - floorToGrid(wanted.fromMs) > 15 * MINUTE
      return isLate
        ? span.fromMs < nowMs || span.fromMs - nowMs >= GRID_MS
        : span.fromMs !== floorToGrid(wanted.fromMs)
    }
    expect(booked.filter(isWrong)).toEqual([])
  })

  it('what is sent is what is booked: the server has nothing left to round', () => {
    const isWrong = ({ nowMs, span }: Booked): boolean => {
      const again = timeToBook(span, nowMs)
      return again?.fromMs !== span.fromMs || again.untilMs !== span.untilMs
    }
    expect(booked.filter(isWrong)).toEqual([])
  })

  it('is what the simulated server makes of it, which was written from the document by itself', () => {
    const isWrong = ({ nowMs, wanted, span }: Case): boolean => {
      const told = spanOnGrid(wanted.fromMs, wanted.untilMs, nowMs)
      if (told.kind !== 'span') return span !== null
      return span?.fromMs !== told.startMs || span.untilMs !== told.endMs
    }
    expect(cases.filter(isWrong)).toEqual([])
  })
})
