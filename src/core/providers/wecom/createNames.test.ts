import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../testing/fakeClock.ts'
import { createRecordingLogger } from '../../testing/recordingLogger.ts'
import { createServerTime } from '../../time/createServerTime.ts'
import { ProviderError } from '../ProviderError.ts'
import { createNames } from './createNames.ts'

const HOUR = 3_600_000
const never = new AbortController().signal

function setUp(answer: (userId: string) => string | Error = (userId) => `name of ${userId}`) {
  const clock = createFakeClock(1_773_626_400_000)
  const log = createRecordingLogger()
  const asked: string[] = []
  const world = { answer, takesMs: 0 }
  const getPersonName = async (userId: string): Promise<string> => {
    asked.push(userId)
    if (world.takesMs > 0) await clock.advance(world.takesMs)
    const told = world.answer(userId)
    if (told instanceof Error) throw told
    return told
  }
  const names = createNames({ client: { getPersonName }, clock, time: createServerTime(clock), log })
  return { clock, log, asked, names, world }
}
const outside = new ProviderError('notFound', 'user/get: 60111', { vendorCode: '60111' })
const forbidden = new ProviderError('permission', 'user/get: 48002', { vendorCode: '48002' })

describe('createNames', () => {
  it('asks for a name once a day, whatever the case of the userid', async () => {
    const { clock, asked, names } = setUp()
    await names.learn(['ChenLu', 'chenlu'], never)
    await names.learn(['CHENLU'], never)
    expect(asked).toEqual(['chenlu'])
    expect(names.get('ChenLU')).toBe('name of chenlu')
    await clock.advance(24 * HOUR)
    await names.learn(['chenlu'], never)
    expect(asked).toHaveLength(2)
  })

  it('somebody outside the visible range is nobody, and not asked for again for hours', async () => {
    const { clock, asked, names } = setUp(() => outside)
    await names.learn(['guest'], never)
    await names.learn(['guest'], never)
    expect([asked.length, names.get('guest')]).toEqual([1, null])
    await clock.advance(4 * HOUR)
    await names.learn(['guest'], never)
    expect(asked).toHaveLength(2)
  })

  it('one person outside the range stops no other lookup', async () => {
    const refused = new ProviderError('permission', 'user/get: 60011', { vendorCode: '60011' })
    const { asked, names } = setUp((userId) => (userId === 'boss' ? refused : userId))
    await names.learn(['boss', 'a'], never)
    expect([asked, names.get('a')]).toEqual([['boss', 'a'], 'a'])
  })

  it('an answer nobody could read is tried again sooner', async () => {
    const { clock, asked, names, world } = setUp(() => new ProviderError('badResponse', 'odd'))
    await names.learn(['a'], never)
    world.answer = () => 'better'
    await clock.advance(10 * 60_000)
    await names.learn(['a'], never)
    expect([asked.length, names.get('a')]).toEqual([2, 'better'])
  })

  it('a missing permission stops all lookups for an hour, and is logged once', async () => {
    const { clock, log, asked, names } = setUp(() => forbidden)
    await names.learn(['a', 'b', 'c'], never)
    await names.learn(['a', 'b', 'c'], never)
    expect(asked).toEqual(['a'])
    await clock.advance(HOUR)
    await names.learn(['a'], never)
    expect(asked).toEqual(['a', 'a'])
    expect(log.lines.map((line) => [line.level, line.fields['vendorCode']])).toEqual([['warn', '48002']])
  })

  it('keeps a name past its day while a new one cannot be had', async () => {
    const { clock, names, world } = setUp()
    await names.learn(['a'], never)
    await clock.advance(25 * HOUR)
    world.answer = () => new ProviderError('network', 'gone')
    await names.learn(['a'], never)
    expect(names.get('a')).toBe('name of a')
  })

  it('asks for twenty at most, in the order given; the rest follow with the next read', async () => {
    const { asked, names } = setUp()
    const crowd = Array.from({ length: 25 }, (_, index) => `u${index}`)
    await names.learn(crowd, never)
    expect(asked).toEqual(crowd.slice(0, 20))
    await names.learn(crowd, never)
    expect(asked).toEqual(crowd)
  })

  it('slow names do not hold up the reading', async () => {
    const { asked, names, world } = setUp()
    world.takesMs = 3000
    await names.learn(['a', 'b', 'c', 'd'], never)
    expect(asked).toEqual(['a', 'b'])
  })

  it('a caller who gives up is told so', async () => {
    const controller = new AbortController()
    const reason = new Error('stopped')
    const { names } = setUp(() => {
      controller.abort(reason)
      return new ProviderError('network', 'gone')
    })
    await expect(names.learn(['a'], controller.signal)).rejects.toBe(reason)
  })

  it('does not grow for ever', async () => {
    const { names } = setUp()
    for (let group = 0; group < 151; group += 1) {
      await names.learn(
        Array.from({ length: 20 }, (_, index) => `u${group}-${index}`),
        never,
      )
    }
    expect([names.get('u0-0'), names.get('u150-19')]).toEqual([null, 'name of u150-19'])
  })

  it('logs no name and no userid', async () => {
    const { log, names } = setUp(() => forbidden)
    await names.learn(['sentinel-user'], never)
    expect(log.text()).not.toContain('sentinel-user')
  })
})
