import { describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../shared/domain/duration.ts'
import { defaultStatusRules } from '../../shared/domain/statusRules.ts'
import { meetingAt, MONDAY_10_MS, snapshotWith } from '../../shared/domain/testing/fixtures.ts'
import { createFakeClock } from '../testing/fakeClock.ts'
import { createServerTime } from '../time/createServerTime.ts'
import { createStatusTicker } from './createStatusTicker.ts'
import type { RoomShown } from './createStatusTicker.ts'

function build() {
  const clock = createFakeClock(MONDAY_10_MS)
  const shown: RoomShown[] = []
  const rules = { ...defaultStatusRules, soonMs: 10 * MINUTE_MS }
  const time = createServerTime(clock)
  const ticker = createStatusTicker({ clock, time, rulesOf: () => rules, onShown: (one) => shown.push(one) })
  return { clock, shown, ticker, rules }
}
const fresh = { staleAtMs: MONDAY_10_MS + 9 * HOUR_MS, unknownAtMs: MONDAY_10_MS + 9 * HOUR_MS }
const planWith = (fromMinute: number) => ({ ...snapshotWith([meetingAt(fromMinute, 50)]), freshness: fresh })
const kinds = (shown: readonly RoomShown[]): string[] => shown.map(({ kind }) => kind)

describe('createStatusTicker', () => {
  it('says each change once, in its second, and an older plan’s timers are dead', async () => {
    const { clock, shown, ticker } = build()
    ticker.note(planWith(20))
    ticker.note(planWith(30))
    ticker.note(planWith(30))
    expect(kinds(shown)).toEqual(['free'])
    await clock.advance(20 * MINUTE_MS - 1)
    expect(kinds(shown)).toEqual(['free'])
    await clock.advance(1)
    expect(kinds(shown)).toEqual(['free', 'soon'])
    await clock.advance(10 * MINUTE_MS)
    expect(shown.at(-1)).toMatchObject({ kind: 'busy', sinceMs: MONDAY_10_MS + 30 * MINUTE_MS })
  })

  it('looks anew when the rules change, and is silent after it is stopped', async () => {
    const { clock, shown, ticker, rules } = build()
    ticker.note(planWith(30))
    rules.soonMs = HOUR_MS
    ticker.lookAnew()
    expect(kinds(shown)).toEqual(['free', 'soon'])
    ticker.stop()
    await clock.advance(HOUR_MS)
    expect(kinds(shown)).toEqual(['free', 'soon'])
    expect(clock.pending()).toBe(0)
  })
})
