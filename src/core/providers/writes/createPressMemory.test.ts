import { describe, expect, it, vi } from 'vitest'
import { ProviderError } from '../ProviderError.ts'
import type { WriteOutcome } from '../RoomActions.ts'
import { createPressMemory } from './createPressMemory.ts'
import { refused, unclear } from './refusal.ts'

const done: WriteOutcome = { kind: 'done', occurrence: null }
const lost = unclear(new ProviderError('network', 'lost'))

describe('presses remembered', () => {
  it.each([
    ['done', done],
    ['unclear', lost],
  ])('%s: the same press never runs again', async (_name, outcome) => {
    const memory = createPressMemory()
    const run = vi.fn(() => Promise.resolve(outcome))
    expect([await memory.once('a', run), await memory.once('a', run)]).toEqual([outcome, outcome])
    expect(run).toHaveBeenCalledOnce()
  })

  it('refused or given up: the next press runs', async () => {
    const memory = createPressMemory()
    expect(await memory.once('a', () => Promise.resolve(refused('taken')))).toEqual(refused('taken'))
    await expect(memory.once('a', () => Promise.reject(new Error('given up')))).rejects.toThrow('given up')
    expect(await memory.once('a', () => Promise.resolve(done))).toBe(done)
  })

  it('whoever pressed first gives up: all who waited run once between them', async () => {
    const memory = createPressMemory()
    const run = vi.fn(() => Promise.resolve(done))
    const first = memory.once('a', () => Promise.reject(new Error('given up')))
    const others = [memory.once('a', run), memory.once('a', run)]
    await expect(first).rejects.toThrow()
    expect(await Promise.all(others)).toEqual([done, done])
    expect(run).toHaveBeenCalledOnce()
  })

  it('stays small over months, and forgets the eldest first', async () => {
    const memory = createPressMemory()
    const run = vi.fn(() => Promise.resolve(done))
    for (let press = 0; press <= 200; press += 1) await memory.once(String(press), run)
    await memory.once('200', run)
    expect(run).toHaveBeenCalledTimes(201)
    await memory.once('0', run)
    expect(run).toHaveBeenCalledTimes(202)
  })
})
