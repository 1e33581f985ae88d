import { HOUR_MS, MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { Clock } from '../../ports/Clock.ts'
import type { Logger } from '../../ports/Logger.ts'
import { ProviderError } from '../ProviderError.ts'
import { isOneThing } from './errors.ts'

/** Gone, hidden or outside the range: an admin's work, not a matter of minutes. */
const MISS_LIFE_MS = 4 * HOUR_MS
/** An answer nobody could read may be better next time, but each try costs a call. */
const ODD_LIFE_MS = HOUR_MS
const MAX_ENTRIES = 2000
const MAX_LOOKUP_MS = 5000

/** Facts that are worth less than the busy truth: learned one by one, kept for long, and only while the budget allows. */
export interface Lookup<Wish, Fact> {
  /** Learns what is not known yet, the first wishes first. Never fails the read; throws only the signal's reason. */
  learn(wishes: readonly Wish[], signal: AbortSignal): Promise<void>
  /** Null where nothing is known; a fact past its life is still better than none. */
  get(wish: Wish): Fact | null
  /** Whether {@link learn} would ask for it. */
  isDue(wish: Wish): boolean
  /** Something contradicts what is known: the next {@link learn} asks again. */
  doubt(wish: Wish): void
}

/** What a lookup works with. */
export interface LookupOptions<Wish, Fact> {
  readonly clock: Clock
  readonly log: Logger
  /** For the log: what cannot be read. */
  readonly name: string
  readonly keyOf: (wish: Wish) => string
  readonly fetch: (wish: Wish, signal: AbortSignal) => Promise<Fact>
  readonly lifeMs: (fact: Fact) => number
  /** Asked before every fetch. */
  readonly mayFetch: () => boolean
  /** One read asks for no more than this: the rest follow with the next reads. */
  readonly mostPerRead: number
  /** What a refusal itself tells; null or absent where it tells nothing. */
  readonly factOfRefusal?: (error: ProviderError) => Fact | null
}

interface Known<Fact> {
  readonly fact: Fact | null
  readonly dueAtMs: number
}

/** See {@link Lookup}. */
export function createLookup<Wish, Fact>(options: LookupOptions<Wish, Fact>): Lookup<Wish, Fact> {
  const { clock, log, name, keyOf, fetch, lifeMs, mayFetch, mostPerRead, factOfRefusal } = options
  const known = new Map<string, Known<Fact>>()
  let pausedUntilMs = -Infinity
  let loggedCode: string | undefined

  function remember(key: string, fact: Fact | null, keepMs: number): void {
    known.delete(key)
    known.set(key, { fact, dueAtMs: clock.monotonic() + keepMs })
    const [eldest] = known.keys()
    if (known.size > MAX_ENTRIES && eldest !== undefined) known.delete(eldest)
  }

  /** What stands in the way of one stands in the way of all: nothing is asked for until it may have changed. */
  function pauseAfter({ kind, details }: ProviderError): void {
    const { vendorCode, missingPermission, retryAfterMs = 0, resumesAtMs } = details
    const leastMs = kind === 'permission' || kind === 'ipNotAllowed' ? HOUR_MS : MINUTE_MS
    const monthMs = resumesAtMs === undefined ? 0 : resumesAtMs - clock.now()
    pausedUntilMs = clock.monotonic() + Math.max(leastMs, retryAfterMs, monthMs)
    const code = `${kind}:${vendorCode ?? ''}`
    if (code === loggedCode) return
    loggedCode = code
    log.warn(`${name} cannot be read`, { kind, vendorCode, missingPermission })
  }

  /** @returns whether the next one may be asked for */
  async function lookUp(wish: Wish, signal: AbortSignal): Promise<boolean> {
    const key = keyOf(wish)
    try {
      const fact = await fetch(wish, signal)
      remember(key, fact, lifeMs(fact))
      loggedCode = undefined
      return true
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ProviderError)) throw error
      if (!isOneThing(error) && error.kind !== 'badResponse') {
        pauseAfter(error)
        return false
      }
      const fact = factOfRefusal?.(error) ?? known.get(key)?.fact ?? null
      remember(key, fact, isOneThing(error) ? MISS_LIFE_MS : ODD_LIFE_MS)
      return true
    }
  }

  const isDue = (wish: Wish): boolean => clock.monotonic() >= (known.get(keyOf(wish))?.dueAtMs ?? -Infinity)

  return {
    async learn(wishes, signal) {
      const startedAtMs = clock.monotonic()
      let lookups = 0
      for (const wish of wishes) {
        const nowMs = clock.monotonic()
        if (nowMs < pausedUntilMs || nowMs - startedAtMs > MAX_LOOKUP_MS || lookups >= mostPerRead) return
        if (!isDue(wish)) continue
        if (!mayFetch()) return
        lookups += 1
        if (!(await lookUp(wish, signal))) return
      }
    },
    get: (wish) => known.get(keyOf(wish))?.fact ?? null,
    isDue,
    doubt(wish) {
      const key = keyOf(wish)
      const old = known.get(key)
      if (old) known.set(key, { ...old, dueAtMs: -Infinity })
    },
  }
}
