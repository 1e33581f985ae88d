import { describe, expect, it } from 'vitest'
import { createMemoryState } from '../testing/memoryStores.ts'
import { createRecordingLogger } from '../testing/recordingLogger.ts'
import { createCallCounter } from './createCallCounter.ts'

const november = Date.parse('2026-11-30T23:59:00+08:00')
const december = Date.parse('2026-12-01T00:00:00+08:00')

function setUp(state = createMemoryState(), account = 'dingtalk app') {
  const log = createRecordingLogger()
  return { state, log, counter: createCallCounter(state, account, log) }
}

describe('createCallCounter', () => {
  it('survives a restart: a panel that reboots daily must not spend the month thirty times', async () => {
    const first = setUp()
    for (let i = 0; i < 7; i += 1) first.counter.count(november)
    await first.counter.flush()
    const second = setUp(first.state)
    expect(await second.counter.load()).toBe(true)
    second.counter.count(november)
    expect(second.counter.month(november).spent).toBe(8)
  })

  it('keeps calls that were made while the file was being read', async () => {
    const first = setUp()
    first.counter.count(november)
    await first.counter.flush()
    const second = setUp(first.state)
    second.counter.count(november)
    await second.counter.load()
    expect(second.counter.month(november).spent).toBe(2)
  })

  it('a crash in the middle of a read leaves its calls behind as spent, and the reserve’s as the reserve’s', async () => {
    const first = setUp()
    first.counter.begin(6, true, november)
    first.counter.count(november)
    await first.counter.flush()
    const second = setUp(first.state)
    await second.counter.load()
    expect(second.counter.month(november)).toMatchObject({ spent: 6, reserveSpent: 6 })
    expect(second.counter.lastReadAtMs()).toBe(november)
  })

  it('a read that ended costs what it cost', async () => {
    const { counter, state } = setUp()
    counter.begin(6, false, november)
    counter.count(november)
    expect(counter.end()).toBe(1)
    await counter.flush()
    const second = setUp(state)
    await second.counter.load()
    expect(second.counter.month(november)).toMatchObject({ spent: 1, reserveSpent: 0 })
  })

  it('begins anew with the vendors’ month', () => {
    const { counter } = setUp()
    counter.count(november)
    expect(counter.month(december).spent).toBe(0)
  })

  it('a clock that wakes up in 1970 and is put right does not wipe the month', () => {
    const { counter } = setUp()
    counter.count(november)
    expect(counter.month(0).spent).toBe(0)
    expect(counter.month(november).spent).toBe(1)
  })

  it.each(['{"month":7}', '[]', '{"account":"dingtalk app","months":[{"name":"2026-11","spent":-3}]}'])(
    'a damaged file %s is no count',
    async (text) => {
      const { counter } = setUp(createMemoryState(new Map([['calls', text]])))
      expect(await counter.load()).toBe(false)
      expect(counter.month(november).spent).toBe(0)
    },
  )

  it('does not take up the count of another account', async () => {
    const first = setUp()
    first.counter.count(november)
    await first.counter.flush()
    expect(await setUp(first.state, 'dingtalk other').counter.load()).toBe(false)
  })

  it('keeps the vendor’s stop across restarts, and lets go of it when the admin changes the share', async () => {
    const first = setUp()
    first.counter.stop(december, 5_000)
    await first.counter.flush()
    const second = setUp(first.state)
    await second.counter.load()
    expect(second.counter.stoppedUntilMs(5_000)).toBe(december)
    expect(second.counter.stoppedUntilMs(20_000)).toBeNull()
  })

  it('a full disk is logged once and retried', async () => {
    const { counter, state, log } = setUp()
    state.isFull = true
    for (let i = 0; i < 3; i += 1) {
      counter.count(november)
      await counter.flush()
    }
    expect(log.lines).toHaveLength(1)
    state.isFull = false
    await counter.flush()
    expect(state.files.get('calls')).toContain('"spent":3')
  })

  it('writes nothing when nothing was called', async () => {
    const { counter, state } = setUp()
    await counter.flush()
    expect(state.files.size).toBe(0)
  })
})
