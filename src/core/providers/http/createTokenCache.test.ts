import { describe, expect, it } from 'vitest'
import { createFakeClock, settle } from '../../testing/fakeClock.ts'
import { ProviderError } from '../ProviderError.ts'
import { createTokenCache } from './createTokenCache.ts'
import type { FetchedToken } from './createTokenCache.ts'

const MINUTE = 60_000
const never = new AbortController().signal

function setUp(lifetimeMs = 7_200_000, renewBeforeMs?: number) {
  const clock = createFakeClock(1_773_626_400_000)
  const flights: { signal: AbortSignal; land: (answer?: FetchedToken) => void; fail: (e: Error) => void }[] =
    []
  const cache = createTokenCache({
    clock,
    ...(renewBeforeMs === undefined ? {} : { renewBeforeMs }),
    fetchToken: (signal) =>
      new Promise((resolve, reject) => {
        const token = `token-${flights.length + 1}`
        flights.push({ signal, land: (answer) => resolve(answer ?? { token, lifetimeMs }), fail: reject })
        signal.addEventListener('abort', () => reject(signal.reason as Error))
      }),
  })
  async function landed(): Promise<string> {
    const asked = cache.get(never)
    await settle()
    flights.at(-1)?.land()
    return asked
  }
  return { clock, cache, flights, landed }
}

describe('createTokenCache', () => {
  it('fetches once for everybody who asks at the same time, and then not again', async () => {
    const { cache, flights } = setUp()
    const asked = Promise.all([cache.get(never), cache.get(never), cache.get(never)])
    await settle()
    flights[0]!.land()
    expect(await asked).toEqual(['token-1', 'token-1', 'token-1'])
    expect(await cache.get(never)).toBe('token-1')
    expect(flights).toHaveLength(1)
  })

  it('renews five minutes before the returned lifetime ends', async () => {
    const { clock, cache, flights, landed } = setUp(7_200_000)
    await landed()
    await clock.advance(115 * MINUTE - 1)
    expect(await cache.get(never)).toBe('token-1')
    await clock.advance(1)
    expect(await landed()).toBe('token-2')
    expect(flights).toHaveLength(2)
  })

  it('renews as early as the platform gives out a second token', async () => {
    const { clock, cache, landed } = setUp(7_200_000, 20 * MINUTE)
    await landed()
    await clock.advance(100 * MINUTE - 1)
    expect(await cache.get(never)).toBe('token-1')
    await clock.advance(1)
    expect(await landed()).toBe('token-2')
  })

  it.each([
    ['the network is away', new ProviderError('network', 'gone')],
    ['the platform is busy', new ProviderError('server', 'busy')],
    ['the secret was changed', new ProviderError('auth', 'wrong secret')],
  ])('goes on with the old token to its end when %s at the renewal', async (_name, refusal) => {
    const { clock, cache, flights, landed } = setUp(7_200_000, 20 * MINUTE)
    await landed()
    await clock.advance(100 * MINUTE)
    const asked = cache.get(never)
    await settle()
    flights.at(-1)!.fail(refusal)
    expect([await asked, await cache.get(never)]).toEqual(['token-1', 'token-1'])
    expect(flights).toHaveLength(2)
    await clock.advance(MINUTE)
    expect(await landed()).toBe('token-3')
  })

  it('an old token that ended, or was refused, is no way on', async () => {
    const { clock, cache, flights, landed } = setUp(7_200_000, 20 * MINUTE)
    await landed()
    await clock.advance(120 * MINUTE)
    const asked = cache.get(never)
    await settle()
    flights.at(-1)!.fail(new ProviderError('network', 'gone'))
    await expect(asked).rejects.toThrow('gone')
    await landed()
    cache.invalidate('token-3')
    const again = cache.get(never)
    await settle()
    flights.at(-1)!.fail(new ProviderError('network', 'gone again'))
    await expect(again).rejects.toThrow('gone again')
  })

  it('still uses a token of a very short life', async () => {
    const { clock, cache, landed } = setUp(60_000)
    await landed()
    await clock.advance(53_999)
    expect(await cache.get(never)).toBe('token-1')
    await clock.advance(1)
    expect(await landed()).toBe('token-2')
  })

  it('a device that slept renews: the monotonic clock stood still, the wall clock did not', async () => {
    const { clock, landed } = setUp()
    await landed()
    clock.jump(8_000_000)
    expect(await landed()).toBe('token-2')
  })

  it('a wall clock set back does not keep a dead token alive', async () => {
    const { clock, landed } = setUp()
    await landed()
    clock.jump(-86_400_000)
    await clock.advance(7_200_000)
    expect(await landed()).toBe('token-2')
  })

  it('a refused token is fetched anew, an older refusal leaves the newer token alone', async () => {
    const { cache, landed, flights } = setUp()
    await landed()
    cache.invalidate('token-1')
    expect(await landed()).toBe('token-2')
    cache.invalidate('token-1')
    expect(await cache.get(never)).toBe('token-2')
    expect(flights).toHaveLength(2)
  })

  it('everybody gets the same refusal, and a wrong secret is not asked again at once', async () => {
    const { clock, cache, flights } = setUp()
    const refusal = new ProviderError('auth', 'wrong secret')
    const asked = Promise.allSettled([cache.get(never), cache.get(never)])
    await settle()
    flights[0]!.fail(refusal)
    for (const outcome of await asked) expect(outcome).toEqual({ status: 'rejected', reason: refusal })
    await expect(cache.get(never)).rejects.toBe(refusal)
    expect(flights).toHaveLength(1)
    await clock.advance(30_000)
    await settle()
    void cache.get(never).catch(() => undefined)
    await settle()
    expect(flights).toHaveLength(2)
  })

  it('a blocked address waits as long as the vendor said', async () => {
    const { clock, cache, flights } = setUp()
    const asked = cache.get(never)
    await settle()
    flights[0]!.fail(new ProviderError('rateLimited', 'blocked', { retryAfterMs: 60 * MINUTE }))
    await expect(asked).rejects.toThrow('blocked')
    await clock.advance(59 * MINUTE)
    await expect(cache.get(never)).rejects.toThrow('blocked')
    expect(flights).toHaveLength(1)
  })

  it('a network fault is tried again with the next question', async () => {
    const { cache, flights, landed } = setUp()
    const asked = cache.get(never)
    await settle()
    flights[0]!.fail(new ProviderError('network', 'gone'))
    await expect(asked).rejects.toThrow('gone')
    expect(await landed()).toBe('token-2')
  })

  it('one caller’s abort leaves the flight to the other', async () => {
    const { cache, flights } = setUp()
    const controller = new AbortController()
    const reason = new Error('gave up')
    const impatient = cache.get(controller.signal)
    const patient = cache.get(never)
    await settle()
    controller.abort(reason)
    await expect(impatient).rejects.toBe(reason)
    expect(flights[0]!.signal.aborted).toBe(false)
    flights[0]!.land()
    expect(await patient).toBe('token-1')
  })

  it('the last caller’s abort ends the flight, and the next question starts a new one', async () => {
    const { cache, flights, landed } = setUp()
    const controller = new AbortController()
    const asked = cache.get(controller.signal)
    await settle()
    controller.abort(new Error('gave up'))
    await expect(asked).rejects.toThrow('gave up')
    expect(flights[0]!.signal.aborted).toBe(true)
    expect(await landed()).toBe('token-2')
  })
})
