import axios, { type AxiosInstance, type AxiosResponse } from 'axios'
import type { z } from 'zod'
import { withDeadline } from '../../async/withDeadline.ts'
import type { Clock } from '../../ports/Clock.ts'
import type { Http, HttpInit } from '../../ports/Http.ts'
import type { ServerTime } from '../../time/createServerTime.ts'
import { ProviderError } from '../ProviderError.ts'
import { readBody } from './readBody.ts'
import { serverTimeOffset } from './serverTimeOffset.ts'
import { statusError } from './statusError.ts'
import { transportError } from './transportError.ts'

const DEADLINE_MS = 10_000
const MAX_BODY_BYTES = 2 * 1024 * 1024

/** One call of a vendor's API. */
export interface HttpCall<T> {
  /** Stands in error texts, so it holds no id, token or name of a person. */
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the base address, with a leading slash. */
  readonly path: string
  /** A list repeats its key: `room_ids=a&room_ids=b`. */
  readonly query?: Readonly<Record<string, string | readonly string[]>>
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
  /** Whether it changes nothing, so that it may arrive twice. A GET never does; of any other, a write unless it says so. */
  readonly isRead?: true
  /** One that accepts `undefined` takes an empty answer, as some vendors send to a deletion. */
  readonly schema: z.ZodType<T>
}

/** The headers of an answer: some vendors name there how long a pause they want. Null where there is none. */
export type AnswerHeaders = (name: string) => string | null

/** What a client needs; `time` and `onCall` as in `ProviderDeps`. */
export interface HttpClientOptions {
  readonly baseUrl: string
  readonly http: Http
  readonly clock: Clock
  readonly time: Pick<ServerTime, 'setOffset'>
  readonly onCall: () => void
  /**
   * Whether the vendor counts a call that was answered with this status, null where no answer came; always, if absent.
   * Only what counts is told to `onCall`.
   */
  readonly isCounted?: (name: string, status: number | null) => boolean
  /**
   * Reads the vendor's own error out of a JSON body, whatever the HTTP status; null when the body tells none.
   * Asked before the status and before the call's schema.
   */
  readonly vendorErrorOf?: (body: unknown, name: string, head: AnswerHeaders) => ProviderError | null
  /** Over headers and body together. */
  readonly deadlineMs?: number
  readonly maxBodyBytes?: number
}

/** Sends calls and returns parsed answers. */
export interface HttpClient {
  /**
   * @throws ProviderError, whose text and cause hold nothing of the request and nothing of the answer; or the signal's
   * reason when the caller gives up
   */
  send<T>(call: HttpCall<T>, signal: AbortSignal): Promise<T>
}

interface Answer {
  readonly status: number
  readonly header: AnswerHeaders
  /** Undefined where the body is empty or no JSON. */
  readonly json: unknown
  readonly isEmpty: boolean
}

