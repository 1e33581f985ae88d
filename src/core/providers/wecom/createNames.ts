import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/domain/duration.ts'
import { createFacts, oneByOne } from '../facts/createFacts.ts'
import type { Facts } from '../facts/createFacts.ts'
import type { ProviderError } from '../ProviderError.ts'
import type { ProviderDeps } from '../SiteProvider.ts'
import type { WecomClient } from './client.ts'
import { isNobody } from './errors.ts'

const MAX_NAMES_PER_READ = 20

/** Names of those who booked, by their userid. */
export type Names = Facts<string, string>

/** What names are learned with. */
export type NamesDeps = Pick<ProviderDeps, 'clock' | 'time' | 'log'> & {
  readonly client: Pick<WecomClient, 'getPersonName'>
}

/** See {@link Names}. */
export const createNames = (deps: NamesDeps): Names =>
  createFacts({
    ...deps,
    what: 'names of bookers',
    // userid is case-insensitive (D:90196).
    keyOf: (userId) => userId.toLowerCase(),
    fetchMany: oneByOne(
      async (userId, signal) => (await deps.client.getPersonName(userId, signal)).trim() || null,
    ),
    lifeMs: () => DAY_MS,
    missLifeMs,
    maxCalls: MAX_NAMES_PER_READ,
  })

function missLifeMs(error: ProviderError): number | null {
  // Left, deleted or outside the visible range: an admin's work, not a matter of minutes.
  if (isNobody(error)) return 4 * HOUR_MS
  // An answer nobody could read may be better next time.
  return error.kind === 'badResponse' ? 10 * MINUTE_MS : null
}
