import { describe, expect, it } from 'vitest'
import { MINUTE_MS, SECOND_MS } from '../../shared/domain/duration.ts'
import { MONDAY_10_MS } from '../../shared/domain/testing/fixtures.ts'
import type { WindowEvidence } from './journal.ts'
import { hasDrifted, SAMPLE_MS, sampleWindow } from './windowEvidence.ts'
import type { WindowSample } from './windowEvidence.ts'

const meeting = { id: 'm', startMs: MONDAY_10_MS }
const START_MONOTONIC = 5_000_000
const windowOf = (lengthMs: number) => ({ fromMs: MONDAY_10_MS, untilMs: MONDAY_10_MS + lengthMs })

/** A good look, `atMs` after the window opened. */
const look = (atMs: number, more: Partial<WindowSample> = {}): WindowSample => ({
  run: 'run',
  nowMs: MONDAY_10_MS + atMs,
  deviceMs: MONDAY_10_MS + atMs + 3_000,
  monotonicMs: START_MONOTONIC + atMs,
  isOnline: true,
  isFresh: true,
  isOffsetKnown: true,
  offsetMs: -3_000,
  shownMonotonicMs: START_MONOTONIC + atMs,
  ...more,
})

function watch(lengthMs: number, samples: readonly WindowSample[]): WindowEvidence {
  const evidence = samples.reduce<WindowEvidence | null>(
    (before, sample) => sampleWindow(before, meeting, windowOf(lengthMs), sample),
    null,
  )
  return evidence ?? expect.fail('nothing was looked at')
}

/** Looks every quarter of a minute from opening to closing. */
const everyLook = (lengthMs: number, of: (atMs: number) => WindowSample = look): WindowSample[] =>
  Array.from({ length: lengthMs / SAMPLE_MS + 1 }, (_, index) => of(index * SAMPLE_MS))

describe('sampleWindow', () => {
  it('a window that was watched from its opening to its end has no gap', () => {
    const evidence = watch(10 * MINUTE_MS, everyLook(10 * MINUTE_MS))
    expect(evidence).toMatchObject({
      gaps: [],
      firstAtMs: MONDAY_10_MS,
      lastAtMs: MONDAY_10_MS + 10 * MINUTE_MS,
      firstMonotonicMs: START_MONOTONIC,
      ...windowOf(10 * MINUTE_MS),
    })
  })

  it('the first look may be late by twenty seconds and no more', () => {
    expect(watch(10 * MINUTE_MS, [look(20 * SECOND_MS)]).gaps).toEqual([])
    expect(watch(10 * MINUTE_MS, [look(20 * SECOND_MS + 1)]).gaps).toEqual(['notFromOpening'])
  })

  it('looks may lie three quarters of a minute apart and no more', () => {
    expect(watch(10 * MINUTE_MS, [look(0), look(45 * SECOND_MS)]).gaps).toEqual([])
    expect(watch(10 * MINUTE_MS, [look(0), look(45 * SECOND_MS + 1)]).gaps).toEqual(['asleep'])
  })

  // The monotonic clock of Linux stands still in a suspend: then the wall clocks tell.
  it('a night the monotonic clock slept through is a jump of the others', () => {
    const woken = look(30_000, {
      nowMs: MONDAY_10_MS + 9 * MINUTE_MS,
      deviceMs: MONDAY_10_MS + 9 * MINUTE_MS,
    })
    expect(watch(10 * MINUTE_MS, [look(0), woken]).gaps).toContain('clockJumped')
  })

  it.each<[string, Partial<WindowSample>]>([
    ['clockUnknown', { isOffsetKnown: false }],
    ['clockOff', { offsetMs: 60_001 }],
    ['clockOff', { offsetMs: -60_001 }],
    ['offline', { isOnline: false }],
    ['stale', { isFresh: false }],
    ['restarted', { run: 'another' }],
  ])('one look is enough for %s, and later ones do not heal it', (gap, more) => {
    const looks = [look(0), look(15_000, more), look(30_000, more), look(45_000, more)]
    expect(watch(10 * MINUTE_MS, [...looks, look(60_000, { run: more.run ?? 'run' })]).gaps).toEqual([gap])
  })

  it('an offset of a minute is within bounds', () => {
    expect(
      watch(10 * MINUTE_MS, [look(0, { offsetMs: 60_000 }), look(15_000, { offsetMs: -60_000 })]).gaps,
    ).toEqual([])
  })

  it('a screen must have shown the button within the last minute', () => {
    const hiddenFrom = (fromMs: number) => (atMs: number) =>
      look(atMs, { shownMonotonicMs: START_MONOTONIC + Math.min(atMs, fromMs) })
    expect(watch(2 * MINUTE_MS, everyLook(2 * MINUTE_MS, hiddenFrom(MINUTE_MS))).gaps).toEqual([])
    expect(watch(2 * MINUTE_MS, everyLook(2 * MINUTE_MS, hiddenFrom(MINUTE_MS - 1))).gaps).toEqual([
      'notShown',
    ])
  })

  // Settings allow windows of a minute and less, in which no look is more than a minute after the first.
  it.each([15, 30, 45, 60])(
    'a window of %i s in which no screen ever showed the button is a gap',
    (seconds) => {
      const never = (atMs: number) => look(atMs, { shownMonotonicMs: null })
      expect(watch(seconds * SECOND_MS, everyLook(seconds * SECOND_MS, never)).gaps).toEqual(['notShown'])
      expect(watch(seconds * SECOND_MS, everyLook(seconds * SECOND_MS)).gaps).toEqual([])
    },
  )

  it('before a window closes, a button that was not shown yet may still come', () => {
    expect(watch(MINUTE_MS, [look(0, { shownMonotonicMs: null }), look(15_000)]).gaps).toEqual([])
  })
})

describe('hasDrifted', () => {
  const first = watch(10 * MINUTE_MS, [look(0)])

  it.each([
    [10_000, false],
    [10_001, true],
    [-10_000, false],
    [-10_001, true],
  ])('by %i ms, of either clock: %s', (byMs, isDrift) => {
    const now = look(MINUTE_MS)
    expect(hasDrifted(first, { ...now, nowMs: now.nowMs + byMs })).toBe(isDrift)
    expect(hasDrifted(first, { ...now, deviceMs: now.deviceMs + byMs })).toBe(isDrift)
  })
})
