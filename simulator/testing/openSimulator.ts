import { createSimulator, type Simulator } from '../createSimulator.ts'
import type { Fields } from '../http/fields.ts'
import type { SeedName } from '../world/World.ts'

/** Monday 2026-03-16, 10:20 in Shanghai. */
export const mondayMs = Date.parse('2026-03-16T10:20:00+08:00')

/** An answer, read as loosely as tests like it. */
export interface Answer extends Fields {
  readonly errcode: number
  readonly errmsg: string
}

/** A running simulator with a clock that stands still, and the shortest ways to call it. */
export interface OpenSimulator {
  readonly simulator: Simulator
  readonly url: string
  /** Moves the clock under the world's clock. */
  setNow(ms: number): void
  /** The current token, fetched once. */
  token(): Promise<string>
  /** A POST with the token in the query, or without one. */
  post(path: string, body?: Fields, token?: string | null): Promise<Answer>
  get(path: string, query?: Readonly<Record<string, string>>, token?: string | null): Promise<Answer>
  /** The control API; the answer with its HTTP status. */
  sim(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: Fields }>
  close(): Promise<void>
}

export async function openSimulator(seed: SeedName = 'empty', startMs = mondayMs): Promise<OpenSimulator> {
  let nowMs = startMs
  let known: string | undefined
  const simulator = createSimulator({ now: () => nowMs, seed })
  const { url } = await simulator.listen(0)

  const call = async (address: string, init: RequestInit = {}) =>
    (await (await fetch(`${url}${address}`, init)).json()) as Answer
  const getToken = async () => {
    const answer = await call('/cgi-bin/gettoken?corpid=ww0123456789abcdef&corpsecret=simulator-secret-wecom')
    return String(answer['access_token'])
  }
  const token = async () => (known ??= await getToken())
  const queryOf = async (given: string | null | undefined, more: Readonly<Record<string, string>> = {}) => {
    const access = given === undefined ? await token() : given
    return new URLSearchParams({ ...(access === null ? {} : { access_token: access }), ...more }).toString()
  }
  return {
    simulator,
    url,
    token,
    setNow: (ms) => {
      nowMs = ms
    },
    post: async (path, body = {}, given) =>
      call(`/cgi-bin/${path}?${await queryOf(given)}`, { method: 'POST', body: JSON.stringify(body) }),
    get: async (path, query = {}, given) => call(`/cgi-bin/${path}?${await queryOf(given, query)}`),
    sim: async (method, path, body) => {
      const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
      const response = await fetch(`${url}/__sim/${path}`, init)
      return { status: response.status, body: (await response.json()) as Fields }
    },
    close: () => simulator.close(),
  }
}
