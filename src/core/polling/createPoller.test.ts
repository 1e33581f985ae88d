import { describe, expect, it } from 'vitest'
import { createFakeClock, settle } from '../testing/fakeClock.ts'
import { createPoller } from './createPoller.ts'

interface Run {
  readonly signal: AbortSignal
  finish(): void
  fail(error: Error): void
}

function setUp({ deadlineMs = 60_000, honoursAbort = true } = {}) {
  const clock = createFakeClock(0)
  const runs: Run[] = []
  const bugs: unknown[] = []
  const poller = createPoller({
    clock,
    deadlineMs,
    nextDelayMs: () => (runs.length === 0 ? 0 : 1_000),
    onBug: (error) => bugs.push(error),
    read: (signal) =>
      new Promise((resolve, reject) => {
        runs.push({ signal, finish: resolve, fail: reject })
        if (honoursAbort) signal.addEventListener('abort', () => reject(new Error('aborted')))
      }),
  })
  return { clock, poller, runs, bugs }
}

describe('createPoller', () => {
  it('arms the next read only after the last one is done', async () => {
    const { clock, poller, runs } = setUp()
    poller.start()
    await clock.advance(30_000)
    expect(runs).toHaveLength(1)
    runs[0]!.finish()
    await clock.advance(999)
    expect(runs).toHaveLength(1)
    await clock.advance(1)
    expect(runs).toHaveLength(2)
  })

  // A settings save stops and starts a poller while a call hangs: a second loop would spend the budget twice.
  it('a read that was stopped and ends after a new start arms nothing', async () => {
    const { clock, poller, runs } = setUp({ honoursAbort: false })
    poller.start()
    await clock.advance(0)
    poller.stop()
    poller.start()
    await clock.advance(1_000)
    expect(runs).toHaveLength(2)
    runs[0]!.finish()
    await settle()
    // The new read still runs: nothing is due, and nothing but its deadline waits.
    expect(poller.nextAtMonotonicMs()).toBeNull()
    await clock.advance(30_000)
    expect(runs).toHaveLength(2)
    runs[1]!.finish()
    await settle()
    expect(poller.nextAtMonotonicMs()).toBe(clock.monotonic() + 1_000)
    await clock.advance(1_000)
    expect(runs).toHaveLength(3)
    expect(runs[2]!.signal.aborted).toBe(false)
  })

  it('joins a running read instead of starting a second one', async () => {
    const { clock, poller, runs } = setUp()
    poller.start()
    await clock.advance(0)
    const joined = [poller.refresh(), poller.refresh()]
    expect(runs).toHaveLength(1)
    runs[0]!.finish()
    await Promise.all(joined)
    expect(clock.pending()).toBe(1)
  })

  it('an early refresh replaces the armed timer: never two loops', async () => {
    const { clock, poller, runs } = setUp()
    poller.start()
    await clock.advance(0)
    runs[0]!.finish()
    await settle()
    void poller.refresh()
    runs[1]!.finish()
    await settle()
    expect(clock.pending()).toBe(1)
    await clock.advance(1_000)
    expect(runs).toHaveLength(3)
  })

  it('aborts at the deadline and goes on', async () => {
    const { clock, poller, runs } = setUp({ deadlineMs: 5_000 })
    poller.start()
    await clock.advance(5_000)
    expect(runs[0]!.signal.aborted).toBe(true)
    await clock.advance(1_000)
    expect(runs).toHaveLength(2)
  })

  it('leaves a read behind that ignores its abort, and does not wedge', async () => {
    const { clock, poller, runs } = setUp({ deadlineMs: 5_000, honoursAbort: false })
    poller.start()
    await clock.advance(5_000 + 1_000 + 1_000)
    expect(runs).toHaveLength(2)
    runs[0]!.finish()
    await settle()
    expect(runs).toHaveLength(2)
  })

  it('reports a bug and polls on', async () => {
    const { clock, poller, runs, bugs } = setUp()
    poller.start()
    await clock.advance(0)
    runs[0]!.fail(new TypeError('bug'))
    await clock.advance(1_000)
    expect(bugs).toHaveLength(1)
    expect(runs).toHaveLength(2)
  })

  it('stopped, it aborts, leaves no timer and never starts again by itself', async () => {
    const { clock, poller, runs } = setUp()
    poller.start()
    await clock.advance(0)
    poller.stop()
    expect(runs[0]!.signal.aborted).toBe(true)
    await clock.advance(600_000)
    await poller.refresh()
    expect(runs).toHaveLength(1)
    expect(clock.pending()).toBe(0)
  })
})
