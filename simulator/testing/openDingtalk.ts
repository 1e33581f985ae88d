import type { Fields } from '../http/fields.ts'
import { roomIdOf, unionIdOf } from '../platforms/dingtalk/vendorIds.ts'
import type { SeedName } from '../world/World.ts'
import { mondayMs, openSimulator, type OpenSimulator } from './openSimulator.ts'

/** An answer of the platform; `body` is {} when nothing was sent. */
export interface DingtalkAnswer {
  readonly status: number
  readonly body: Fields
  readonly headers: Headers
}

export interface CallOptions {
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Null: none at all. */
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
}

/** A running simulator spoken to as DingTalk's new API, with a clock that stands still. */
export interface OpenDingtalk extends OpenSimulator {
  /** `path` follows `/v1.0/`. */
  call(method: string, path: string, options?: CallOptions): Promise<DingtalkAnswer>
  /** A call on a person's calendar; `path` follows the person. */
  calendar(method: string, userId: string, path: string, options?: CallOptions): Promise<DingtalkAnswer>
  /** The busy times of rooms, by the world's numbers, asked for as the operator. */
  busy(rooms: readonly number[], from: string, to: string): Promise<DingtalkAnswer>
  /** The `scheduleItems` of one room. */
  items(room: number, from?: string, to?: string): Promise<readonly Fields[]>
  /** `/topapi/…` with the token in the query. */
  topapi(path: string, body: Fields, token?: string): Promise<Fields>
  bookings(): Promise<readonly Fields[]>
  spent(): Promise<number>
}

export const operatorUnionId = unionIdOf('doorplate')
/** An instant of March 2026 in Shanghai: `16T10:00`. */
export const at = (text: string): number => Date.parse(`2026-03-${text}:00+08:00`)
export const iso = (text: string): string => `2026-03-${text}:00+08:00`
export const eventPath = (eventId: unknown, rest = ''): string =>
  `calendars/primary/events/${encodeURIComponent(String(eventId))}${rest}`

export async function openDingtalk(seed: SeedName = 'empty', startMs = mondayMs): Promise<OpenDingtalk> {
  const open = await openSimulator(seed, startMs)
  let known: string | undefined
  const send = async (address: string, init: RequestInit): Promise<DingtalkAnswer> => {
    const response = await fetch(`${open.url}${address}`, init)
    const text = await response.text()
    return {
      status: response.status,
      body: text === '' ? {} : (JSON.parse(text) as Fields),
      headers: response.headers,
    }
  }
  const fetchToken = async () => {
    const body = JSON.stringify({ appKey: 'ding-simulator-app', appSecret: 'simulator-secret-dingtalk' })
    const headers = { 'content-type': 'application/json' }
    const answer = await send('/v1.0/oauth2/accessToken', { method: 'POST', body, headers })
    return String(answer.body['accessToken'])
  }
  const token = async () => (known ??= await fetchToken())
  const call: OpenDingtalk['call'] = async (method, path, options = {}) => {
    const access = options.token === undefined ? await token() : options.token
    const query = new URLSearchParams(options.query).toString()
    return send(`/v1.0/${path}${query === '' ? '' : `?${query}`}`, {
      method,
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      headers: {
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(access === null ? {} : { 'x-acs-dingtalk-access-token': access }),
        ...options.headers,
      },
    })
  }
  const calendar: OpenDingtalk['calendar'] = (method, userId, path, options) =>
    call(method, `calendar/users/${unionIdOf(userId)}/${path}`, options)
  const busy: OpenDingtalk['busy'] = (rooms, from, to) =>
    calendar('POST', 'doorplate', 'meetingRooms/schedules/query', {
      body: { roomIds: rooms.map(roomIdOf), startTime: iso(from), endTime: iso(to) },
    })
  const state = async () => (await open.sim('GET', 'state')).body
  return {
    ...open,
    token,
    call,
    calendar,
    busy,
    items: async (room, from = '16T00:00', to = '17T00:00') => {
      const { body } = await busy([room], from, to)
      const [own] = body['scheduleInformation'] as readonly { readonly scheduleItems: readonly Fields[] }[]
      return own!.scheduleItems
    },
    topapi: async (path, body, given) => {
      const access = given ?? (await token())
      const init = { method: 'POST', body: JSON.stringify(body) }
      return (await send(`/topapi/${path}?access_token=${access}`, init)).body
    },
    bookings: async () => (await state())['bookings'] as readonly Fields[],
    spent: async () => ((await state())['dingtalk'] as { readonly callsThisMonth: number }).callsThisMonth,
  }
}
