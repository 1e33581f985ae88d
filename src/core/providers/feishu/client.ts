import { MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { FeishuAccount } from '../../../shared/settings/schema.ts'
import { asking, createAuthorisedClient } from '../http/createAuthorisedClient.ts'
import type { Send } from '../http/createAuthorisedClient.ts'
import { createHttpClient } from '../http/createHttpClient.ts'
import { readPages } from '../http/readPages.ts'
import type { ProviderDeps } from '../SiteProvider.ts'
import { directoryCalls } from './directoryCalls.ts'
import type { DirectoryCalls } from './directoryCalls.ts'
import { createVendorErrorOf, isTokenRefused } from './errors.ts'
import { PAGE, pageOf, withCursor } from './request.ts'
import {
  freebusySchema,
  meetingBriefsSchema,
  reservationPageSchema,
  summarySchema,
  tokenSchema,
} from './schema.ts'
import type { EventInfo, MeetingBrief, Reservation } from './schema.ts'
import { fromRfc3339, toRfc3339, toSeconds } from './vendorTime.ts'
import { writeCalls } from './writeCalls.ts'
import type { WriteCalls } from './writeCalls.ts'

/** Rooms one question may name: documented for busy times, kept for the others, whose number is not. */
export const ROOMS_PER_CALL = 20
/** Events one question for titles names; the number allowed is not documented. */
export const EVENTS_PER_CALL = 20
/** A window of a whole day is refused by some readings of the page, one second less by none. */
export const LIST_WINDOW_MS = 86_399_000

/** The pages allow 100 calls a minute at least, and 50 a second: not a burst of all rooms at once. */
const MAX_PARALLEL_CALLS = 4
const BRIEFS_PAGE = 50
/** With less than 30 minutes left the platform gives a second token beside the first; both are good (early renewal). */
const RENEW_BEFORE_MS = 20 * MINUTE_MS
const ROOT = '/open-apis/'
const TOKEN_CALL = 'auth/v3/tenant_access_token/internal'

/** Names an event of several: occurrences of a series share it, unless they were moved. */
export interface EventKey {
  readonly uid: string
  /** Unix seconds; 0 unless an occurrence was moved. */
  readonly original_time: number
}

/** Busy times as they came: rooms that are missing are not free. */
export interface BusyAnswer {
  readonly rooms: ReadonlyMap<string, unknown>
  readonly refused: ReadonlySet<string>
  /** What the answer says it covers: never more than was asked. */
  readonly range: TimeRange
}

/** Feishu's calls, each with its answer parsed. All throw ProviderError, or the signal's reason. */
export interface FeishuClient extends DirectoryCalls, WriteCalls {
  /** Fetches a token, or uses the one at hand; free of the quota. */
  authenticate(signal: AbortSignal): Promise<void>
  /** @param roomIds at most {@link ROOMS_PER_CALL} @param range at most 30 days */
  getBusyTimes(roomIds: readonly string[], range: TimeRange, signal: AbortSignal): Promise<BusyAnswer>
  /**
   * One call a page of 100.
   * @param roomIds at most {@link ROOMS_PER_CALL} @param window begins in the past, at most {@link LIST_WINDOW_MS}
   */
  listReservations(
    roomIds: readonly string[],
    window: TimeRange,
    signal: AbortSignal,
  ): Promise<readonly Reservation[]>
  /** @param keys at most {@link EVENTS_PER_CALL} */
  getSummaries(keys: readonly EventKey[], signal: AbortSignal): Promise<readonly EventInfo[]>
  /** Video meetings that have begun under a number. @param range at most 90 days */
  listMeetings(number: string, range: TimeRange, signal: AbortSignal): Promise<readonly MeetingBrief[]>
}

/** What a client needs of the provider's deps. */
export type ClientDeps = Pick<ProviderDeps, 'http' | 'clock' | 'time' | 'onCall'>

/** Every call goes through one gate and carries a token; a refused token is renewed and the call repeated, once. */
export function createFeishuClient(
  account: FeishuAccount,
  readSecret: () => Promise<string>,
  deps: ClientDeps,
): FeishuClient {
  const http = createHttpClient({
    ...deps,
    baseUrl: account.baseUrl,
    vendorErrorOf: createVendorErrorOf(() => deps.time.now()),
    // Tokens are free, and so are calls that were answered with an error.
    isCounted: (name, status) => name !== TOKEN_CALL && (status === null || status < 400),
  })
  const { authenticate, send, sendOnce } = createAuthorisedClient({
    ...deps,
    maxParallel: MAX_PARALLEL_CALLS,
    renewBeforeMs: RENEW_BEFORE_MS,
    isTokenRefused,
    async fetchToken(signal) {
      const body = { app_id: account.appId, app_secret: await readSecret() }
      // Asked twice, it tells the same token twice.
      const call = { ...asking(TOKEN_CALL, body), path: `${ROOT}${TOKEN_CALL}`, schema: tokenSchema }
      const answer = await http.send(call, signal)
      return { token: answer.tenant_access_token, lifetimeMs: answer.expire * 1000 }
    },
    sendWith(call, token, signal) {
      const headers = { Authorization: `Bearer ${token}` }
      return http.send({ ...call, path: `${ROOT}${call.path ?? call.name}`, headers }, signal)
    },
  })

  return {
    authenticate,
    ...bookingCalls(send),
    ...directoryCalls(send),
    ...writeCalls(send, sendOnce),
  }
}

function bookingCalls(
  send: Send,
): Pick<FeishuClient, 'getBusyTimes' | 'listReservations' | 'getSummaries' | 'listMeetings'> {
  return {
    async getBusyTimes(roomIds, range, signal) {
      const query = {
        room_ids: roomIds,
        time_min: toRfc3339(range.fromMs),
        time_max: toRfc3339(range.untilMs),
      }
      const name = 'meeting_room/freebusy/batch_get'
      const { data } = await send({ name, method: 'GET', query, schema: freebusySchema }, signal)
      return {
        rooms: new Map(Object.entries(data.free_busy ?? {})),
        refused: new Set(data.error_room_ids ?? []),
        range: {
          fromMs: Math.max(range.fromMs, fromRfc3339(data.time_min ?? '') ?? range.fromMs),
          untilMs: Math.min(range.untilMs, fromRfc3339(data.time_max ?? '') ?? range.untilMs),
        },
      }
    },
    listReservations(roomIds, window, signal) {
      const name = 'vc/v1/resource_reservation_list'
      const query = {
        // Any value but a level's id stands for the whole organisation; the rooms are named anyway.
        room_level_id: '0',
        room_ids: roomIds,
        need_topic: 'true',
        start_time: toSeconds(window.fromMs),
        end_time: toSeconds(window.untilMs),
        page_size: String(PAGE),
      }
      return readPages(name, async (cursor) => {
        const page = { name, method: 'GET', query: withCursor(query, cursor) } as const
        const { data } = await send({ ...page, schema: reservationPageSchema }, signal)
        return { items: data.room_reservation_list ?? [], ...pageOf(data) }
      })
    },
    async getSummaries(keys, signal) {
      const call = asking('meeting_room/summary/batch_get', { EventUids: keys })
      return (await send({ ...call, schema: summarySchema }, signal)).data.EventInfos ?? []
    },
    listMeetings(number, range, signal) {
      const name = 'vc/v1/meetings/list_by_no'
      const query = {
        meeting_no: number,
        start_time: toSeconds(range.fromMs),
        end_time: toSeconds(range.untilMs),
        page_size: String(BRIEFS_PAGE),
      }
      return readPages(name, async (cursor) => {
        const page = { name, method: 'GET', query: withCursor(query, cursor) } as const
        const { data } = await send({ ...page, schema: meetingBriefsSchema }, signal)
        return { items: data.meeting_briefs ?? [], ...pageOf(data) }
      })
    },
  }
}
