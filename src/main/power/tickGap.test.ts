import { describe, expect, it } from 'vitest'
import { tickGap } from './tickGap.ts'

const gap = (monotonicMs: number, wallMs: number) =>
  tickGap(
    { wallMs: 1_000_000, monotonicMs: 500 },
    { wallMs: 1_000_000 + wallMs, monotonicMs: 500 + monotonicMs },
    10_000,
  )

describe('tickGap', () => {
  it.each([
    ['on time', 10_000, 10_000, 'steady'],
    ['a busy machine', 22_000, 22_000, 'steady'],
    ['a clock trimmed by NTP', 10_000, 10_800, 'steady'],
    ['slept, monotonic clock stood still', 10_000, 3_600_000, 'slept'],
    ['slept, monotonic clock ran on', 3_600_000, 3_600_000, 'slept'],
    ['a frozen process', 60_000, 60_000, 'slept'],
    ['the clock was set forward a little', 10_000, 15_000, 'clockMoved'],
    ['the clock was set back a year', 10_000, -31_536_000_000, 'clockMoved'],
  ] as const)('%s', (_name, monotonicMs, wallMs, expected) => {
    expect(gap(monotonicMs, wallMs)).toBe(expected)
  })
})
