import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../testing/fakeClock.ts'
import { createServerTime } from './createServerTime.ts'

describe('createServerTime', () => {
  it('corrects the device clock by what the vendor said', () => {
    const time = createServerTime(createFakeClock(1_000))
    time.setOffset(500)
    expect([time.now(), time.offsetMs()]).toEqual([1_500, 500])
  })

  it.each([
    ['set forward an hour', 3_600_000],
    ['set back an hour', -3_600_000],
    ['asleep for a minute', 60_000],
  ])('notices, once, a clock %s', async (_name, jumpMs) => {
    const clock = createFakeClock(0)
    const time = createServerTime(clock)
    await clock.advance(10_000)
    expect(time.hasJumped()).toBe(false)
    clock.jump(jumpMs)
    expect(time.hasJumped()).toBe(true)
    expect(time.hasJumped()).toBe(false)
  })

  it('takes the small steps of NTP for what they are', async () => {
    const clock = createFakeClock(0)
    const time = createServerTime(clock)
    for (let hour = 0; hour < 24; hour += 1) {
      await clock.advance(3_600_000)
      clock.jump(2_000)
      expect(time.hasJumped()).toBe(false)
    }
  })
})
