import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { DingtalkAccount } from '../../../shared/settings/schema.ts'
import { createCallGate } from '../http/createCallGate.ts'
import { createCallPace } from '../http/createCallPace.ts'
import { createHttpClient } from '../http/createHttpClient.ts'
import type { HttpCall, HttpClient } from '../http/createHttpClient.ts'
import { createTokenCache } from '../http/createTokenCache.ts'
import type { TokenCache } from '../http/createTokenCache.ts'
import { createWithToken } from '../http/createWithToken.ts'
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
import type { Send, SendOnce, WriteCalls } from './writeCalls.ts'
import type { RoomSchedule, VendorEvent, VendorRoom, VendorRoomDetail } from './schema.ts'

/** Rooms one busy query may ask for: the document's advice, and probably its limit (E: same page). */
export const ROOMS_PER_QUERY = 5
/** Half of what the standard edition allows one app and API (D:how-to-process-api-throttling-…). */
const CALLS_PER_SECOND = 10
const PARALLEL_CALLS = 2
/** The most a page may hold (D:check-the-meeting-room-list). */
export const ROOMS_PER_PAGE = 100

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

const authorised = <T>(call: HttpCall<T>, token: string): HttpCall<T> => ({
  ...call,
  headers: { ...call.headers, 'x-acs-dingtalk-access-token': token },
})

/**
 * Every call goes through one gate at no more than ten a second and carries a token; a refused token is renewed and the
 * call repeated, once. Only what the vendor counts in the month is told to `onCall`: neither tokens nor contacts are.
 */
export function createDingtalkClient(
  account: DingtalkAccount,
  readSecret: () => Promise<string>,
  deps: ClientDeps,
): DingtalkClient {
  const vendorErrorOf = createVendorErrorOf(() => deps.time.now())
  const metered = createHttpClient({ ...deps, baseUrl: account.baseUrl, vendorErrorOf })
  const free = { ...deps, onCall: () => undefined, vendorErrorOf }
  const tokens = createTokens(
    account,
    readSecret,
    createHttpClient({ ...free, baseUrl: account.baseUrl }),
    deps,
  )
  const contacts = createHttpClient({ ...free, baseUrl: oapiBaseUrlOf(account) })
  const gate = createCallGate(PARALLEL_CALLS)
  const pace = createCallPace(deps.clock, CALLS_PER_SECOND, 1000)

  const withToken = createWithToken(tokens, isTokenRefused)

  async function paced<T>(http: HttpClient, call: HttpCall<T>, signal: AbortSignal): Promise<T> {
    await pace.wait(signal)
    return http.send(call, signal)
  }

  const send: Send = (call, signal) => {
    const attempt = (token: string) => paced(metered, authorised(call, token), signal)
    return gate.pass(() => withToken(attempt, signal), signal)
  }
  // The read before it has just used the token, so that a refusal of it is no usual thing.
  const sendOnce: SendOnce = (call, onSend, signal) =>
    gate.pass(async () => {
      const token = await tokens.get(signal)
      await pace.wait(signal)
      onSend()
      return metered.send(authorised(call, token), signal)
    }, signal)
  const sendOld: Send = (call, signal) => {
    const attempt = (token: string) => paced(contacts, { ...call, query: { access_token: token } }, signal)
    return gate.pass(() => withToken(attempt, signal), signal)
  }

  return {
    async authenticate(signal) {
      await gate.pass(() => tokens.get(signal), signal)
    },
    ...roomCalls(send, account.operatorUnionId),
    ...calendarCalls(send, account.operatorUnionId),
    ...writeCalls(send, sendOnce),
    async getPersonName(unionid, signal) {
      const name = 'topapi/user/getbyunionid'
      const found = {
        name,
        method: 'POST',
        isRead: true,
        path: `/${name}`,
        body: { unionid },
        schema: userIdSchema,
      } as const
      const { userid } = (await sendOld(found, signal)).result
      const get = 'topapi/v2/user/get'
      const person = {
        name: get,
        method: 'POST',
        isRead: true,
        path: `/${get}`,
        body: { userid },
        schema: userSchema,
      } as const
      return (await sendOld(person, signal)).result.name
    },
  }
}

function createTokens(
  { clientId }: DingtalkAccount,
  readSecret: () => Promise<string>,
  http: HttpClient,
  { clock }: Pick<ProviderDeps, 'clock'>,
): TokenCache {
  return createTokenCache({
    clock,
    async fetchToken(signal) {
      const name = 'oauth2/accessToken'
      const body = { appKey: clientId, appSecret: await readSecret() }
      // Asked twice, it tells the same token twice.
      const call = {
        name,
        method: 'POST',
        isRead: true,
        path: `/v1.0/${name}`,
        body,
        schema: tokenSchema,
      } as const
      const answer = await http.send(call, signal)
      return { token: answer.accessToken, lifetimeMs: answer.expireIn * 1000 }
    },
  })
}

function roomCalls(send: Send, unionId: string): Pick<DingtalkClient, 'listRooms' | 'getRoom'> {
  const name = 'rooms/meetingRoomLists'
  const readPage = (nextToken: string | undefined, signal: AbortSignal) => {
    const query = {
      unionId,
      maxResults: String(ROOMS_PER_PAGE),
      ...(nextToken === undefined ? {} : { nextToken }),
    }
    return send({ name, method: 'GET', path: `/v1.0/${name}`, query, schema: roomPageSchema }, signal)
  }

  return {
    listRooms: (signal) =>
      readPages(name, async (cursor) => {
        const page = await readPage(cursor, signal)
        // The last page carries a cursor too: only `hasMore` ends the list.
        return { items: page.result, hasMore: page.hasMore, nextCursor: String(page.nextToken ?? '') }
      }),
    async getRoom(roomId, signal) {
      const path = `/v1.0/rooms/meetingRooms/${encodeURIComponent(roomId)}`
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
      const call = { name, method: 'POST', isRead: true, path, body, schema: scheduleSchema } as const
      const answer = await send(call, signal)
      return answer.scheduleInformation
    },
    async getEvent(unionId, eventId, signal) {
      const path = eventPath({ unionId, eventId })
      const query = { maxAttendees: '1' }
      return send({ name: 'calendars/events', method: 'GET', path, query, schema: eventSchema }, signal)
    },
  }
}
