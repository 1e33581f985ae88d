import { describe, expect, it } from 'vitest'
import { createWithToken } from './createWithToken.ts'

const never = new AbortController().signal

/** Tokens that are `a1`, `a2`, …: a new one after every refusal. */
function setUp() {
  let count = 1
  const used: string[] = []
  const tokens = {
    get: () => Promise.resolve(`a${count}`),
    invalidate: (token: string) => {
      if (token === `a${count}`) count += 1
    },
  }
  const withToken = createWithToken(tokens, (error) => error instanceof RangeError)
  const call = (...answers: readonly (Error | string)[]) =>
    withToken((token) => {
      const answer = answers[used.push(token) - 1] ?? new Error('asked too often')
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
    }, never)
  return { used, call }
}

describe('createWithToken', () => {
  it('repeats a call whose token was refused, with a new one, and only once', async () => {
    const one = setUp()
    expect(await one.call(new RangeError('expired'), 'answer')).toBe('answer')
    expect(one.used).toEqual(['a1', 'a2'])
    const two = setUp()
    await expect(two.call(new RangeError('expired'), new RangeError('expired too'), 'late')).rejects.toThrow(
      'too',
    )
    expect(two.used).toEqual(['a1', 'a2'])
  })

  it('does not repeat what failed for any other reason', async () => {
    const { used, call } = setUp()
    await expect(call(new Error('busy'), 'late')).rejects.toThrow('busy')
    expect(used).toEqual(['a1'])
  })
})
