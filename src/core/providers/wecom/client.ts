import type { z } from 'zod'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { WecomAccount } from '../../../shared/settings/schema.ts'
import type { ProviderDeps } from '../SiteProvider.ts'
import { asking, createAuthorisedClient } from '../http/createAuthorisedClient.ts'
import type { Send } from '../http/createAuthorisedClient.ts'
import { createHttpClient } from '../http/createHttpClient.ts'
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
export const MAX_PARALLEL_CALLS = 2
/** Must stay the same from the first page to the last (D:98796). */
const MEETING_PAGE = 20
const UNIT_PAGE = 50
const ROOT = '/cgi-bin/'

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

/** Every call goes through one gate and carries a token; a refused token is renewed and the call repeated, once. */
export function createWecomClient(
  account: WecomAccount,
  readSecret: () => Promise<string>,
  deps: ClientDeps,
): WecomClient {
  const http = createHttpClient({ ...deps, baseUrl: account.baseUrl, vendorErrorOf })
  const { authenticate, send, sendOnce } = createAuthorisedClient({
    ...deps,
    maxParallel: MAX_PARALLEL_CALLS,
    isTokenRefused,
    async fetchToken(signal) {
      const query = { corpid: account.corpId, corpsecret: await readSecret() }
      const path = `${ROOT}gettoken`
      const call = { name: 'gettoken', method: 'GET', path, query, schema: tokenSchema } as const
      const answer = await http.send(call, signal)
      return { token: answer.access_token, lifetimeMs: answer.expires_in * 1000 }
    },
    sendWith: (call, token, signal) =>
      http.send(
        { ...call, path: `${ROOT}${call.name}`, query: { ...call.query, access_token: token } },
        signal,
      ),
  })

  return {
    authenticate,
    async getPersonName(userId, signal) {
      const query = { userid: userId }
      return (await send({ name: 'user/get', method: 'GET', query, schema: personSchema }, signal)).name
    },
    book: (booking, onSend, signal) =>
      sendOnce({ ...changing('oa/meetingroom/book', booking), schema: bookedSchema }, onSend, signal),
    async cancelBook(cancellation, onSend, signal) {
      const call = changing('oa/meetingroom/cancel_book', cancellation)
      await sendOnce({ ...call, schema: envelopeSchema }, onSend, signal)
    },
    ...officeCalls(send),
    ...roomCalls(send),
    ...hardwareCalls(send),
  }
}

const changing = (name: string, body: object) => ({ name, method: 'POST', body }) as const

const inSeconds = ({ fromMs, untilMs }: TimeRange): { start_time: number; end_time: number } => ({
  start_time: Math.floor(fromMs / 1000),
  end_time: Math.ceil(untilMs / 1000),
})

function officeCalls(send: Send): Pick<WecomClient, 'listOfficeRooms' | 'getBookingInfo' | 'getBooking'> {
  return {
    listOfficeRooms: async (signal, filter = {}) =>
      (await send({ ...asking('oa/meetingroom/list', filter), schema: officeRoomListSchema }, signal))
        .meetingroom_list,
    getBookingInfo: async (filter, day, signal) => {
      const body = { ...filter, ...inSeconds(day) }
      const call = asking('oa/meetingroom/get_booking_info', body)
      return (await send({ ...call, schema: bookingInfoSchema }, signal)).booking_list
    },
    getBooking: async (meetingroomId, bookingId, signal) => {
      const body = { meetingroom_id: meetingroomId, booking_id: bookingId }
      const call = asking('oa/meetingroom/bookinfo/get', body)
      return (await send({ ...call, schema: bookingDetailSchema }, signal)).schedule
    },
  }
}

function roomCalls(send: Send): Pick<WecomClient, 'addRoom' | 'editRoom' | 'removeRoom'> {
  return {
    addRoom: async (room, signal) =>
      (await send({ ...changing('oa/meetingroom/add', room), schema: roomAddedSchema }, signal))
        .meetingroom_id,
    editRoom: async (meetingroomId, change, signal) => {
      const body = { meetingroom_id: meetingroomId, ...change }
      await send({ ...changing('oa/meetingroom/edit', body), schema: envelopeSchema }, signal)
    },
    removeRoom: async (meetingroomId, signal) => {
      const call = changing('oa/meetingroom/del', { meetingroom_id: meetingroomId })
      await send({ ...call, schema: envelopeSchema }, signal)
    },
  }
}

interface Paging {
  readonly has_more: boolean
  readonly next_cursor?: string | null | undefined
}

function hardwareCalls(
  send: Send,
): Pick<WecomClient, 'listMeetings' | 'listUnits' | 'getUnitStatus' | 'listDevices'> {
  function list<Answer extends Paging, Item>(
    name: string,
    schema: z.ZodType<Answer>,
    body: { readonly limit: number },
    itemsOf: (answer: Answer) => readonly Item[],
    signal: AbortSignal,
  ): Promise<readonly Item[]> {
    return readPages(name, async (cursor) => {
      const call = asking(name, cursor === undefined ? body : { ...body, cursor })
      const answer = await send({ ...call, schema }, signal)
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
      const call = asking('meeting/rooms/get_info', body)
      return (await send({ ...call, schema: unitInfoSchema }, signal)).hardware_info.meeting_room_status
    },
  }
}
