import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../testing/fakeClock.ts'
import { createRecordingLogger } from '../../testing/recordingLogger.ts'
import { ProviderError } from '../ProviderError.ts'
import { createCatalogue } from './createCatalogue.ts'

const MINUTE = 60_000
const never = new AbortController().signal

function setUp() {
  const clock = createFakeClock(1_773_626_400_000)
  const log = createRecordingLogger()
  const world = { error: null as ProviderError | null, reads: 0, name: 'a' }
  const catalogue = createCatalogue({
    clock,
    log,
    name: 'list',
    list: () => {
      world.reads += 1
      return world.error ? Promise.reject(world.error) : Promise.resolve([{ id: 1, name: world.name }])
    },
    idOf: (entry) => entry.id,
  })
  return { clock, log, world, catalogue }
}

describe('createCatalogue', () => {
  it('is read every six hours', async () => {
    const { clock, world, catalogue } = setUp()
    await catalogue.learn(never)
    await clock.advance(360 * MINUTE - 1)
    await catalogue.learn(never)
    expect(world.reads).toBe(1)
    world.name = 'b'
    await clock.advance(1)
    await catalogue.learn(never)
    expect([world.reads, catalogue.get(1)?.name]).toEqual([2, 'b'])
  })

  it('a failure keeps the old list, waits ten minutes, and is logged once', async () => {
    const { clock, log, world, catalogue } = setUp()
    await catalogue.learn(never)
    await clock.advance(360 * MINUTE)
    world.error = new ProviderError('server', 'gone')
    await catalogue.learn(never)
    await catalogue.learn(never)
    await clock.advance(10 * MINUTE)
    await catalogue.learn(never)
    expect([world.reads, catalogue.get(1)?.name, log.lines.length]).toEqual([3, 'a', 1])
  })

  it('a doubt reads it again, but not more often than every ten minutes', async () => {
    const { clock, world, catalogue } = setUp()
    await catalogue.learn(never)
    catalogue.doubt()
    await catalogue.learn(never)
    expect(world.reads).toBe(1)
    await clock.advance(10 * MINUTE)
    await catalogue.learn(never)
    expect(world.reads).toBe(2)
    await clock.advance(30 * MINUTE)
    catalogue.doubt()
    await catalogue.learn(never)
    expect(world.reads).toBe(3)
  })

  it('a caller who gives up is told so', async () => {
    const { world, catalogue } = setUp()
    const reason = new Error('stopped')
    world.error = new ProviderError('network', 'gone')
    await expect(catalogue.learn(AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})
