import type { TokenCache } from './createTokenCache.ts'

/** Runs one call with a token. */
export type WithToken = <T>(run: (token: string) => Promise<T>, signal: AbortSignal) => Promise<T>

/**
 * Repeats a call, once, with a new token where the vendor refused the one at hand: it may die at any time. Not for
 * calls that change something, which must not be sent twice.
 */
export function createWithToken(tokens: TokenCache, isTokenRefused: (error: unknown) => boolean): WithToken {
  return async (run, signal) => {
    const token = await tokens.get(signal)
    try {
      return await run(token)
    } catch (error) {
      if (!isTokenRefused(error)) throw error
      tokens.invalidate(token)
      return run(await tokens.get(signal))
    }
  }
}
