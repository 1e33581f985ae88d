import type { CallPace } from './createCallPace.ts'
import { createCallGate } from './createCallGate.ts'
import type { HttpCall } from './createHttpClient.ts'
import { createTokenCache } from './createTokenCache.ts'
import type { TokenCacheOptions } from './createTokenCache.ts'

/** A call of an account. Ids stand in its path, below the platform's own root, and never in its name. */
export type AccountCall<T> = Omit<HttpCall<T>, 'path'> & {
  /** The call's name where absent. */
  readonly path?: string
}

/** What only asks, on platforms that ask by POST as well. */
export const asking = (name: string, body: object) => ({ name, method: 'POST', isRead: true, body }) as const

/** Sends a call with a token, and answers it parsed; a refused token is renewed and the call repeated, once. */
export type Send = <T>(call: AccountCall<T>, signal: AbortSignal) => Promise<T>

/** Sends a call that is never repeated, not even with a fresh token. @param onSend told right before it leaves */
export type SendOnce = <T>(call: AccountCall<T>, onSend: () => void, signal: AbortSignal) => Promise<T>

/** One account's way to its platform. All throw ProviderError, or the signal's reason. */
export interface AuthorisedClient {
  /** Fetches a token, or uses the one at hand. */
  readonly authenticate: (signal: AbortSignal) => Promise<void>
  readonly send: Send
  readonly sendOnce: SendOnce
}

/** What such a client is made with. */
export interface AuthorisedClientOptions extends TokenCacheOptions {
  /** Calls that may be under way at once. */
  readonly maxParallel: number
  /** Spreads the calls over time, where the platform counts them by the second. */
  readonly pace?: CallPace
  readonly isTokenRefused: (error: unknown) => boolean
  /** Puts the token on the call and sends it to where it belongs. */
  readonly sendWith: <T>(call: AccountCall<T>, token: string, signal: AbortSignal) => Promise<T>
}

/** See {@link AuthorisedClient}. Every call goes through one gate, together with the token's own where it waits for that. */
export function createAuthorisedClient(options: AuthorisedClientOptions): AuthorisedClient {
  const { maxParallel, pace, isTokenRefused, sendWith } = options
  const gate = createCallGate(maxParallel)
  const tokens = createTokenCache(options)

  async function attempt<T>(call: AccountCall<T>, token: string, signal: AbortSignal): Promise<T> {
    await pace?.wait(signal)
    return sendWith(call, token, signal)
  }

  /** A token may die at any time. */
  async function attemptTwice<T>(call: AccountCall<T>, signal: AbortSignal): Promise<T> {
    const token = await tokens.get(signal)
    try {
      return await attempt(call, token, signal)
    } catch (error) {
      if (!isTokenRefused(error)) throw error
      tokens.invalidate(token)
      return attempt(call, await tokens.get(signal), signal)
    }
  }

  return {
    authenticate: async (signal) => {
      await gate.pass(() => tokens.get(signal), signal)
    },
    send: (call, signal) => gate.pass(() => attemptTwice(call, signal), signal),
    // The read before it has just used the token, so that a refusal of it is no usual thing.
    sendOnce: (call, onSend, signal) =>
      gate.pass(async () => {
        const token = await tokens.get(signal)
        await pace?.wait(signal)
        onSend()
        return sendWith(call, token, signal)
      }, signal),
  }
}
