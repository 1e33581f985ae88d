import { DAY_MS } from '../../../shared/domain/duration.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'
import { createFacts, oneByOne } from '../facts/createFacts.ts'
import type { ProviderDeps } from '../SiteProvider.ts'
import type { DingtalkClient } from './client.ts'
import { isHidden, missLifeMs } from './errors.ts'
import { isWithin, mapEvent, spanOf, stateOf } from './map.ts'
import type { EventFacts, Knowledge } from './map.ts'
import type { BusyItem } from './schema.ts'

const MAX_EVENTS_PER_READ = 10
const MAX_NAMES_PER_READ = 10

/** Titles by event and names by person, learned while the budget allows and kept for a day. */
export interface LearnedKnowledge extends Knowledge {
  /** What is on the screen now first, then what comes up. Never fails the read; throws only the signal's reason. */
  learn(items: readonly BusyItem[], horizon: TimeRange, signal: AbortSignal): Promise<void>
}

/** What knowledge works with. */
export type KnowledgeDeps = Pick<ProviderDeps, 'clock' | 'time' | 'log' | 'mayAlsoCall'> & {
  readonly client: DingtalkClient
  readonly zone: Zone
  readonly bookerUnionId?: string | undefined
}

/** The platform refuses to show it: shown as a private one, whose organiser is nobody's business either. */
const HIDDEN: EventFacts = {
  title: null,
  organizer: null,
  isPrivate: true,
  isRecurring: false,
  isOnline: false,
}

const organizerOf = ({ organizer }: BusyItem): string => organizer?.id ?? ''

/** See {@link LearnedKnowledge}. */
export function createKnowledge(deps: KnowledgeDeps): LearnedKnowledge {
  const { client, time, mayAlsoCall, zone } = deps
  const events = createFacts({
    ...deps,
    what: 'events',
    // A moved meeting may have been renamed too; a series is asked for day by day.
    keyOf: (item: BusyItem) => `${item.eventId}@${item.start.atMs}-${item.end.atMs}`,
    fetchMany: oneByOne(async (item, signal) =>
      mapEvent(await client.getEvent(organizerOf(item), item.eventId, signal)),
    ),
    lifeMs: () => DAY_MS,
    missLifeMs,
    mayFetch: () => mayAlsoCall(1),
    maxCalls: MAX_EVENTS_PER_READ,
    factOfRefusal: (error) => (isHidden(error) ? HIDDEN : null),
  })
  const names = createFacts({
    ...deps,
    what: 'names of organisers',
    keyOf: (unionId: string) => unionId,
    fetchMany: oneByOne(
      async (unionId, signal) => (await client.getPersonName(unionId, signal)).trim() || null,
    ),
    lifeMs: () => DAY_MS,
    missLifeMs,
    // Free of the quota, but not worth a call of any kind while the month is tight.
    mayFetch: () => mayAlsoCall(0),
    maxCalls: MAX_NAMES_PER_READ,
  })

  /** Meetings that are over are not worth a call, nor is anybody who did not leave their id. */
  function byInterest(items: readonly BusyItem[], horizon: TimeRange): readonly BusyItem[] {
    return items
      .map((item) => ({ item, range: spanOf(item, zone).range }))
      .filter(({ item, range }) => {
        const isOff = ['cancelled', 'declined'].includes(stateOf(item))
        const isAhead = range.untilMs > time.now() && isWithin(item, horizon, zone)
        return isAhead && !isOff && organizerOf(item) !== ''
      })
      .sort((a, b) => a.range.fromMs - b.range.fromMs)
      .map(({ item }) => item)
  }

  return {
    bookerUnionId: deps.bookerUnionId,
    eventOf: (item) => events.get(item),
    nameOf: (unionId) => names.get(unionId),
    async learn(items, horizon, signal) {
      const wanted = byInterest(items, horizon)
      await events.learn(wanted, signal)
      // An event tells its organiser's name, commonly; of one that was not read, or is private, none is shown.
      const nameless = wanted.filter((item) => {
        const facts = events.get(item)
        return facts !== null && facts.organizer === null && !facts.isPrivate
      })
      await names.learn([...new Set(nameless.map(organizerOf))], signal)
    },
  }
}
