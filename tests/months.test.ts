import { describe, expect, it } from 'vitest'
import { liveNaiveMonth, livePanelMonth } from './months/liveMonth.ts'

/** The first three days of the month, with the real core, the real providers and the simulator’s own count. */
describe('three days of a month', () => {
  it.each([
    ['dingtalk', 1, 360],
    ['dingtalk', 25, 1_800],
    ['feishu', 5, 600],
  ] as const)(
    '%s with %i room(s) stays under its part of the month',
    async (platform, rooms, p99AgeS) => {
      const month = await livePanelMonth(platform, rooms, 3)
      expect(month.blindAfterDays).toBeNull()
      expect(month.calls).toBeGreaterThan(100)
      // Three of 23 working days, and what the pots give ahead of time.
      if (month.quota !== null)
        expect(month.calls).toBeLessThanOrEqual((month.quota * 3) / 23 + month.quota * 0.05)
      expect(month.p99AgeS).toBeLessThan(p99AgeS)
    },
    60_000,
  )

  it('a naive poll of 25 rooms is refused by DingTalk within the first day', async () => {
    const month = await liveNaiveMonth('dingtalk', 25, 31)
    expect(month.calls).toBeLessThanOrEqual(5_000)
    expect(month.blindAfterDays).toBeLessThan(0.7)
  }, 60_000)
})
