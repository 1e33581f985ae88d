import { describe, expect, it } from 'vitest'
import { settle } from '../../testing/fakeClock.ts'
import { createCallGate } from './createCallGate.ts'
import { forEachLimited } from './forEachLimited.ts'

const never = new AbortController().signal

function setUp(width: number) {
  const gate = createCallGate(width)
  const begun: string[] = []
  const ends = new Map<string, (error?: Error) => void>()
  const pass = (name: string, signal: AbortSignal = never): Promise<string> =>
    gate.pass(() => {
      begun.push(name)
      return new Promise((resolve, reject) => {
        ends.set(name, (error) => (error ? reject(error) : resolve(name)))
      })
    }, signal)
  return { begun, ends, pass }
}

describe('createCallGate', () => {
  it('lets two through and the others in the order they came', async () => {
    const { begun, ends, pass } = setUp(2)
    const all = Promise.all(['a', 'b', 'c', 'd'].map((name) => pass(name)))
    await settle()
    expect(begun).toEqual(['a', 'b'])
    ends.get('b')?.()
    await settle()
    expect(begun).toEqual(['a', 'b', 'c'])
    for (const name of ['a', 'c']) ends.get(name)?.()
    await settle()
    ends.get('d')?.()
    expect(await all).toEqual(['a', 'b', 'c', 'd'])
  })

  it('a failure gives its place back', async () => {
    const { begun, ends, pass } = setUp(1)
    const first = pass('a')
    const second = pass('b')
    await settle()
    ends.get('a')?.(new Error('gone'))
    await expect(first).rejects.toThrow('gone')
    await settle()
    expect(begun).toEqual(['a', 'b'])
    ends.get('b')?.()
    await second
  })

  it('who gives up while waiting never runs and holds no place', async () => {
    const { begun, ends, pass } = setUp(1)
    const controller = new AbortController()
    const first = pass('a')
    const second = pass('b', controller.signal)
    const third = pass('c')
    await settle()
    const reason = new Error('stopped')
    controller.abort(reason)
    await expect(second).rejects.toBe(reason)
    ends.get('a')?.()
    await first
    await settle()
    expect(begun).toEqual(['a', 'c'])
    ends.get('c')?.()
    await third
  })

  it('a place given in the same breath as the abort is not lost', async () => {
    const { begun, ends, pass } = setUp(1)
    const controller = new AbortController()
    const first = pass('a')
    const second = pass('b', controller.signal)
    await settle()
    ends.get('a')?.()
    controller.abort(new Error('stopped'))
    await first
    await expect(second).rejects.toThrow('stopped')
    const third = pass('c')
    await settle()
    expect(begun).toEqual(['a', 'c'])
    ends.get('c')?.()
    await third
  })
})

describe('forEachLimited', () => {
  it('begins a later item only when an earlier one is done', async () => {
    const begun: number[] = []
    const ends: (() => void)[] = []
    const all = forEachLimited([1, 2, 3], 2, (item) => {
      begun.push(item)
      return new Promise((resolve) => ends.push(resolve))
    })
    await settle()
    expect(begun).toEqual([1, 2])
    ends[0]?.()
    await settle()
    expect(begun).toEqual([1, 2, 3])
    for (const end of ends) end()
    await all
  })
})
