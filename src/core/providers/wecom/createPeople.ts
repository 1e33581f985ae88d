import { HOUR_MS, MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { Clock } from '../../ports/Clock.ts'
import type { Logger } from '../../ports/Logger.ts'
import { ProviderError } from '../ProviderError.ts'
import type { WecomClient } from './client.ts'
import { isNobody } from './errors.ts'

const NAME_LIFE_MS = 24 * HOUR_MS
/** Left, deleted or outside the visible range: an admin's work, not a matter of minutes. */
const MISS_LIFE_MS = 4 * HOUR_MS
/** An answer nobody could read may be better next time. */
const ODD_LIFE_MS = 10 * MINUTE_MS
const MAX_PEOPLE = 2000
/** One read asks for no more new names than this, nor longer: the rest follow with the next reads. */
const MAX_LOOKUPS = 20
const MAX_LOOKUP_MS = 5000

/** Names of those who booked, as far as they are known. */
export interface People {
  /** Learns the names of these people, the first ones first. Never fails the read; throws only the signal's reason. */
  learn(userIds: readonly string[], signal: AbortSignal): Promise<void>
  /** Null where the platform would not tell; a name past its day is still better than none. */
  nameOf(userId: string): string | null
}

interface Known {
  readonly name: string | null
  readonly untilMs: number
}

/** See {@link People}. */
export function createPeople(client: WecomClient, clock: Clock, log: Logger): People {
  const known = new Map<string, Known>()
  let pausedUntilMs = 0
  let loggedCode: string | undefined

  // userid is case-insensitive (D:90196).
  const keyOf = (userId: string): string => userId.toLowerCase()

  function remember(key: string, name: string | null, lifeMs: number): void {
    known.delete(key)
    known.set(key, { name, untilMs: clock.monotonic() + lifeMs })
    const [eldest] = known.keys()
    if (known.size > MAX_PEOPLE && eldest !== undefined) known.delete(eldest)
  }

  /** What stands in the way of one name stands in the way of all: nobody is asked for until it may have changed. */
  function pauseAfter(error: ProviderError): void {
    const leastMs = error.kind === 'permission' ? HOUR_MS : MINUTE_MS
    pausedUntilMs = clock.monotonic() + Math.max(leastMs, error.details.retryAfterMs ?? 0)
    const { vendorCode, missingPermission } = error.details
    const code = `${error.kind}:${vendorCode ?? ''}`
    if (code === loggedCode) return
    loggedCode = code
    log.warn('names of bookers cannot be read', { kind: error.kind, vendorCode, missingPermission })
  }

  /** @returns whether the next one may be asked for */
  async function lookUp(userId: string, signal: AbortSignal): Promise<boolean> {
    const key = keyOf(userId)
    try {
      const name = (await client.getPersonName(userId, signal)).trim()
      remember(key, name === '' ? null : name, NAME_LIFE_MS)
      loggedCode = undefined
      return true
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ProviderError)) throw error
      if (isNobody(error) || error.kind === 'badResponse') {
        remember(key, known.get(key)?.name ?? null, isNobody(error) ? MISS_LIFE_MS : ODD_LIFE_MS)
        return true
      }
      pauseAfter(error)
      return false
    }
  }

  return {
    async learn(userIds, signal) {
      const distinct = new Map(userIds.map((userId) => [keyOf(userId), userId]))
      const startedAt = clock.monotonic()
      let lookups = 0
      for (const [key, userId] of distinct) {
        const nowMs = clock.monotonic()
        if (nowMs < pausedUntilMs || nowMs - startedAt > MAX_LOOKUP_MS || lookups >= MAX_LOOKUPS) return
        if (userId === '' || nowMs < (known.get(key)?.untilMs ?? -Infinity)) continue
        lookups += 1
        if (!(await lookUp(userId, signal))) return
      }
    },
    nameOf: (userId) => known.get(keyOf(userId))?.name ?? null,
  }
}
