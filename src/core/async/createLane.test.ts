import { describe, expect, it } from 'vitest'
import { createLane } from './createLane.ts'

describe('createLane', () => {
  it('runs in the order asked, each after the one before has settled', async () => {
    const inTurn = createLane()
    const heard: string[] = []
    const step = (name: string) => async () => {
      heard.push(`${name} begins`)
      await Promise.resolve()
      await Promise.resolve()
      heard.push(`${name} ends`)
      return name
    }
    const results = await Promise.all([inTurn(step('a')), inTurn(step('b')), inTurn(step('c'))])
    expect(results).toEqual(['a', 'b', 'c'])
    expect(heard).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  })

  it('what fails, also at once, is its caller’s alone', async () => {
    const inTurn = createLane()
    const failing = inTurn(() => {
      throw new Error('mine')
    })
    const after = inTurn(() => 'still runs')
    await expect(failing).rejects.toThrow('mine')
    expect(await after).toBe('still runs')
  })
})
