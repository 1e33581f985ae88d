import { MINUTE_MS, SECOND_MS } from '../../../shared/domain/duration.ts'
import type { ProviderErrorKind } from '../../../shared/domain/providerErrorKind.ts'
import type { Clock } from '../../ports/Clock.ts'
import { ProviderError } from '../ProviderError.ts'
import { raceAbort } from '../../async/raceAbort.ts'

/** A token as the vendor gave it. */
export interface FetchedToken {
  readonly token: string
  /** The lifetime the vendor returned, not the one its documents promise. */
  readonly lifetimeMs: number
}

/** What a cache works with. */
export interface TokenCacheOptions {
  readonly clock: Clock
  readonly fetchToken: (signal: AbortSignal) => Promise<FetchedToken>
  /**
   * Renewal comes this long before the end, but never in more than the last half of a life. Five minutes or a tenth,
   * if absent.
   */
  readonly renewBeforeMs?: number
}

/**
 * One account's token: fetched once for everybody who asks, renewed before it ends. A renewal that fails leaves the old
 * token in use until its own end: two may be good at once.
 */
export interface TokenCache {
  /**
   * @throws what `fetchToken` threw, the same error for everybody who waited and for whoever asks during the pause
   * after it; or the signal's reason
   */
  get(signal: AbortSignal): Promise<string>
  /** The vendor refused this token. A newer one stays. */
  invalidate(token: string): void
}

/** Renewal comes this long before the end, but never in more than the last tenth of a short life. */
const MARGIN_MS = 5 * MINUTE_MS
const MARGIN_SHARE = 0.1
const LONG_MARGIN_SHARE = 0.5
/** After a renewal that failed the old token is good for this long without another try. */
const RENEW_PAUSE_MS = MINUTE_MS
/** Refusals that more asking makes worse: wrong secrets asked again block the caller's address. */
const PAUSE_MS: Partial<Record<ProviderErrorKind, number>> = {
  auth: 30 * SECOND_MS,
  rateLimited: 30 * SECOND_MS,
}

interface Held {
  readonly token: string
  readonly renewal: Moment
  readonly ends: Moment
}

interface Refused {
  readonly error: ProviderError
  readonly ends: Moment
}

/** An instant on both clocks: the monotonic one stands still while the device sleeps, the wall clock can be set back. */
interface Moment {
  readonly wallMs: number
  readonly monotonicMs: number
}

interface Flight {
  readonly result: Promise<string>
  readonly controller: AbortController
  waiting: number
}

/** See {@link TokenCache}. Keeps the token in memory only. */
export function createTokenCache({ clock, fetchToken, renewBeforeMs }: TokenCacheOptions): TokenCache {
  const share = renewBeforeMs === undefined ? MARGIN_SHARE : LONG_MARGIN_SHARE
  let held: Held | null = null
  let refused: Refused | null = null
  let flight: Flight | null = null

  const inMs = (ms: number): Moment => ({ wallMs: clock.now() + ms, monotonicMs: clock.monotonic() + ms })
  const isOver = ({ wallMs, monotonicMs }: Moment): boolean =>
    clock.now() >= wallMs || clock.monotonic() >= monotonicMs

  async function renew(signal: AbortSignal): Promise<string> {
    try {
      const { token, lifetimeMs } = await fetchToken(signal)
      const marginMs = Math.min(renewBeforeMs ?? MARGIN_MS, lifetimeMs * share)
      held = { token, renewal: inMs(lifetimeMs - marginMs), ends: inMs(lifetimeMs) }
      return token
    } catch (error) {
      if (error instanceof ProviderError && !signal.aborted) refused = pauseAfter(error)
      throw error
    }
  }

  function pauseAfter(error: ProviderError): Refused | null {
    const leastMs = PAUSE_MS[error.kind]
    if (leastMs === undefined) return null
    // An auth refusal may name a longer pause for the poller; here it must not outlast the admin's correction.
    const askedMs = error.kind === 'rateLimited' ? (error.details.retryAfterMs ?? 0) : 0
    return { error, ends: inMs(Math.max(leastMs, askedMs)) }
  }

  function depart(): Flight {
    const controller = new AbortController()
    const started: Flight = {
      controller,
      waiting: 0,
      result: renew(controller.signal).finally(() => {
        if (flight === started) flight = null
      }),
    }
    flight = started
    return started
  }

  /** One caller's abort leaves the flight to the others; the last one's ends it. */
  async function join(joined: Flight, signal: AbortSignal): Promise<string> {
    joined.waiting += 1
    try {
      return await raceAbort(joined.result, signal)
    } finally {
      joined.waiting -= 1
      if (joined.waiting === 0 && signal.aborted) {
        if (flight === joined) flight = null
        joined.controller.abort(signal.reason)
      }
    }
  }

  async function fresh(signal: AbortSignal): Promise<string> {
    if (refused && !isOver(refused.ends)) throw refused.error
    return join(flight ?? depart(), signal)
  }

  return {
    async get(signal) {
      signal.throwIfAborted()
      if (held && !isOver(held.renewal)) return held.token
      try {
        return await fresh(signal)
      } catch (error) {
        // The old one may have been refused meanwhile; then there is nothing left to go on with.
        if (!held || isOver(held.ends) || !(error instanceof ProviderError)) throw error
        held = { ...held, renewal: inMs(RENEW_PAUSE_MS) }
        return held.token
      }
    },
    invalidate(token) {
      if (held?.token === token) held = null
    },
  }
}
