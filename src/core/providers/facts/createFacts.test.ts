import { beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/domain/duration.ts'
import { createFakeClock } from '../../testing/fakeClock.ts'
import type { FakeClock } from '../../testing/fakeClock.ts'
import { createRecordingLogger } from '../../testing/recordingLogger.ts'
import type { RecordingLogger } from '../../testing/recordingLogger.ts'
import { createServerTime } from '../../time/createServerTime.ts'
import type { ServerTime } from '../../time/createServerTime.ts'
import { ProviderError } from '../ProviderError.ts'
import type { ProviderErrorDetails } from '../ProviderError.ts'
import { createFacts, oneByOne } from './createFacts.ts'
import type { Facts, FactsOptions } from './createFacts.ts'

const MISS_LIFE_MS = 4 * HOUR_MS
const MAX_CALLS = 3
const never = new AbortController().signal

let clock: FakeClock
let time: ServerTime
let log: RecordingLogger
let asked: string[]
let fate: (wish: string) => ProviderError | null
let isAllowed: boolean
let takesMs: number
let facts: Facts<string, string>

const refused = (kind: ProviderError['kind'], details: ProviderErrorDetails = {}) =>
  new ProviderError(kind, 'refused', details)
const learn = (...wishes: string[]) => facts.learn(wishes, never)

const factsWith = (more: Partial<FactsOptions<string, string>> = {}): Facts<string, string> =>
  createFacts({
    clock,
    time,
    log,
    what: 'things',
    keyOf: (wish) => wish,
    fetchMany: oneByOne(async (wish) => {
      asked.push(wish)
      await clock.advance(takesMs)
      const error = fate(wish)
      if (error) throw error
      return `fact ${wish} ${asked.length}`
    }),
    lifeMs: () => DAY_MS,
    missLifeMs: ({ kind }) => (kind === 'notFound' ? MISS_LIFE_MS : null),
    mayFetch: () => isAllowed,
    maxCalls: MAX_CALLS,
    ...more,
  })

beforeEach(() => {
  clock = createFakeClock(0)
  time = createServerTime(clock)
  log = createRecordingLogger()
  asked = []
  fate = () => null
  isAllowed = true
  takesMs = 0
  facts = factsWith()
})

describe('what is known', () => {
  it('is asked for once a day, the first wishes first, a few at a time', async () => {
    await learn('a', 'a', 'b', 'c', 'd')
    expect(asked).toEqual(['a', 'b', 'c'])
    await learn('a', 'b', 'c', 'd')
    await clock.advance(DAY_MS - 1)
    await learn('a')
    expect(asked).toEqual(['a', 'b', 'c', 'd'])
    await clock.advance(1)
    await learn('a')
    expect([asked.at(-1), facts.get('a')]).toEqual(['a', 'fact a 5'])
  })

  it('is not asked for while the budget is tight, and an old fact stays', async () => {
    await learn('a')
    isAllowed = false
    await clock.advance(2 * DAY_MS)
    await learn('a', 'b')
    expect([asked, facts.get('a'), facts.get('b')]).toEqual([['a'], 'fact a 1', null])
  })

  it('is learned while the read can wait, and no longer', async () => {
    takesMs = 3000
    await learn('a', 'b', 'c')
    expect(asked).toEqual(['a', 'b'])
    await learn('a', 'b', 'c')
    expect(asked).toEqual(['a', 'b', 'c'])
  })

  it('lives as long as the fact itself says', async () => {
    facts = factsWith({ lifeMs: (fact) => (fact === 'fact a 1' ? Infinity : HOUR_MS) })
    await learn('a', 'b')
    await clock.advance(HOUR_MS)
    await learn('a', 'b')
    expect(asked).toEqual(['a', 'b', 'b'])
  })

  it('once doubted is asked for with the next read', async () => {
    await learn('a')
    facts.doubt('a')
    facts.doubt('unheard of')
    expect(facts.get('a')).toBe('fact a 1')
    await learn('a')
    expect(facts.get('a')).toBe('fact a 2')
  })

  it('read for another purpose is as good', async () => {
    facts.take('a', 'heard')
    facts.take('b', null)
    await learn('a', 'b')
    expect([asked, facts.get('a'), facts.get('b')]).toEqual([[], 'heard', null])
  })

  it('does not grow for ever: the one asked for longest ago goes', () => {
    for (let index = 0; index <= 3000; index += 1) facts.take(`${index}`, 'fact')
    expect([facts.get('0'), facts.get('1'), facts.get('3000')]).toEqual([null, 'fact', 'fact'])
  })
})

describe('asked for at once', () => {
  it('whatever is known and whatever the month says, and its age is told', async () => {
    isAllowed = false
    expect(facts.ageMs('a')).toBe(Infinity)
    await facts.ask('a', never)
    await clock.advance(MINUTE_MS)
    expect(facts.ageMs('a')).toBe(MINUTE_MS)
    await facts.ask('a', never)
    expect([facts.get('a'), facts.ageMs('a')]).toEqual(['fact a 2', 0])
  })

  it('but not while all is refused', async () => {
    fate = () => refused('permission')
    await facts.ask('a', never)
    await facts.ask('a', never)
    expect([asked, facts.isDenied()]).toEqual([['a'], true])
  })
})

describe('several with one call', () => {
  const calls: (readonly string[])[] = []
  beforeEach(() => {
    calls.length = 0
    facts = factsWith({
      perCall: 2,
      fetchMany: (wishes) => {
        calls.push(wishes)
        return Promise.resolve(wishes.map((wish) => (wish === 'gone' ? null : `fact ${wish}`)))
      },
    })
  })

  it('only what is due, by its order; who is told nothing of is not asked for again', async () => {
    facts.take('b', 'heard')
    await learn('a', 'b', 'gone', 'c')
    await learn('a', 'b', 'gone', 'c')
    expect(calls).toEqual([['a', 'gone'], ['c']])
    expect(['a', 'b', 'gone', 'c'].map((wish) => facts.get(wish))).toEqual([
      'fact a',
      'heard',
      null,
      'fact c',
    ])
  })

  it('the calls of one read are counted, not the wishes', async () => {
    await learn('a', 'b', 'c', 'd', 'e', 'f', 'g')
    expect(calls).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
    ])
  })
})

