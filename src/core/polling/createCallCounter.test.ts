import { describe, expect, it } from 'vitest'
import { createZone } from '../../shared/domain/zonedTime.ts'
import { createMemoryState } from '../testing/memoryStores.ts'
import { createRecordingLogger } from '../testing/recordingLogger.ts'
import { createCallCounter } from './createCallCounter.ts'

const zone = createZone('Asia/Shanghai')
const november = Date.parse('2026-11-30T23:59:00+08:00')
const december = Date.parse('2026-12-01T00:00:00+08:00')

function setUp(state = createMemoryState()) {
  const log = createRecordingLogger()
  return { state, log, counter: createCallCounter(state, zone, log) }
}

describe('createCallCounter', () => {
  it('survives a restart: a panel that reboots daily must not spend the month thirty times', async () => {
    const first = setUp()
    for (let i = 0; i < 7; i += 1) first.counter.count(november)
    await first.counter.flush()
    const second = setUp(first.state)
    await second.counter.load()
    second.counter.count(november)
    expect(second.counter.spent(november)).toBe(8)
  })

  it('keeps calls that were made while the file was being read', async () => {
    const first = setUp()
    first.counter.count(november)
    await first.counter.flush()
    const second = setUp(first.state)
    second.counter.count(november)
    await second.counter.load()
    expect(second.counter.spent(november)).toBe(2)
  })

  it('begins anew with the local month, not the UTC one', () => {
    const { counter } = setUp()
    counter.count(november)
    expect(counter.spent(december)).toBe(0)
  })

  it.each(['{"month":7}', '[]', '{"month":"2026-11","spent":-3}'])(
    'a damaged file %s counts as none',
    async (text) => {
      const { counter } = setUp(createMemoryState(new Map([['calls', text]])))
      await counter.load()
      expect(counter.spent(november)).toBe(0)
    },
  )

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
