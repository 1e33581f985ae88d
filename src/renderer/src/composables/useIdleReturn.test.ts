import { effectScope } from 'vue'
import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../../core/testing/fakeClock.ts'
import { useIdleReturn } from './useIdleReturn.ts'

function setUp() {
  const clock = createFakeClock(0)
  const scope = effectScope()
  const counts = { returns: 0, activities: 0 }
  const seconds = scope.run(() =>
    useIdleReturn({
      page: window,
      clock,
      limitMs: () => 180_000,
      warnMs: 20_000,
      onReturn: () => (counts.returns += 1),
      onActivity: () => (counts.activities += 1),
    }),
  )!
  return { clock, scope, counts, seconds }
}

describe('useIdleReturn', () => {
  it('warns twenty seconds before and returns at three minutes, once', async () => {
    const { clock, counts, seconds, scope } = setUp()
    await clock.advance(159_999)
    expect(seconds.value).toBeNull()
    await clock.advance(1)
    expect(seconds.value).toBe(20)
    await clock.advance(19_000)
    expect(seconds.value).toBe(1)
    expect(counts.returns).toBe(0)
    await clock.advance(1_000)
    expect(counts.returns).toBe(1)
    await clock.advance(600_000)
    expect(counts.returns).toBe(1)
    scope.stop()
  })

  it.each(['pointerdown', 'keydown', 'wheel', 'input'])('%s starts the three minutes anew', async (sign) => {
    const { clock, counts, seconds, scope } = setUp()
    await clock.advance(170_000)
    expect(seconds.value).toBe(10)
    window.dispatchEvent(new Event(sign))
    expect(seconds.value).toBeNull()
    expect(counts.activities).toBe(1)
    await clock.advance(179_000)
    expect(counts.returns).toBe(0)
    await clock.advance(1_000)
    expect(counts.returns).toBe(1)
    scope.stop()
  })

  it('a wall clock set forward throws nobody out', async () => {
    const { clock, counts, scope } = setUp()
    clock.jump(86_400_000)
    await clock.advance(60_000)
    expect(counts.returns).toBe(0)
    scope.stop()
  })

  it('leaves neither timer nor listener behind', () => {
    const { clock, counts, scope } = setUp()
    scope.stop()
    window.dispatchEvent(new Event('pointerdown'))
    expect([clock.pending(), counts.activities]).toEqual([0, 0])
  })
})
