import { beforeEach, describe, expect, it } from 'vitest'
import { createFakeClock } from '../../testing/fakeClock.ts'
import type { FakeClock } from '../../testing/fakeClock.ts'
import { createRecordingLogger } from '../../testing/recordingLogger.ts'
import type { RecordingLogger } from '../../testing/recordingLogger.ts'
import { ProviderError } from '../ProviderError.ts'
import type { ProviderErrorDetails } from '../ProviderError.ts'
import { createLookup } from './createLookup.ts'
import type { Lookup } from './createLookup.ts'
import { dingtalkPermissions } from './errors.ts'

const HOUR = 3_600_000
const never = new AbortController().signal

let clock: FakeClock
let log: RecordingLogger
let asked: string[]
let fate: (wish: string) => ProviderError | null
let isAllowed: boolean
let lookup: Lookup<string, string>

beforeEach(() => {
  clock = createFakeClock(0)
  log = createRecordingLogger()
  asked = []
  fate = () => null
  isAllowed = true
  lookup = createLookup({
    clock,
    log,
    name: 'things',
    keyOf: (wish: string) => wish,
    fetch: (wish) => {
      asked.push(wish)
      const error = fate(wish)
      return error ? Promise.reject(error) : Promise.resolve(`fact ${wish} ${asked.length}`)
    },
    lifeMs: () => 24 * HOUR,
    mayFetch: () => isAllowed,
    mostPerRead: 3,
    factOfRefusal: (error) => (error.details.vendorCode === 'hidden' ? 'hidden' : null),
  })
})

const refused = (kind: ProviderError['kind'], details: ProviderErrorDetails = {}) =>
  new ProviderError(kind, 'refused', details)
const learn = (...wishes: string[]) => lookup.learn(wishes, never)

describe('what is known', () => {
  it('is asked for once a day, the first wishes first, a few at a time', async () => {
    await learn('a', 'a', 'b', 'c', 'd')
    expect(asked).toEqual(['a', 'b', 'c'])
    await learn('a', 'b', 'c', 'd')
    await clock.advance(24 * HOUR - 1)
    await learn('a')
    expect(asked).toEqual(['a', 'b', 'c', 'd'])
    await clock.advance(1)
    await learn('a')
    expect([asked.at(-1), lookup.get('a')]).toEqual(['a', 'fact a 5'])
  })

  it('is not asked for while the budget is tight, and an old fact stays', async () => {
    await learn('a')
    isAllowed = false
    await clock.advance(48 * HOUR)
    await learn('a', 'b')
    expect([asked, lookup.get('a'), lookup.get('b')]).toEqual([['a'], 'fact a 1', null])
  })
})

describe('what cannot be known', () => {
  it.each([
    ['gone', refused('notFound')],
    ['out of range', refused('permission', { missingPermission: dingtalkPermissions.range })],
  ])('%s: only this one, not for four hours, and the next one is asked for', async (_name, error) => {
    fate = (wish) => (wish === 'a' ? error : null)
    await learn('a', 'b')
    await learn('a', 'b')
    expect(asked).toEqual(['a', 'b'])
    await clock.advance(4 * HOUR)
    await learn('a')
    expect(asked).toHaveLength(3)
    expect(log.lines).toEqual([])
  })

  it('a refusal may itself tell something', async () => {
    fate = () => refused('permission', { vendorCode: 'hidden', missingPermission: dingtalkPermissions.range })
    await learn('a')
    expect(lookup.get('a')).toBe('hidden')
  })

  it.each([
    ['a missing permission for an hour', refused('permission'), HOUR],
    ['a throttle for as long as it asks', refused('rateLimited', { retryAfterMs: 5 * 60_000 }), 5 * 60_000],
    ['no network for a minute', refused('network'), 60_000],
    ['a spent month until the next', refused('quota', { resumesAtMs: 90 * HOUR }), 90 * HOUR],
  ])('%s stands in the way of all', async (_name, error, pauseMs) => {
    fate = () => error
    await learn('a', 'b')
    await clock.advance(pauseMs - 1)
    await learn('a', 'b')
    expect(asked).toEqual(['a'])
    fate = () => null
    await clock.advance(1)
    await learn('a', 'b')
    expect(asked).toEqual(['a', 'a', 'b'])
    expect(log.lines).toHaveLength(1)
  })

  it('a caller who gives up hears their own reason, and nothing is remembered of it', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    fate = () => {
      controller.abort(reason)
      return refused('network')
    }
    await expect(lookup.learn(['a'], controller.signal)).rejects.toBe(reason)
    fate = () => null
    await learn('a')
    expect(lookup.get('a')).toBe('fact a 2')
  })
})