/** The only place that knows axios. One client per provider: axios keeps one adapter for every fetch it is given. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { clock, time, vendorErrorOf } = options
  const deadlineMs = options.deadlineMs ?? DEADLINE_MS
  const maxBodyBytes = options.maxBodyBytes ?? MAX_BODY_BYTES
  const transport = createTransport(options)

  function count({ name }: HttpCall<unknown>, status: number | null): void {
    if (options.isCounted?.(name, status) ?? true) options.onCall()
  }

  async function exchange(call: HttpCall<unknown>, signal: AbortSignal): Promise<AxiosResponse<unknown>> {
    try {
      const response = await transport.request<unknown>({
        url: call.path,
        method: call.method,
        headers: { ...call.headers },
        params: call.query,
        data: call.body === undefined ? undefined : JSON.stringify(call.body),
        fetchOptions: { ...noStore, passage: { signal, isWrite: isWrite(call) } satisfies Passage },
      })
      count(call, response.status)
      return response
    } catch (thrown) {
      const { error, wasSent } = transportError(thrown, call.name)
      if (wasSent) count(call, null)
      throw error
    }
  }

  async function readAnswer(call: HttpCall<unknown>, signal: AbortSignal): Promise<Answer> {
    const sentAtMs = clock.now()
    const startedAt = clock.monotonic()
    const response = await exchange(call, signal)
    const answeredAtMs = clock.now()
    const elapsedMs = clock.monotonic() - startedAt
    const header = headerOf(response)
    const text = await textOf(response.data, maxBodyBytes, call.name)
    const json = parseJson(text)
    if (json !== undefined) {
      const times = { date: header('date'), age: header('age'), sentAtMs, answeredAtMs, elapsedMs }
      const offsetMs = serverTimeOffset(times)
      if (offsetMs !== null) time.setOffset(offsetMs)
    }
    return { status: response.status, header, json, isEmpty: text.trim() === '' }
  }

  function judge<T>(answer: Answer, { name, schema }: HttpCall<T>): T {
    const { status, header, json, isEmpty } = answer
    const head = { status, retryAfter: header('retry-after'), date: header('date') }
    const refusal =
      (json === undefined ? null : vendorErrorOf?.(json, name, header)) ??
      statusError(head, name, clock.now())
    if (refusal) throw refusal
    const empty = isEmpty ? schema.safeParse(undefined) : null
    if (empty?.success) return empty.data
    if (isEmpty) throw new ProviderError('badResponse', `${name}: the answer is empty`)
    if (json === undefined) throw new ProviderError('badResponse', `${name}: the answer is not JSON`)
    const parsed = schema.safeParse(json)
    if (parsed.success) return parsed.data
    throw new ProviderError('badResponse', `${name}: ${issueText(parsed.error)}`)
  }

  return {
    send: async (call, signal) =>
      judge(
        await withDeadline(
          { clock, deadlineMs, overdue: () => overdue(call.name, deadlineMs), caller: signal },
          (inner) => readAnswer(call, inner),
        ),
        call,
      ),
  }
}

const overdue = (name: string, deadlineMs: number): ProviderError =>
  new ProviderError('network', `${name}: no complete answer within ${deadlineMs} ms`, {
    vendorCode: 'DEADLINE',
  })

/** Names the first field that does not fit, and never its value. */
export function issueText(error: z.ZodError): string {
  const issue = error.issues[0]
  return `unexpected answer at "${issue?.path.join('.') ?? ''}" (${issue?.code ?? 'unknown'})`
}

const isWrite = ({ method, isRead }: HttpCall<unknown>): boolean => method !== 'GET' && isRead !== true

const noStore = { cache: 'no-store' } as const

/** What goes to the host past axios, which knows no writes, and would let go of a signal when the body ends. */
type Passage = Pick<HttpInit, 'signal' | 'isWrite'>

function createTransport({ baseUrl, http }: HttpClientOptions): AxiosInstance {
  const env = {
    fetch: (input: URL | Request | string, init: RequestInit & { passage?: Passage } = {}) => {
      const { passage, ...rest } = init
      if (!passage) throw new Error('a request without its passage')
      return http.fetch(input instanceof Request ? input.url : String(input), {
        ...rest,
        ...passage,
        credentials: 'omit',
      })
    },
  }
  // Null, as axios documents it: without a Request of its own, axios hands over address and options, and a text body
  // goes out with its length instead of as a stream.
  Object.assign(env, { Request: null })
  return axios.create({
    baseURL: baseUrl,
    adapter: 'fetch',
    env,
    responseType: 'stream',
    maxRedirects: 0,
    paramsSerializer: { indexes: null },
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', 'User-Agent': 'Doorplate' },
    transformRequest: (data: unknown) => data,
    transformResponse: (data: unknown) => data,
    validateStatus: () => true,
  })
}

function headerOf(response: AxiosResponse<unknown>): AnswerHeaders {
  return (name) => {
    const value: unknown = response.headers[name]
    return typeof value === 'string' ? value : null
  }
}

/** A body may break off after good headers: that is a transport failure like any other. */
async function textOf(body: unknown, maxBytes: number, name: string): Promise<string> {
  if (!(body instanceof ReadableStream)) return ''
  try {
    return await readBody(body, maxBytes, name)
  } catch (thrown) {
    throw thrown instanceof ProviderError ? thrown : transportError(thrown, name).error
  }
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
