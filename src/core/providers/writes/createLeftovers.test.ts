import { describe, expect, it } from 'vitest'
import { createRecordingLogger } from '../../testing/recordingLogger.ts'
import { ProviderError } from '../ProviderError.ts'
import { createLeftovers } from './createLeftovers.ts'

const never = new AbortController().signal
const down = new ProviderError('network', 'down')
const gone = new ProviderError('notFound', 'gone')

/** Events by name: those in `events` stand, the ones in `booked` hold their room. */
function open(names: readonly string[]) {
  const events = new Set(names)
  const booked = new Set<string>()
  const tried: string[] = []
  let failure: ProviderError | null = null
  const log = createRecordingLogger()
  const leftovers = createLeftovers<string>({
    log,
    remove(event) {
      tried.push(event)
      if (failure) return Promise.reject(failure)
      if (!events.delete(event)) return Promise.reject(gone)
      return Promise.resolve()
    },
    holdsRoom: (event) => Promise.resolve(booked.has(event)),
    isGone: ({ kind }) => kind === 'notFound',
  })
  const fail = (error: ProviderError | null): void => {
    failure = error
  }
  return { leftovers, events, booked, tried, log, fail }
}

describe('an event left without its room', () => {
  it('is taken back at once, and gone is gone', async () => {
    const { leftovers, events } = open(['a'])
    expect([await leftovers.takeBack('a', never), await leftovers.takeBack('a', never)]).toEqual([true, true])
    expect(events.size).toBe(0)
  })

  it('goes with a later press where that failed, or where the caller gave up', async () => {
    const { leftovers, events, fail } = open(['a', 'b'])
    fail(down)
    expect(await leftovers.takeBack('a', never)).toBe(false)
    fail(null)
    expect(await leftovers.takeBack('b', AbortSignal.abort())).toBe(false)
    await leftovers.tidy(never)
    expect(events.size).toBe(0)
  })

  // Deleting it would take a room from people who were told that their booking may stand.
  it('stays where it got its room after all', async () => {
    const { leftovers, events, booked } = open(['a', 'b'])
    booked.add('a')
    leftovers.remember('a', 'room')
    leftovers.remember('b', 'room')
    await leftovers.tidy(never)
    expect([...events]).toEqual(['a'])
  })

  it('is found first where its making went unanswered; one that nobody can find is let be', async () => {
    const { leftovers, events } = open(['a'])
    leftovers.rememberUnanswered(() => Promise.resolve(null))
    leftovers.rememberUnanswered(() => Promise.resolve('a'))
    await leftovers.tidy(never)
    expect(events.size).toBe(0)
  })

  it('costs a press a few tries at most, and none behind one that fails', async () => {
    const { leftovers, tried, fail } = open(['a', 'b', 'c', 'd'])
    for (const event of ['a', 'b', 'c', 'd']) leftovers.remember(event)
    fail(down)
    await leftovers.tidy(never)
    expect(tried).toEqual(['a'])
    fail(null)
    await leftovers.tidy(never)
    expect(tried).toEqual(['a', 'b', 'c', 'd'])
  })

  // A host of many rooms books for all of them through one account.
  it('is seen to by one of two presses at once, and not doubled where that fails', async () => {
    const { leftovers, tried, fail } = open(['a'])
    leftovers.remember('a')
    fail(down)
    await Promise.all([leftovers.tidy(never), leftovers.tidy(never)])
    expect(tried).toEqual(['a'])
    fail(null)
    await leftovers.tidy(never)
    await leftovers.tidy(never)
    expect(tried).toEqual(['a', 'a'])
  })

  it('is given up after five tries, and that is said without its name', async () => {
    const { leftovers, tried, log, fail } = open(['sentinel'])
    leftovers.remember('sentinel')
    fail(down)
    for (let press = 0; press < 8; press += 1) await leftovers.tidy(never)
    expect(tried).toHaveLength(5)
    expect(log.text()).toContain('an event without its room stays')
    expect(log.text()).not.toContain('sentinel')
  })

  it('given up while tidying: thrown, and the next press goes on', async () => {
    const { leftovers, events } = open(['a', 'b'])
    const giveUp = new AbortController()
    const reason = new Error('given up')
    leftovers.rememberUnanswered((signal) => {
      giveUp.abort(reason)
      signal.throwIfAborted()
      return Promise.resolve('a')
    })
    leftovers.remember('b')
    await expect(leftovers.tidy(giveUp.signal)).rejects.toBe(reason)
    await leftovers.tidy(never)
    expect(events.size).toBe(0)
  })

  it('is bounded: the eldest are let go', async () => {
    const { leftovers, tried } = open([])
    for (let event = 0; event <= 50; event += 1) leftovers.remember(String(event))
    for (let press = 0; press < 20; press += 1) await leftovers.tidy(never)
    expect([tried.length, tried[0]]).toEqual([50, '1'])
  })
})
