import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../testing/fakeClock.ts'
import { createCallPace } from './createCallPace.ts'

const never = new AbortController().signal

describe('a pace', () => {
  it('lets a burst pass and no more in the same second: the twenty-first call of a second is refused', async () => {
    const clock = createFakeClock(0)
    const pace = createCallPace(clock, 3, 1000)
    const startedAt: number[] = []
    const calls = Array.from({ length: 7 }, async () => {
      await pace.wait(never)
      startedAt.push(clock.monotonic())
    })
    await clock.advance(5000)
    await Promise.all(calls)
    expect(startedAt).toEqual([0, 0, 0, 1000, 1000, 1000, 2000])
  })

  it('does not make up for time in which nobody called', async () => {
    const clock = createFakeClock(0)
    const pace = createCallPace(clock, 2, 1000)
    await clock.advance(60_000)
    const passed: number[] = []
    for (const call of [1, 2, 3]) void pace.wait(never).then(() => passed.push(call))
    await clock.advance(0)
    expect(passed).toEqual([1, 2])
  })

  it('an abort while waiting throws the caller’s reason and leaves no timer', async () => {
    const clock = createFakeClock(0)
    const pace = createCallPace(clock, 1, 1000)
    const controller = new AbortController()
    await pace.wait(never)
    const waiting = pace.wait(controller.signal)
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    expect(clock.pending()).toBe(0)
  })
})
