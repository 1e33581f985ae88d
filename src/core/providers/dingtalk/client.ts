import { SECOND_MS } from '../../../shared/domain/duration.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { DingtalkAccount } from '../../../shared/settings/schema.ts'
import { asking, createAuthorisedClient } from '../http/createAuthorisedClient.ts'
import type { Send } from '../http/createAuthorisedClient.ts'
import { createCallPace } from '../http/createCallPace.ts'
import { createHttpClient } from '../http/createHttpClient.ts'
import type { HttpClient } from '../http/createHttpClient.ts'
import type { FetchedToken } from '../http/createTokenCache.ts'
import { readPages } from '../http/readPages.ts'
import type { ProviderDeps } from '../SiteProvider.ts'
import { createVendorErrorOf, isTokenRefused } from './errors.ts'
import {
  eventSchema,
  roomDetailSchema,
  roomPageSchema,
  scheduleSchema,
  tokenSchema,
  userIdSchema,
  userSchema,
} from './schema.ts'
import { eventPath, isoTime, userPath, writeCalls } from './writeCalls.ts'
import type { WriteCalls } from './writeCalls.ts'
import type { RoomSchedule, VendorEvent, VendorRoom, VendorRoomDetail } from './schema.ts'

/** Rooms one busy query may ask for: the document's advice, and probably its limit (E: same page). */
export const ROOMS_PER_QUERY = 5
/** Half of what the standard edition allows one app and API (D:how-to-process-api-throttling-…). */
const MAX_CALLS_PER_SECOND = 10
const MAX_PARALLEL_CALLS = 2
/** The most a page may hold (D:check-the-meeting-room-list). */
export const ROOMS_PER_PAGE = 100
const ROOT = '/v1.0/'

/** DingTalk's calls, each with its answer parsed. All throw ProviderError, or the signal's reason. */
export interface DingtalkClient extends WriteCalls {
  /** Fetches a token, or uses the one at hand: proves address, Client ID and secret. Free of the quota. */
  authenticate(signal: AbortSignal): Promise<void>
  /** One call. @param roomIds at most {@link ROOMS_PER_QUERY} @param range at most 90 days */
  queryBusy(
    roomIds: readonly string[],
    range: TimeRange,
    signal: AbortSignal,
  ): Promise<readonly RoomSchedule[]>
  /** One call a page of 100. */
  listRooms(signal: AbortSignal): Promise<readonly VendorRoom[]>
  /** One call. */
  getRoom(roomId: string, signal: AbortSignal): Promise<VendorRoomDetail>
  /** One call. @param unionId somebody who has the event; its organiser always has */
  getEvent(unionId: string, eventId: string, signal: AbortSignal): Promise<VendorEvent>
  /** Two calls, free of the quota. */
  getPersonName(unionId: string, signal: AbortSignal): Promise<string>
}

/** The older API lives beside the new one: `api.` becomes `oapi.`, any other address serves both. */
export function oapiBaseUrlOf({ baseUrl, oapiBaseUrl }: DingtalkAccount): string {
  return oapiBaseUrl ?? baseUrl.replace(/^(https?:\/\/)api\./, '$1oapi.')
}

/** What a client needs of the provider's deps. */
export type ClientDeps = Pick<ProviderDeps, 'http' | 'clock' | 'time' | 'onCall'>

/**
 * Every call goes through one gate at no more than ten a second and carries a token; a refused token is renewed and the
 * call repeated, once. Only what the vendor counts in the month is told to `onCall`: neither tokens nor contacts are.
 */
