import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createFakeClock, settle } from '../../testing/fakeClock.ts'
import { createAuthorisedClient } from './createAuthorisedClient.ts'
import type { AccountCall } from './createAuthorisedClient.ts'
import { createCallPace } from './createCallPace.ts'

const never = new AbortController().signal
const call = { name: 'thing', method: 'GET', schema: z.string() } as const

/** Tokens are `a1`, `a2`, …; each call notes its token and waits for an answer. */
function setUp(perSecond = 100) {
  const clock = createFakeClock(0)
  let tokens = 0
  const sent: string[] = []
  const answers: ((answer: string | Error) => void)[] = []
  const client = createAuthorisedClient({
    clock,
    maxParallel: 2,
    pace: createCallPace(clock, perSecond, 1000),
    isTokenRefused: (error) => error instanceof RangeError,
    fetchToken: () => Promise.resolve({ token: `a${(tokens += 1)}`, lifetimeMs: 7_200_000 }),
    sendWith: <T>({ name, schema }: AccountCall<T>, token: string) => {
      sent.push(`${name} ${token}`)
      return new Promise<T>((resolve, reject) => {
        answers.push((answer) => (answer instanceof Error ? reject(answer) : resolve(schema.parse(answer))))
      })
    },
  })
  const answer = async (which: number, what: string | Error) => {
    await settle()
    answers[which]?.(what)
    await settle()
  }
  return { clock, client, sent, answer, tokens: () => tokens }
}

describe('a call', () => {
  it('goes out with the token at hand, of which there is one', async () => {
    const { client, sent, answer, tokens } = setUp()
    await client.authenticate(never)
    const one = client.send(call, never)
    const other = client.send({ ...call, name: 'other' }, never)
    await answer(0, 'yes')
    await answer(1, 'no')
    expect([await one, await other, sent, tokens()]).toEqual(['yes', 'no', ['thing a1', 'other a1'], 1])
  })

  it('whose token was refused is repeated with a new one, and only once', async () => {
    const { client, sent, answer } = setUp()
    const one = client.send(call, never)
    await answer(0, new RangeError('expired'))
    await answer(1, 'answer')
    expect([await one, sent]).toEqual(['answer', ['thing a1', 'thing a2']])
    const other = client.send(call, never)
    const failure = expect(other).rejects.toThrow('expired too')
    await answer(2, new RangeError('expired'))
    await answer(3, new RangeError('expired too'))
    await failure
    expect(sent).toHaveLength(4)
  })

  it('that failed for any other reason is not repeated', async () => {
    const { client, sent, answer } = setUp()
    const failure = expect(client.send(call, never)).rejects.toThrow('busy')
    await answer(0, new Error('busy'))
    await failure
    expect(sent).toEqual(['thing a1'])
  })

  it('waits while two are under way, and for its place in the second', async () => {
    const { clock, client, sent, answer } = setUp(2)
    const all = ['a', 'b', 'c'].map((name) => client.send({ ...call, name }, never))
    await answer(0, 'first')
    expect(sent).toEqual(['a a1', 'b a1'])
    await clock.advance(1000)
    expect(sent).toEqual(['a a1', 'b a1', 'c a1'])
    await answer(1, 'second')
    await answer(2, 'third')
    expect(await Promise.all(all)).toEqual(['first', 'second', 'third'])
  })
})

describe('a call that changes something', () => {
  it('is told of right before it leaves, when a token and a place are there', async () => {
    const { clock, client, sent, answer } = setUp(1)
    const told: string[] = []
    const read = client.send(call, never)
    await answer(0, 'read')
    await read
    const write = client.sendOnce(
      { ...call, name: 'write' },
      () => told.push(`told after ${sent.length}`),
      never,
    )
    await settle()
    expect(told).toEqual([])
    await clock.advance(1000)
    expect([told, sent.at(-1)]).toEqual([['told after 1'], 'write a1'])
    await answer(1, 'done')
    expect(await write).toBe('done')
  })

  it('is never repeated, not even with a fresh token', async () => {
    const { client, sent, answer } = setUp()
    const failure = expect(client.sendOnce(call, () => undefined, never)).rejects.toThrow('expired')
    await answer(0, new RangeError('expired'))
    await failure
    expect(sent).toEqual(['thing a1'])
  })

  it('given up while it waits is not told of', async () => {
    const { client, sent } = setUp(1)
    const controller = new AbortController()
    const told: string[] = []
    void client.send(call, never)
    await settle()
    const write = client.sendOnce(call, () => told.push('told'), controller.signal)
    const failure = expect(write).rejects.toThrow('enough')
    await settle()
    controller.abort(new Error('enough'))
    await failure
    expect([told, sent]).toEqual([[], ['thing a1']])
  })
})
