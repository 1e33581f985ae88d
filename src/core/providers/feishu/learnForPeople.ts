import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { ProviderError } from '../ProviderError.ts'
import type { EventKey } from './client.ts'
import type { Catalogue } from './createCatalogue.ts'
import type { Rules } from './createRules.ts'
import type { Titles } from './createTitles.ts'
import type { CurrentBooking, Videos } from './createVideos.ts'
import { isPrivate } from './joinMeetings.ts'
import type { Row } from './joinMeetings.ts'
import type { BusyItem } from './schema.ts'

/** What there is to make one room's reading from. */
export type Source =
  | {
      readonly kind: 'read'
      readonly items: readonly BusyItem[]
      readonly rows: readonly Row[]
      readonly horizon: TimeRange
    }
  | { readonly kind: 'failed'; readonly error: ProviderError }

/** What is learned from. */
export interface LearnFrom {
  readonly catalogue: Catalogue
  readonly titles: Titles
  readonly videos: Videos
  readonly rules: Rules | null
  readonly nowMs: () => number
}

/** Names, titles and video meetings: for people, not for the truth, so each may be missing. */
export async function learnForPeople(
  readers: LearnFrom,
  sources: ReadonlyMap<string, Source>,
  signal: AbortSignal,
): Promise<void> {
  const read = [...sources].flatMap(([id, source]) => (source.kind === 'read' ? [{ id, ...source }] : []))
  if (read.length === 0) return
  const nowMs = readers.nowMs()
  const ahead = read
    .flatMap(({ items }) => items)
    .filter((item) => item.endMs > nowMs && !isPrivate(item))
    .sort((a, b) => a.startMs - b.startMs)
  await Promise.all([
    readers.catalogue.learn(
      read.map(({ id }) => id),
      signal,
    ),
    learnMeetings(readers, ahead, nowMs, signal),
    readers.rules?.learn(
      read.map(({ id }) => id),
      signal,
    ),
  ])
}

async function learnMeetings(
  { titles, videos }: LearnFrom,
  ahead: readonly BusyItem[],
  nowMs: number,
  signal: AbortSignal,
): Promise<void> {
  await titles.learn(ahead.map(eventKey), signal)
  const current = ahead.flatMap((item): CurrentBooking[] => {
    const video = titles.get(eventKey(item))?.video
    if (item.startMs > nowMs || video?.kind !== 'feishu') return []
    return [{ uid: item.uid, startMs: item.startMs, url: video.url }]
  })
  await videos.learn(current, signal)
}

/** The event behind a busy time. */
export const eventKey = ({ uid, original_time }: BusyItem): EventKey => ({
  uid,
  original_time: original_time ?? 0,
})