export function createDingtalkClient(
  account: DingtalkAccount,
  readSecret: () => Promise<string>,
  deps: ClientDeps,
): DingtalkClient {
  const options = { ...deps, vendorErrorOf: createVendorErrorOf(() => deps.time.now()) }
  const metered = createHttpClient({ ...options, baseUrl: account.baseUrl })
  const free = { ...options, onCall: () => undefined }
  const contacts = createHttpClient({ ...free, baseUrl: oapiBaseUrlOf(account) })
  const { authenticate, send, sendOnce } = createAuthorisedClient({
    ...deps,
    maxParallel: MAX_PARALLEL_CALLS,
    pace: createCallPace(deps.clock, MAX_CALLS_PER_SECOND, SECOND_MS),
    isTokenRefused,
    fetchToken: tokensOf(account, readSecret, createHttpClient({ ...free, baseUrl: account.baseUrl })),
    sendWith(call, token, signal) {
      if (isOfOldApi(call))
        return contacts.send({ ...call, path: `/${call.name}`, query: { access_token: token } }, signal)
      const headers = { ...call.headers, 'x-acs-dingtalk-access-token': token }
      return metered.send({ ...call, path: `${ROOT}${call.path ?? call.name}`, headers }, signal)
    },
  })

  return {
    authenticate,
    ...roomCalls(send, account.operatorUnionId),
    ...calendarCalls(send, account.operatorUnionId),
    ...contactCalls(send),
    ...writeCalls(send, sendOnce),
  }
}

/** Contacts are told by the older API alone, on an address of its own. */
const isOfOldApi = ({ name }: { readonly name: string }): boolean => name.startsWith('topapi/')

const tokensOf =
  ({ clientId }: DingtalkAccount, readSecret: () => Promise<string>, http: HttpClient) =>
  async (signal: AbortSignal): Promise<FetchedToken> => {
    const name = 'oauth2/accessToken'
    const body = { appKey: clientId, appSecret: await readSecret() }
    // Asked twice, it tells the same token twice.
    const call = { ...asking(name, body), path: `${ROOT}${name}`, schema: tokenSchema }
    const answer = await http.send(call, signal)
    return { token: answer.accessToken, lifetimeMs: answer.expireIn * 1000 }
  }

function contactCalls(send: Send): Pick<DingtalkClient, 'getPersonName'> {
  return {
    async getPersonName(unionid, signal) {
      const found = { ...asking('topapi/user/getbyunionid', { unionid }), schema: userIdSchema }
      const { userid } = (await send(found, signal)).result
      const person = { ...asking('topapi/v2/user/get', { userid }), schema: userSchema }
      return (await send(person, signal)).result.name
    },
  }
}

function roomCalls(send: Send, unionId: string): Pick<DingtalkClient, 'listRooms' | 'getRoom'> {
  const name = 'rooms/meetingRoomLists'
  const readPage = (nextToken: string | undefined, signal: AbortSignal) => {
    const query = {
      unionId,
      maxResults: String(ROOMS_PER_PAGE),
      ...(nextToken === undefined ? {} : { nextToken }),
    }
    return send({ name, method: 'GET', query, schema: roomPageSchema }, signal)
  }

  return {
    listRooms: (signal) =>
      readPages(name, async (cursor) => {
        const page = await readPage(cursor, signal)
        // The last page carries a cursor too: only `hasMore` ends the list.
        return { items: page.result, hasMore: page.hasMore, nextCursor: String(page.nextToken ?? '') }
      }),
    async getRoom(roomId, signal) {
      const path = `rooms/meetingRooms/${encodeURIComponent(roomId)}`
      const call = { name: 'rooms/meetingRooms', method: 'GET', path, query: { unionId } } as const
      return (await send({ ...call, schema: roomDetailSchema }, signal)).result
    },
  }
}

function calendarCalls(send: Send, operatorUnionId: string): Pick<DingtalkClient, 'queryBusy' | 'getEvent'> {
  return {
    async queryBusy(roomIds, { fromMs, untilMs }, signal) {
      const name = 'meetingRooms/schedules/query'
      const path = `${userPath(operatorUnionId)}/${name}`
      const body = { roomIds, startTime: isoTime(fromMs), endTime: isoTime(untilMs) }
      return (await send({ ...asking(name, body), path, schema: scheduleSchema }, signal)).scheduleInformation
    },
    async getEvent(unionId, eventId, signal) {
      const path = eventPath({ unionId, eventId })
      const query = { maxAttendees: '1' }
      return send({ name: 'calendars/events', method: 'GET', path, query, schema: eventSchema }, signal)
    },
  }
}
