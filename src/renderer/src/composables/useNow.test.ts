import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, ref, shallowRef, watch } from 'vue'
import { createFakeClock } from '../../../core/testing/fakeClock.ts'
import { useNow } from './useNow.ts'

const START_MS = Date.UTC(2026, 10, 23, 2, 19, 30, 250)

function build(changes: readonly number[] = []) {
  const clock = createFakeClock(START_MS)
  const offsetMs = ref(0)
  const source = shallowRef<object>({})
  const isExact = ref(false)
  const onJump = vi.fn()
  const seen: number[] = []
  const scope = effectScope()
  const { nowMs, sync } = scope.run(() => {
    const now = useNow({
      clock,
      offsetMs: () => offsetMs.value,
      source: () => source.value,
      nextChange: (atMs) => changes.find((change) => change > atMs) ?? null,
      isExact: () => isExact.value,
      onJump,
    })
    watch(now.nowMs, (atMs) => seen.push(atMs), { flush: 'sync' })
    return now
  })!
  return { clock, offsetMs, source, isExact, onJump, seen, scope, nowMs, sync }
}

let setup = build()
beforeEach(() => {
  setup = build()
})
afterEach(() => setup.scope.stop())

describe('now', () => {
  it('changes with the minute and not in between', async () => {
    await setup.clock.advance(29_749)
    expect(setup.seen).toEqual([])
    await setup.clock.advance(1)
    expect(setup.seen).toEqual([Date.UTC(2026, 10, 23, 2, 20)])
    await setup.clock.advance(60_000)
    expect(setup.seen).toHaveLength(2)
  })

  it('changes at the very instant of the next change, between two seconds', async () => {
    const instant = START_MS + 12_345
    setup = build([instant])
    await setup.clock.advance(12_344)
    expect(setup.seen).toEqual([])
    await setup.clock.advance(1)
    expect(setup.seen).toEqual([instant])
  })

  it('counts seconds only while something does', async () => {
    setup.isExact.value = true
    await setup.clock.advance(3_000)
    expect(setup.seen).toEqual([750, 1_750, 2_750].map((ms) => START_MS + ms))
    setup.isExact.value = false
    await setup.clock.advance(3_000)
    expect(setup.seen).toHaveLength(3)
  })

  it('follows a correction and a new snapshot at once', () => {
    setup.offsetMs.value = 5_000
    expect(setup.seen).toEqual([START_MS + 5_000])
    setup.clock.jump(700)
    setup.source.value = {}
    expect(setup.seen.at(-1)).toBe(START_MS + 5_700)
  })

  it('aligns to the corrected minute, not to the device', async () => {
    setup.offsetMs.value = 10_000
    await setup.clock.advance(19_750)
    expect(setup.seen.at(-1)).toBe(Date.UTC(2026, 10, 23, 2, 20))
  })

  it.each([3_600_000, -3_600_000, 2_001])('tells when the device clock is set by %s ms', async (jumpMs) => {
    setup.clock.jump(jumpMs)
    await setup.clock.advance(1_000)
    expect(setup.onJump).toHaveBeenCalledTimes(1)
    await setup.clock.advance(120_000)
    expect(setup.onJump).toHaveBeenCalledTimes(1)
  })

  it('does not take slow drift for a jump, however far it adds up', async () => {
    for (let second = 0; second < 100; second += 1) {
      setup.clock.jump(100)
      await setup.clock.advance(1_000)
    }
    expect(setup.onJump).not.toHaveBeenCalled()
  })

  it('goes back when the clock does', async () => {
    setup.clock.jump(-120_000)
    await setup.clock.advance(1_000)
    expect(setup.nowMs.value).toBeLessThan(START_MS)
  })

  it('looks at once when it is told that the page was away', () => {
    setup.clock.jump(90_000)
    setup.sync()
    expect(setup.nowMs.value).toBe(START_MS + 90_000)
  })

  it('has one timer while it lives and none after', async () => {
    await setup.clock.advance(5_000)
    expect(setup.clock.pending()).toBe(1)
    setup.scope.stop()
    expect(setup.clock.pending()).toBe(0)
  })
})
