import type { z } from 'zod'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { WecomAccount } from '../../../shared/settings/schema.ts'
import type { ProviderDeps } from '../SiteProvider.ts'
import { createCallGate } from '../http/createCallGate.ts'
import { createHttpClient } from '../http/createHttpClient.ts'
import type { HttpCall } from '../http/createHttpClient.ts'
import { createTokenCache } from '../http/createTokenCache.ts'
import { createWithToken } from '../http/createWithToken.ts'
import { isTokenRefused, vendorErrorOf } from './errors.ts'
import { readPages } from './readPages.ts'
import type { Cancellation, NewBooking, PlaceFilter, RoomChange, UnitKey } from './requests.ts'
import {
  bookedSchema,
  bookingDetailSchema,
  bookingInfoSchema,
  devicePageSchema,
  envelopeSchema,
  meetingPageSchema,
  officeRoomListSchema,
  personSchema,
  roomAddedSchema,
  tokenSchema,
  unitInfoSchema,
  unitPageSchema,
} from './schema.ts'
import type { BookingDetail, OfficeRoom, OnlineMeeting, RoomsUnit } from './schema.ts'

/** The platform refuses too many calls at once with 45033 and names no number. */
export const PARALLEL_CALLS = 2
/** Must stay the same from the first page to the last (D:98796). */
const MEETING_PAGE = 20
const UNIT_PAGE = 50

/** One room's bookings of one day, not yet parsed. */
export interface RawSchedule {
  readonly meetingroom_id: number
  readonly schedule: unknown
}

/** A Rooms device with the room it stands in. */
type UnitDevice = z.infer<typeof devicePageSchema>['device_info_list'][number]

/** WeCom's calls, each with its answer parsed. All throw ProviderError, or the signal's reason. */
export interface WecomClient {
  /** Fetches a token, or uses the one at hand: proves address, corpid and secret, but not the caller's IP. */
  authenticate(signal: AbortSignal): Promise<void>
  /** @param filter none lists every room the app may see */
  listOfficeRooms(signal: AbortSignal, filter?: object): Promise<readonly OfficeRoom[]>
  /** @returns the new room's id */
  addRoom(room: RoomChange, signal: AbortSignal): Promise<number>
  editRoom(meetingroomId: number, change: RoomChange, signal: AbortSignal): Promise<void>
  removeRoom(meetingroomId: number, signal: AbortSignal): Promise<void>
  /** @param day must not reach over a local midnight */
  getBookingInfo(filter: PlaceFilter, day: TimeRange, signal: AbortSignal): Promise<readonly RawSchedule[]>
  /** One booking by its id, cancelled ones included. */
  getBooking(meetingroomId: number, bookingId: string, signal: AbortSignal): Promise<BookingDetail>
  /**
   * Never repeated, not even with a fresh token.
   * @param onSend told right before the request leaves
   * @returns the id of the new booking
   */
  book(booking: NewBooking, onSend: () => void, signal: AbortSignal): Promise<string>
  /** As {@link book}. */
  cancelBook(cancellation: Cancellation, onSend: () => void, signal: AbortSignal): Promise<void>
  getPersonName(userId: string, signal: AbortSignal): Promise<string>
  /** @param range at most 90 days */
  listMeetings(key: UnitKey, range: TimeRange, signal: AbortSignal): Promise<readonly OnlineMeeting[]>
  listUnits(signal: AbortSignal): Promise<readonly RoomsUnit[]>
  getUnitStatus(meetingRoomId: string, signal: AbortSignal): Promise<number>
  listDevices(signal: AbortSignal): Promise<readonly UnitDevice[]>
}

/** What a client needs of the provider's deps. */
export type ClientDeps = Pick<ProviderDeps, 'http' | 'clock' | 'time' | 'onCall'>

type Call = <T>(name: string, schema: z.ZodType<T>, body: object, signal: AbortSignal) => Promise<T>

