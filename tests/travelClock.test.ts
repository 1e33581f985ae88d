import { describe, expect, it } from 'vitest'
import { createTravelClock } from '../e2e/time/travelClock.ts'
import type { RealTime } from '../e2e/time/travelClock.ts'
import { createFakeClock } from '../src/core/testing/fakeClock.ts'

const START_MS = Date.UTC(2026, 10, 16, 2, 0)

function build() {
  const machine = createFakeClock(0)
  const real: RealTime = {
    monotonic: () => machine.monotonic(),
    setTimer: (run, delayMs) => machine.schedule(delayMs, run),
  }
  return { machine, clock: createTravelClock(START_MS, real) }
}

describe('createTravelClock', () => {
  it('runs at the speed of the machine from the moment it was given', async () => {
    const { machine, clock } = build()
    await machine.advance(1500)
    expect([clock.now(), clock.monotonic()]).toEqual([START_MS + 1500, 1500])
  })

  it('runs what falls due when it is moved, and leaves the rest its remaining time', async () => {
    const { machine, clock } = build()
    const ran: string[] = []
    clock.schedule(60_000, () => ran.push(`minute at ${clock.monotonic()}`))
    clock.schedule(90_000, () => ran.push(`later at ${clock.monotonic()}`))
    clock.advance(61_000)
    await machine.advance(0)
    expect(ran).toEqual(['minute at 61000'])
    await machine.advance(29_000)
    expect(ran).toEqual(['minute at 61000', 'later at 90000'])
  })

  it('moves wall and monotonic time together, so that nobody takes it for a clock that was set', () => {
    const { clock } = build()
    const gapMs = clock.now() - clock.monotonic()
    clock.advance(3_600_000)
    expect(clock.now() - clock.monotonic()).toBe(gapMs)
  })

  it('does not run what was cancelled before the move', async () => {
    const { machine, clock } = build()
    let runs = 0
    const cancel = clock.schedule(1000, () => (runs += 1))
    cancel()
    clock.advance(5000)
    await machine.advance(5000)
    expect(runs).toBe(0)
  })
})
