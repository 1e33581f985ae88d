import type { ActionRefusal } from '../../../shared/domain/action.ts'
import { DAY_MS, MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'
import { createFacts, oneByOne } from '../facts/createFacts.ts'
import { isApiWide } from '../isApiWide.ts'
import type { ProviderDeps } from '../SiteProvider.ts'
import type { FeishuClient } from './client.ts'
import { DENIED_MS } from './extras.ts'
import { brokenRuleOf, rulesOf } from './roomRules.ts'
import type { RoomRules } from './roomRules.ts'

/** Rules that would refuse a press are not taken from longer ago. */
const REFUSING_LIFE_MS = 5 * MINUTE_MS
/** One call a room: a site of many learns them with several reads. */
const MAX_PER_READ = 5

/** What rules are read with. */
export type RulesOptions = Pick<ProviderDeps, 'clock' | 'time' | 'log' | 'mayAlsoCall'> & {
  readonly client: Pick<FeishuClient, 'getReserveConfig'>
  readonly zone: Zone
}

/** What admins set for booking the bound rooms, held for a day. */
export interface Rules {
  /** Reads what is old, if the month allows. Never fails the read; throws only the signal's reason. */
  learn(ids: readonly string[], signal: AbortSignal): Promise<void>
  of(id: string): RoomRules | null
  /**
   * The rule that keeps an app from booking this time; null where none does, and where they cannot be read.
   * Throws only the signal's reason.
   * @param isFresh only what is read now counts
   */
  brokenBy(id: string, span: TimeRange, isFresh: boolean, signal: AbortSignal): Promise<ActionRefusal | null>
}

/** See {@link Rules}. */
export function createRules(options: RulesOptions): Rules {
  const { client, time, zone, mayAlsoCall } = options
  const rules = createFacts({
    ...options,
    what: 'booking rules of rooms',
    deniedMs: DENIED_MS,
    keyOf: (id: string) => id,
    fetchMany: oneByOne(async (id, signal) => rulesOf(await client.getReserveConfig(id, signal))),
    lifeMs: () => DAY_MS,
    missLifeMs: (error) => (isApiWide(error) ? null : DAY_MS),
    mayFetch: () => mayAlsoCall(1),
    maxCalls: MAX_PER_READ,
  })

  const told = (id: string, span: TimeRange): ActionRefusal | null => {
    const known = rules.get(id)
    return known && brokenRuleOf(known, span, time.now(), zone)
  }

  return {
    learn: (ids, signal) => rules.learn(ids, signal),
    of: (id) => rules.get(id),
    async brokenBy(id, span, isFresh, signal) {
      const isOld = rules.ageMs(id) >= (told(id, span) === null ? DAY_MS : REFUSING_LIFE_MS)
      if (isFresh || isOld) await rules.ask(id, signal)
      return told(id, span)
    },
  }
}
