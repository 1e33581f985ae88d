import { HOUR_MS, MINUTE_MS } from '../../../shared/domain/duration.ts'
import { createFacts } from '../facts/createFacts.ts'
import type { Facts } from '../facts/createFacts.ts'
import { EVENTS_PER_CALL } from './client.ts'
import type { EventKey } from './client.ts'
import { DENIED_MS } from './extras.ts'
import type { Extras } from './extras.ts'
import { textOrNull } from './reservationTexts.ts'
import type { EventInfo } from './schema.ts'

const MAX_CALLS_PER_READ = 5

/** What `summary/batch_get` tells of an event. */
export interface EventSummary {
  readonly title: string | null
  /** `none` where people meet without one, or where nobody knows. */
  readonly video:
    | { readonly kind: 'none' }
    | { readonly kind: 'elsewhere' }
    | { readonly kind: 'feishu'; readonly url: string }
}

/** Titles and video links of events, as far as they are known and the month allows. */
export type Titles = Facts<EventKey, EventSummary>

/** Moved occurrences have a title of their own, all others share the series'. */
const keyOf = ({ uid, original_time }: Pick<EventInfo, 'uid' | 'original_time'>): string =>
  `${uid}_${original_time ?? 0}`

/** See {@link Titles}. */
export function createTitles(extras: Extras): Titles {
  const { client, isMetered, mayAlsoCall } = extras
  return createFacts({
    ...extras,
    what: 'titles',
    deniedMs: DENIED_MS,
    keyOf,
    perCall: EVENTS_PER_CALL,
    maxCalls: MAX_CALLS_PER_READ,
    async fetchMany(keys: readonly EventKey[], signal) {
      const infos = await client.getSummaries(keys, signal)
      const told = new Map(infos.map((info) => [keyOf(info), summaryOf(info)]))
      return keys.map((key) => told.get(keyOf(key)) ?? null)
    },
    // A changed title is rare; where calls are counted it may be old. The reservation list tells it sooner.
    lifeMs: () => (isMetered ? 4 * HOUR_MS : 15 * MINUTE_MS),
    mayFetch: () => mayAlsoCall(1),
  })
}

function summaryOf({ summary, vchat }: EventInfo): EventSummary {
  return { title: textOrNull(summary), video: videoOf(vchat?.vc_type, vchat?.meeting_url) }
}

/** Another vendor's link may carry its password: only that there is a meeting is told of it. */
function videoOf(kind: string | null | undefined, link: string | null | undefined): EventSummary['video'] {
  if (kind === 'third_party') return { kind: 'elsewhere' }
  const url = kind === 'vc' ? joinUrl(link) : null
  return url === null ? { kind: 'none' } : { kind: 'feishu', url }
}

/** The joining address alone: what is behind a question mark may be a password. */
export function joinUrl(link: string | null | undefined): string | null {
  const text = link ?? ''
  if (!/^https?:\/\//.test(text) || text.length > 300 || !URL.canParse(text)) return null
  const { origin, pathname } = new URL(text)
  return `${origin}${pathname}`
}
