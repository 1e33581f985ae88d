import { MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { VideoMeeting } from '../../../shared/domain/meeting.ts'
import type { Clock } from '../../ports/Clock.ts'
import type { Logger } from '../../ports/Logger.ts'
import { ProviderError } from '../ProviderError.ts'
import type { FeishuClient } from './client.ts'
import { createPause } from './createPause.ts'
import { joinUrl } from './createTitles.ts'
import type { EventSummary } from './createTitles.ts'
import { textOrNull } from './reservationTexts.ts'

/** People start early; an earlier occurrence of the same number must not be taken for this one. */
const EARLY_MS = 30 * MINUTE_MS
const MAX_VIDEOS = 500

/** A booking that is on now, and its video meeting's address. */
export interface CurrentBooking {
  readonly uid: string
  readonly startMs: number
  readonly url: string
}

/** Whether the video meetings of current bookings have begun, as far as it is known and the month allows. */
export interface Videos {
  /** Never fails the read; throws only the signal's reason. */
  learn(bookings: readonly CurrentBooking[], nowMs: number, signal: AbortSignal): Promise<void>
  of(uid: string, startMs: number, video: EventSummary['video']): VideoMeeting | null
  isDenied(): boolean
}

/** What videos are made with. */
export interface VideosOptions {
  readonly client: FeishuClient
  readonly clock: Clock
  readonly log: Logger
  readonly isMetered: boolean
  readonly mayAlsoCall: (calls: number) => boolean
}

interface Known {
  readonly running: VideoMeeting | null
  /** Infinite once it runs: the list does not tell an end, so asking again teaches nothing. */
  readonly untilMs: number
}

const keyOf = (uid: string, startMs: number): string => `${uid}@${startMs}`

/** The nine digits at the end of the platform's own links. */
const numberOf = (url: string): string | null => /\/(\d{9})\/?$/.exec(url)?.[1] ?? null

/** See {@link Videos}. */
export function createVideos({ client, clock, log, isMetered, mayAlsoCall }: VideosOptions): Videos {
  const known = new Map<string, Known>()
  const pause = createPause(clock, log, 'video meetings')
  const lifeMs = (isMetered ? 5 : 1) * MINUTE_MS

  function remember(key: string, running: VideoMeeting | null): void {
    known.delete(key)
    known.set(key, { running, untilMs: running ? Infinity : clock.monotonic() + lifeMs })
    const [eldest] = known.keys()
    if (known.size > MAX_VIDEOS && eldest !== undefined) known.delete(eldest)
  }

  async function ask(
    { uid, startMs, url }: CurrentBooking,
    number: string,
    nowMs: number,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      const range = { fromMs: startMs - EARLY_MS, untilMs: nowMs + MINUTE_MS }
      const [brief] = await client.listMeetings(number, range, signal)
      const running = { topic: textOrNull(brief?.topic), url: joinUrl(brief?.url) ?? url, isRunning: true }
      remember(keyOf(uid, startMs), brief ? running : null)
      pause.end()
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ProviderError)) throw error
      pause.begin(error)
    }
  }

  return {
    async learn(bookings, nowMs, signal) {
      for (const booking of bookings) {
        const number = numberOf(booking.url)
        const isKnown =
          clock.monotonic() < (known.get(keyOf(booking.uid, booking.startMs))?.untilMs ?? -Infinity)
        if (number === null || isKnown) continue
        if (pause.isOn() || !mayAlsoCall(1)) return
        await ask(booking, number, nowMs, signal)
      }
    },
    of(uid, startMs, video) {
      if (video.kind === 'none') return null
      if (video.kind === 'elsewhere') return { topic: null, url: null, isRunning: false }
      return known.get(keyOf(uid, startMs))?.running ?? { topic: null, url: video.url, isRunning: false }
    },
    isDenied: () => pause.isDenied(),
  }
}
