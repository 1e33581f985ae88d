import type { Fields } from '../http/fields.ts'
import type { SeedName } from '../world/World.ts'
import { mondayMs, openSimulator, type OpenSimulator } from './openSimulator.ts'

/** A whole answer: callers may look at the status, tests have to. */
export interface FeishuAnswer {
  readonly status: number
  readonly headers: Headers
  readonly code: number
  readonly msg: string
  /** `data`, `{}` when there is none. */
  readonly data: Fields
  readonly body: Fields
}

export type Query = Readonly<Record<string, string | readonly string[]>>

/** A running simulator and the shortest ways to call it as Feishu. */
export interface OpenFeishu extends Omit<OpenSimulator, 'get' | 'post' | 'token'> {
  /** A tenant token, fetched once. */
  token(): Promise<string>
  askToken(body?: Fields): Promise<FeishuAnswer>
  /** `path` follows /open-apis/; `token` null sends none. */
  call(method: string, path: string, more?: CallOptions): Promise<FeishuAnswer>
  get(path: string, query?: Query): Promise<FeishuAnswer>
  post(path: string, body?: Fields): Promise<FeishuAnswer>
  /** The Feishu part of the control's state: ids, switches. */
  ids(): Promise<FeishuIds>
  /** A booking through the control API, with the ids it has on Feishu. */
  book(fields: Fields): Promise<BookedEvent>
}

export interface CallOptions {
  readonly query?: Query
  readonly body?: unknown
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
}

export interface FeishuIds {
  readonly calendarId: string
  readonly callsSpent: number
  readonly roomIds: Readonly<Record<string, string>>
  readonly levelIds: Readonly<Record<string, string>>
  readonly openIds: Readonly<Record<string, string>>
  readonly events: Readonly<
    Record<string, { readonly uid: string; readonly originalTime: number; readonly meetingNumber: string }>
  >
  readonly videoIds: Readonly<Record<string, string>>
}

export interface BookedEvent {
  readonly id: string
  readonly startMs: number
  readonly endMs: number
  readonly masterId: string | null
  readonly uid: string
  readonly meetingNumber: string
}

const json = { 'content-type': 'application/json; charset=utf-8' }

function queryText(query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one): [string, string] => [name, one]),
  )
  return new URLSearchParams(pairs).toString()
}

export async function openFeishu(seed: SeedName = 'empty', startMs = mondayMs): Promise<OpenFeishu> {
  const open = await openSimulator(seed, startMs)
  let known: string | undefined

  const send = async (address: string, init: RequestInit): Promise<FeishuAnswer> => {
    const response = await fetch(`${open.url}/open-apis/${address}`, init)
    const body = (await response.json()) as Fields
    return {
      status: response.status,
      headers: response.headers,
      code: Number(body['code']),
      msg: String(body['msg']),
      data: (body['data'] ?? {}) as Fields,
      body,
    }
  }
  const askToken = (body: Fields = { app_id: 'cli_simulator', app_secret: 'simulator-secret-feishu' }) =>
    send('auth/v3/tenant_access_token/internal', {
      method: 'POST',
      headers: json,
      body: JSON.stringify(body),
    })
  const token = async () => (known ??= String((await askToken()).body['tenant_access_token']))
  const call = async (method: string, path: string, more: CallOptions = {}) => {
    const access = more.token === undefined ? await token() : more.token
    const authorization = access === null ? {} : { authorization: `Bearer ${access}` }
    const sent = more.body === undefined ? {} : { body: JSON.stringify(more.body) }
    return send(`${path}?${queryText(more.query ?? {})}`, {
      method,
      headers: { ...authorization, ...(more.body === undefined ? {} : json), ...more.headers },
      ...sent,
    })
  }
  const ids = async () => (await open.sim('GET', 'state')).body['feishu'] as FeishuIds
  return {
    ...open,
    token,
    askToken,
    call,
    get: (path, query = {}) => call('GET', path, { query }),
    post: (path, body = {}) => call('POST', path, { body }),
    ids,
    book: async (fields) => {
      const { body } = await open.sim('POST', 'bookings', fields)
      if (body['error'] !== undefined) throw new Error(JSON.stringify(body))
      const booking = body as unknown as BookedEvent
      return { ...booking, ...(await ids()).events[booking.id] }
    },
  }
}
