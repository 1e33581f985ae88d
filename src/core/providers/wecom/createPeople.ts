import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/domain/duration.ts'
import { createFacts, oneByOne } from '../facts/createFacts.ts'
import type { ProviderError } from '../ProviderError.ts'
import type { ProviderDeps } from '../SiteProvider.ts'
import type { WecomClient } from './client.ts'
import { isNobody } from './errors.ts'

const MAX_NAMES_PER_READ = 20

/** Names of those who booked, as far as they are known. */
export interface People {
  /** Learns the names of these people, the first ones first. Never fails the read; throws only the signal's reason. */
  learn(userIds: readonly string[], signal: AbortSignal): Promise<void>
  /** Null where the platform would not tell; a name past its day is still better than none. */
  nameOf(userId: string): string | null
}

/** What people are made with. */
export type PeopleDeps = Pick<ProviderDeps, 'clock' | 'time' | 'log'> & {
  readonly client: Pick<WecomClient, 'getPersonName'>
}

/** See {@link People}. */
export function createPeople(deps: PeopleDeps): People {
  const names = createFacts({
    ...deps,
    what: 'names of bookers',
    // userid is case-insensitive (D:90196).
    keyOf: (userId: string) => userId.toLowerCase(),
    fetchMany: oneByOne(
      async (userId, signal) => (await deps.client.getPersonName(userId, signal)).trim() || null,
    ),
    lifeMs: () => DAY_MS,
    missLifeMs,
    maxCalls: MAX_NAMES_PER_READ,
  })

  return {
    learn: (userIds, signal) =>
      names.learn(
        userIds.filter((userId) => userId !== ''),
        signal,
      ),
    nameOf: (userId) => names.get(userId),
  }
}

function missLifeMs(error: ProviderError): number | null {
  // Left, deleted or outside the visible range: an admin's work, not a matter of minutes.
  if (isNobody(error)) return 4 * HOUR_MS
  // An answer nobody could read may be better next time.
  return error.kind === 'badResponse' ? 10 * MINUTE_MS : null
}
