import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clip, contains, covers, lengthMs, overlaps, rangeOf } from './timeRange.ts'
import type { TimeRange } from './timeRange.ts'

const ranges: fc.Arbitrary<TimeRange> = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 10 }))
  .map(([fromMs, length]) => ({ fromMs, untilMs: fromMs + length }))
const instants = (range: TimeRange): number[] =>
  Array.from({ length: lengthMs(range) }, (_one, index) => range.fromMs + index)

describe('timeRange, against the instants one by one', () => {
  it('overlaps, covers and clip say what the instants say; touching is not overlapping', () => {
    fc.assert(
      fc.property(ranges, ranges, (one, other) => {
        const shared = instants(one).filter((atMs) => contains(other, atMs))
        expect(overlaps(one, other)).toBe(shared.length > 0)
        expect(covers(one, other)).toBe(shared.length === lengthMs(other))
        const clipped = clip(one, other)
        expect(clipped === null ? [] : instants(clipped)).toEqual(shared)
      }),
    )
  })

  it('what starts and ends is an interval without its end', () => {
    const range = rangeOf({ startMs: 1, endMs: 3 })
    expect([0, 1, 2, 3].filter((atMs) => contains(range, atMs))).toEqual([1, 2])
  })
})