describe('what cannot be known', () => {
  it('of one: only this one, for its time, and the next one is asked for', async () => {
    fate = (wish) => (wish === 'a' ? refused('notFound') : null)
    await learn('a', 'b')
    await learn('a', 'b')
    expect(asked).toEqual(['a', 'b'])
    await clock.advance(MISS_LIFE_MS)
    await learn('a')
    expect([asked.length, log.lines]).toEqual([3, []])
  })

  it('of one that was known: the old fact stays', async () => {
    await learn('a')
    fate = () => refused('notFound')
    await clock.advance(DAY_MS)
    await learn('a')
    expect([asked.length, facts.get('a')]).toEqual([2, 'fact a 1'])
  })

  it('a refusal may itself tell something', async () => {
    facts = factsWith({ factOfRefusal: ({ kind }) => (kind === 'notFound' ? 'hidden' : null) })
    fate = () => refused('notFound')
    await learn('a')
    expect(facts.get('a')).toBe('hidden')
  })

  it.each([
    ['a missing permission for an hour', refused('permission'), HOUR_MS],
    ['a refused address for an hour', refused('ipNotAllowed'), HOUR_MS],
    ['a throttle for as long as it asks', refused('rateLimited', { retryAfterMs: 300_000 }), 300_000],
    ['no network for a minute', refused('network'), MINUTE_MS],
    ['a spent month for an hour', refused('quota'), HOUR_MS],
    ['a spent month until the next', refused('quota', { resumesAtMs: 90 * HOUR_MS }), 90 * HOUR_MS],
  ])('%s stands in the way of all', async (_name, error, pauseMs) => {
    fate = () => error
    await learn('a', 'b')
    await clock.advance(pauseMs - 1)
    await learn('a', 'b')
    expect([asked, facts.isDenied()]).toEqual([['a'], error.kind === 'permission'])
    fate = () => null
    await clock.advance(1)
    await learn('a', 'b')
    expect([asked, facts.isDenied()]).toEqual([['a', 'a', 'b'], false])
    expect(log.lines.map(({ message }) => message)).toEqual(['things cannot be read'])
  })

  it('the next month begins by the vendor’s clock, not by this device’s', async () => {
    time.setOffset(10 * HOUR_MS)
    fate = () => refused('quota', { resumesAtMs: 12 * HOUR_MS })
    await learn('a')
    await clock.advance(2 * HOUR_MS)
    await learn('a')
    expect(asked).toHaveLength(2)
  })

  it('a permission is asked for again after the platform’s own time', async () => {
    facts = factsWith({ deniedMs: 15 * MINUTE_MS })
    fate = () => refused('permission')
    await learn('a')
    await clock.advance(15 * MINUTE_MS)
    await learn('a')
    expect(asked).toHaveLength(2)
  })

  it('each new reason is logged once', async () => {
    for (const kind of ['network', 'network', 'server'] as const) {
      fate = () => refused(kind)
      await learn('a')
      await clock.advance(MINUTE_MS)
    }
    expect(log.lines.map(({ fields }) => fields['kind'])).toEqual(['network', 'server'])
  })

  it('a caller who gives up hears their own reason, and nothing is remembered of it', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    fate = () => {
      controller.abort(reason)
      return refused('network')
    }
    await expect(facts.learn(['a'], controller.signal)).rejects.toBe(reason)
    fate = () => null
    await learn('a')
    expect(facts.get('a')).toBe('fact a 2')
  })

  it('what is no refusal is thrown', async () => {
    facts = factsWith({ fetchMany: () => Promise.reject(new Error('a bug')) })
    await expect(learn('a')).rejects.toThrow('a bug')
  })
})