/** Every call goes through one gate and carries a token; a refused token is renewed and the call repeated, once. */
export function createWecomClient(
  account: WecomAccount,
  readSecret: () => Promise<string>,
  deps: ClientDeps,
): WecomClient {
  const http = createHttpClient({ ...deps, baseUrl: account.baseUrl, vendorErrorOf })
  const gate = createCallGate(PARALLEL_CALLS)
  const tokens = createTokenCache({
    clock: deps.clock,
    async fetchToken(signal) {
      const query = { corpid: account.corpId, corpsecret: await readSecret() }
      const path = '/cgi-bin/gettoken'
      const answer = await http.send(
        { name: 'gettoken', method: 'GET', path, query, schema: tokenSchema },
        signal,
      )
      return { token: answer.access_token, lifetimeMs: answer.expires_in * 1000 }
    },
  })

  const withToken = createWithToken(tokens, isTokenRefused)

  function send<T>(request: Omit<HttpCall<T>, 'path'>, signal: AbortSignal): Promise<T> {
    const path = `/cgi-bin/${request.name}`
    const attempt = (token: string): Promise<T> =>
      http.send({ ...request, path, query: { ...request.query, access_token: token } }, signal)
    return gate.pass(() => withToken(attempt, signal), signal)
  }

  /** A call that changes a room. The read before it has just used the token, so that a refusal of it is no usual thing. */
  function sendOnce<T>(
    name: string,
    schema: z.ZodType<T>,
    body: object,
    onSend: () => void,
    signal: AbortSignal,
  ): Promise<T> {
    return gate.pass(async () => {
      const query = { access_token: await tokens.get(signal) }
      onSend()
      return http.send({ name, method: 'POST', path: `/cgi-bin/${name}`, body, schema, query }, signal)
    }, signal)
  }

  /** The platform asks by POST as well. */
  const ask: Call = (name, schema, body, signal) =>
    send({ name, method: 'POST', isRead: true, body, schema }, signal)
  const change: Call = (name, schema, body, signal) => send({ name, method: 'POST', body, schema }, signal)

  return {
    async authenticate(signal) {
      await gate.pass(() => tokens.get(signal), signal)
    },
    async getPersonName(userId, signal) {
      const query = { userid: userId }
      return (await send({ name: 'user/get', method: 'GET', query, schema: personSchema }, signal)).name
    },
    book: (booking, onSend, signal) => sendOnce('oa/meetingroom/book', bookedSchema, booking, onSend, signal),
    async cancelBook(cancellation, onSend, signal) {
      await sendOnce('oa/meetingroom/cancel_book', envelopeSchema, cancellation, onSend, signal)
    },
    ...officeCalls(ask),
    ...roomCalls(change),
    ...hardwareCalls(ask),
  }
}

const inSeconds = ({ fromMs, untilMs }: TimeRange): { start_time: number; end_time: number } => ({
  start_time: Math.floor(fromMs / 1000),
  end_time: Math.ceil(untilMs / 1000),
})

function officeCalls(ask: Call): Pick<WecomClient, 'listOfficeRooms' | 'getBookingInfo' | 'getBooking'> {
  return {
    listOfficeRooms: async (signal, filter = {}) =>
      (await ask('oa/meetingroom/list', officeRoomListSchema, filter, signal)).meetingroom_list,
    getBookingInfo: async (filter, day, signal) => {
      const body = { ...filter, ...inSeconds(day) }
      return (await ask('oa/meetingroom/get_booking_info', bookingInfoSchema, body, signal)).booking_list
    },
    getBooking: async (meetingroomId, bookingId, signal) => {
      const body = { meetingroom_id: meetingroomId, booking_id: bookingId }
      return (await ask('oa/meetingroom/bookinfo/get', bookingDetailSchema, body, signal)).schedule
    },
  }
}

function roomCalls(send: Call): Pick<WecomClient, 'addRoom' | 'editRoom' | 'removeRoom'> {
  return {
    addRoom: async (room, signal) =>
      (await send('oa/meetingroom/add', roomAddedSchema, room, signal)).meetingroom_id,
    editRoom: async (meetingroomId, change, signal) => {
      const body = { meetingroom_id: meetingroomId, ...change }
      await send('oa/meetingroom/edit', envelopeSchema, body, signal)
    },
    removeRoom: async (meetingroomId, signal) => {
      await send('oa/meetingroom/del', envelopeSchema, { meetingroom_id: meetingroomId }, signal)
    },
  }
}

interface Paging {
  readonly has_more: boolean
  readonly next_cursor?: string | null | undefined
}

function hardwareCalls(
  ask: Call,
): Pick<WecomClient, 'listMeetings' | 'listUnits' | 'getUnitStatus' | 'listDevices'> {
  function list<Answer extends Paging, Item>(
    name: string,
    schema: z.ZodType<Answer>,
    body: { readonly limit: number },
    itemsOf: (answer: Answer) => readonly Item[],
    signal: AbortSignal,
  ): Promise<readonly Item[]> {
    return readPages(name, async (cursor) => {
      const answer = await ask(name, schema, cursor === undefined ? body : { ...body, cursor }, signal)
      return { items: itemsOf(answer), hasMore: answer.has_more, nextCursor: answer.next_cursor ?? '' }
    })
  }

  return {
    listMeetings: (key, range, signal) => {
      const body = { ...key, ...inSeconds(range), limit: MEETING_PAGE }
      const name = 'meeting/rooms/list_meetings'
      return list(name, meetingPageSchema, body, (page) => page.meeting_info_list, signal)
    },
    listUnits: (signal) => {
      const body = { limit: UNIT_PAGE }
      return list('meeting/rooms/list', unitPageSchema, body, (page) => page.meeting_room_list, signal)
    },
    listDevices: (signal) => {
      const body = { limit: UNIT_PAGE }
      const name = 'meeting/rooms/list_devices'
      return list(name, devicePageSchema, body, (page) => page.device_info_list, signal)
    },
    getUnitStatus: async (meetingRoomId, signal) => {
      const body = { meeting_room_id: meetingRoomId }
      const answer = await ask('meeting/rooms/get_info', unitInfoSchema, body, signal)
      return answer.hardware_info.meeting_room_status
    },
  }
}
