import { HOUR_MS, MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { Clock } from '../../ports/Clock.ts'
import type { Logger } from '../../ports/Logger.ts'
import { ProviderError } from '../ProviderError.ts'
import { EVENTS_PER_CALL } from './client.ts'
import type { EventKey, FeishuClient } from './client.ts'
import { createPause } from './createPause.ts'
import { inChunks } from './inChunks.ts'
import { textOrNull } from './reservationTexts.ts'
import type { EventInfo } from './schema.ts'

const MAX_EVENTS = 3000
/** One read asks for no more than this; the rest follow with the next reads. */
const MAX_CALLS = 5

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
export interface Titles {
  /** Never fails the read; throws only the signal's reason. @param keys the most wanted first */
  learn(keys: readonly EventKey[], signal: AbortSignal): Promise<void>
  of(key: EventKey): EventSummary | null
  isDenied(): boolean
}

/** What titles are made with. */
export interface TitlesOptions {
  readonly client: FeishuClient
  readonly clock: Clock
  readonly log: Logger
  readonly isMetered: boolean
  readonly mayAlsoCall: (calls: number) => boolean
}

interface Known {
  readonly summary: EventSummary | null
  readonly untilMs: number
}

/** Moved occurrences have a title of their own, all others share the series'. */
const keyText = ({ uid, original_time }: EventKey): string => `${uid}_${original_time}`

/** See {@link Titles}. */
export function createTitles({ client, clock, log, isMetered, mayAlsoCall }: TitlesOptions): Titles {
  const known = new Map<string, Known>()
  const pause = createPause(clock, log, 'titles')
  /** A changed title is rare; where calls are counted it may be old. The reservation list tells it sooner. */
  const lifeMs = isMetered ? 4 * HOUR_MS : 15 * MINUTE_MS

  function remember(key: EventKey, summary: EventSummary | null): void {
    const text = keyText(key)
    known.delete(text)
    known.set(text, { summary, untilMs: clock.monotonic() + lifeMs })
    const [eldest] = known.keys()
    if (known.size > MAX_EVENTS && eldest !== undefined) known.delete(eldest)
  }

  async function ask(keys: readonly EventKey[], signal: AbortSignal): Promise<boolean> {
    try {
      const infos = await client.getSummaries(keys, signal)
      const told = new Map(
        infos.map((info) => [keyText({ uid: info.uid, original_time: info.original_time ?? 0 }), info]),
      )
      for (const key of keys) {
        const info = told.get(keyText(key))
        remember(key, info ? summaryOf(info) : null)
      }
      pause.end()
      return true
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ProviderError)) throw error
      pause.begin(error)
      return false
    }
  }

  return {
    async learn(keys, signal) {
      const distinct = new Map(keys.map((key) => [keyText(key), key]))
      const nowMs = clock.monotonic()
      const wanted = [...distinct].flatMap(([text, key]) =>
        nowMs < (known.get(text)?.untilMs ?? -Infinity) ? [] : [key],
      )
      for (const chunk of inChunks(wanted, EVENTS_PER_CALL).slice(0, MAX_CALLS)) {
        if (pause.isOn() || !mayAlsoCall(1) || !(await ask(chunk, signal))) return
      }
    },
    of: (key) => known.get(keyText(key))?.summary ?? null,
    isDenied: () => pause.isDenied(),
  }
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
