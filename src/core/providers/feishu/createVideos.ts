import { MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { VideoMeeting } from '../../../shared/domain/meeting.ts'
import { createFacts, oneByOne } from '../facts/createFacts.ts'
import { joinUrl } from './createTitles.ts'
import type { EventSummary } from './createTitles.ts'
import { DENIED_MS } from './extras.ts'
import type { Extras } from './extras.ts'
import { textOrNull } from './reservationTexts.ts'

/** People start early; an earlier occurrence of the same number must not be taken for this one. */
const EARLY_MS = 30 * MINUTE_MS

/** A booking that is on now, and its video meeting's address. */
export interface CurrentBooking {
  readonly uid: string
  readonly startMs: number
  readonly url: string
}

/** Whether the video meetings of current bookings have begun, as far as it is known and the month allows. */
export interface Videos {
  /** Never fails the read; throws only the signal's reason. */
  learn(bookings: readonly CurrentBooking[], signal: AbortSignal): Promise<void>
  of(uid: string, startMs: number, video: EventSummary['video']): VideoMeeting | null
}

/** The nine digits at the end of the platform's own links. */
const numberOf = (url: string): string | null => /\/(\d{9})\/?$/.exec(url)?.[1] ?? null

/** See {@link Videos}. */
export function createVideos(extras: Extras): Videos {
  const { client, time, isMetered, mayAlsoCall } = extras
  const running = createFacts<CurrentBooking, VideoMeeting>({
    ...extras,
    what: 'video meetings',
    deniedMs: DENIED_MS,
    keyOf: ({ uid, startMs }) => `${uid}@${startMs}`,
    fetchMany: oneByOne(async ({ startMs, url }, signal) => {
      const range = { fromMs: startMs - EARLY_MS, untilMs: time.now() + MINUTE_MS }
      const [brief] = await client.listMeetings(numberOf(url) ?? '', range, signal)
      return brief
        ? { topic: textOrNull(brief.topic), url: joinUrl(brief.url) ?? url, isRunning: true }
        : null
    }),
    // The list does not tell an end: of one that runs, asking again teaches nothing.
    lifeMs: (video) => (video ? Infinity : (isMetered ? 5 : 1) * MINUTE_MS),
    mayFetch: () => mayAlsoCall(1),
  })

  return {
    learn: (bookings, signal) =>
      running.learn(
        bookings.filter(({ url }) => numberOf(url) !== null),
        signal,
      ),
    of(uid, startMs, video) {
      if (video.kind === 'none') return null
      if (video.kind === 'elsewhere') return { topic: null, url: null, isRunning: false }
      return (
        running.get({ uid, startMs, url: video.url }) ?? { topic: null, url: video.url, isRunning: false }
      )
    },
  }
}
