import { createHash, randomUUID } from 'node:crypto'

import type { WorldClock } from './worldClock.ts'

interface Token {
  readonly value: string
  readonly appId: string
  expiresAtMs: number
  isRevoked: boolean
}

export type TokenCheck =
  | { readonly kind: 'valid'; readonly appId: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unknown' }

/** The access tokens given out. One token per app is current. */
export interface TokenBook {
  /** The current token, or a new one; `lifetimeMs` counts from its first issue. */
  issue(appId: string, lifetimeMs: number): { readonly value: string; readonly expiresInMs: number }
  /** As `issue`, but a token that is still good gets its whole lifetime anew. */
  renew(appId: string, lifetimeMs: number): { readonly value: string; readonly expiresInMs: number }
  /**
   * The token given out last, or, when less than `renewBelowMs` is left of it, a new one beside it: both are good
   * until their own end.
   */
  issueAhead(
    appId: string,
    lifetimeMs: number,
    renewBelowMs: number,
    prefix: string,
  ): { readonly value: string; readonly expiresInMs: number }
  check(value: string): TokenCheck
  /** Every token is past its time from now on. */
  expireAll(): void
  /** Every token is void, as if never given out. */
  revokeAll(): void
}

export function createTokenBook(clock: WorldClock): TokenBook {
  const tokens = new Map<string, Token>()
  // A token of an earlier simulator on the same port must not be good here.
  const salt = randomUUID()
  const isUsable = (token: Token): boolean => !token.isRevoked && token.expiresAtMs > clock.now()
  const create = (appId: string, lifetimeMs: number, prefix = ''): Token => {
    const material = createHash('sha512').update(`${salt}:${tokens.size}`).digest('base64url')
    const more = createHash('sha512').update(material).digest('base64url')
    const token: Token = {
      value: prefix + material + more,
      appId,
      expiresAtMs: clock.now() + lifetimeMs,
      isRevoked: false,
    }
    tokens.set(token.value, token)
    return token
  }
  const currentOf = (appId: string, lifetimeMs: number): Token =>
    [...tokens.values()].find((token) => token.appId === appId && isUsable(token)) ??
    create(appId, lifetimeMs)
  return {
    issue: (appId, lifetimeMs) => {
      const token = currentOf(appId, lifetimeMs)
      return { value: token.value, expiresInMs: token.expiresAtMs - clock.now() }
    },
    renew: (appId, lifetimeMs) => {
      const token = currentOf(appId, lifetimeMs)
      token.expiresAtMs = clock.now() + lifetimeMs
      return { value: token.value, expiresInMs: lifetimeMs }
    },
    issueAhead: (appId, lifetimeMs, renewBelowMs, prefix) => {
      const isFresh = (token: Token): boolean => token.expiresAtMs - clock.now() >= renewBelowMs
      const current = [...tokens.values()].findLast((token) => token.appId === appId && isUsable(token))
      const token = current && isFresh(current) ? current : create(appId, lifetimeMs, prefix)
      return { value: token.value, expiresInMs: token.expiresAtMs - clock.now() }
    },
    check: (value) => {
      const token = tokens.get(value)
      if (token === undefined || token.isRevoked) return { kind: 'unknown' }
      return isUsable(token) ? { kind: 'valid', appId: token.appId } : { kind: 'expired' }
    },
    expireAll: () => {
      for (const token of tokens.values()) token.expiresAtMs = Math.min(token.expiresAtMs, clock.now())
    },
    revokeAll: () => {
      for (const token of tokens.values()) token.isRevoked = true
    },
  }
}
