import type { Readable } from 'node:stream'

import type { FastifyInstance } from 'fastify'

/** Tells the server which caller a call belongs to; nobody else sees it. */
const CALLER_HEADER = 'x-simulator-caller'

/** Calls answered without a connection: as `fetch` answers them, abort and cut connections included. */
export interface CallsInProcess {
  readonly handle: (address: string, init?: RequestInit) => Promise<Response>
}

const methodOf = (name = 'GET') =>
  (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).find((one) => one === name) ?? 'GET'

/** A connection that was cut, as Node's fetch says it. */
function asFetchSays(thrown: unknown): unknown {
  const isCut = thrown instanceof Error && 'code' in thrown && thrown.code === 'LIGHT_ECONNRESET'
  if (!isCut) return thrown
  const cause = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' })
  return new TypeError('fetch failed', { cause })
}

/** Its parts as they come; whoever stops reading stops the server's writing. */
function bodyOf(stream: Readable): ReadableStream<Uint8Array> {
  const parts: AsyncIterator<unknown, unknown> = stream[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await parts.next()
      if (done === true) controller.close()
      else if (value instanceof Uint8Array) controller.enqueue(value)
    },
    async cancel() {
      await parts.return?.()
    },
  })
}

/** @param mayBreakOff whether an answer may come in parts or not to its end; only then it is worth being a stream */
export function createCallsInProcess(server: FastifyInstance, mayBreakOff: () => boolean): CallsInProcess {
  const callers = new Map<string, AbortSignal>()
  let count = 0

  server.addHook('onRequest', async (request, reply) => {
    const signal = callers.get(String(request.headers[CALLER_HEADER]))
    signal?.addEventListener('abort', () => reply.raw.destroy(), { once: true })
  })

  async function answer(address: string, init: RequestInit, caller: string): Promise<Response> {
    const { pathname, search } = new URL(address)
    const isStream = mayBreakOff()
    const { statusCode, headers, payload, stream } = await server.inject({
      method: methodOf(init.method?.toUpperCase()),
      url: `${pathname}${search}`,
      headers: { ...Object.fromEntries(new Headers(init.headers)), [CALLER_HEADER]: caller },
      payloadAsStream: isStream,
      ...(typeof init.body === 'string' ? { payload: init.body } : {}),
    })
    const told = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)])
    return new Response(isStream ? bodyOf(stream()) : payload, { status: statusCode, headers: told })
  }

  return {
    handle: async (address, init = {}) => {
      const { signal } = init
      signal?.throwIfAborted()
      const caller = String((count += 1))
      if (signal) callers.set(caller, signal)
      try {
        return await answer(address, init, caller)
      } catch (thrown: unknown) {
        signal?.throwIfAborted()
        throw asFetchSays(thrown)
      } finally {
        callers.delete(caller)
      }
    },
  }
}
