import { Agent, request as requestPlain } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { Agent as TlsAgent, request as requestTls } from 'node:https'
import type { Socket } from 'node:net'

/** As many connections as Chromium opens to one host. */
const PER_HOST = 6
/** Statuses a `Response` takes no body with. */
const bodiless: ReadonlySet<number> = new Set([101, 204, 205, 304])

/** One session's connections, which no other session shares. */
export interface ChromiumFetch {
  fetch(url: URL, init: RequestInit): Promise<Response>
  /** Ends those nobody uses. */
  closeIdle(): void
}

/** Chromium's name for what ended a connection. */
function netError({ code }: NodeJS.ErrnoException): Error {
  if (code === 'ECONNREFUSED') return new Error('net::ERR_CONNECTION_REFUSED')
  if (code === 'ENOTFOUND') return new Error('net::ERR_NAME_NOT_RESOLVED')
  return new Error(code === 'ECONNRESET' ? 'net::ERR_EMPTY_RESPONSE' : 'net::ERR_FAILED')
}

/** The body as Electron hands it over: to cancel its reader leaves the transfer standing, and its connection taken. */
function bodyOf(message: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks = message[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, undefined>
  return new ReadableStream({
    async pull(stream) {
      try {
        const { done, value } = await chunks.next()
        if (done === true) stream.close()
        else stream.enqueue(new Uint8Array(value))
      } catch {
        stream.error(new Error('net::ERR_CONNECTION_CLOSED'))
      }
    },
  })
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers()
  for (let at = 0; at < rawHeaders.length; at += 2)
    headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '')
  return headers
}

/**
 * Fetches as Chromium does where that differs from Node, and where a panel would be hurt: at most six connections to a host,
 * later calls wait; what was written to a kept one is sent again, whatever its method, when that one closes before the first
 * byte of the answer; only an abort ends a transfer that is not read to its end.
 */
export function createChromiumFetch(): ChromiumFetch {
  const agents = {
    'http:': new Agent({ keepAlive: true, maxSockets: PER_HOST }),
    'https:': new TlsAgent({ keepAlive: true, maxSockets: PER_HOST }),
  }

  function send(url: URL, init: RequestInit): Promise<IncomingMessage> {
    const { method, headers, body, signal } = init
    return new Promise((resolve, reject) => {
      const options = { method: method ?? 'GET', headers: Object.fromEntries(new Headers(headers)) }
      const request: ClientRequest =
        url.protocol === 'https:'
          ? requestTls(url, { ...options, agent: agents['https:'] })
          : requestPlain(url, { ...options, agent: agents['http:'] })
      const giveUp = (): void => void request.destroy()
      signal?.addEventListener('abort', giveUp, { once: true })
      request.once('response', resolve)
      request.on('error', (error: NodeJS.ErrnoException) => {
        signal?.removeEventListener('abort', giveUp)
        if (signal?.aborted === true) reject(signal.reason as Error)
        else if (request.reusedSocket && error.code === 'ECONNRESET') send(url, init).then(resolve, reject)
        else reject(netError(error))
      })
      request.end(typeof body === 'string' ? body : undefined)
    })
  }

  return {
    async fetch(url, init) {
      init.signal?.throwIfAborted()
      if (init.body !== undefined && init.body !== null && typeof init.body !== 'string')
        throw new TypeError('the stand-in sends texts only')
      const message = await send(url, init)
      const status = message.statusCode ?? 0
      if (status >= 300 && status < 400 && message.headers.location !== undefined) {
        message.destroy()
        throw new Error('Redirect was cancelled')
      }
      if (bodiless.has(status)) message.resume()
      return new Response(bodiless.has(status) ? null : bodyOf(message), {
        status,
        headers: headersOf(message),
      })
    },
    closeIdle() {
      for (const { freeSockets } of Object.values(agents)) {
        const idle: readonly Socket[] = Object.values(freeSockets).flatMap((sockets) => sockets ?? [])
        for (const socket of idle) socket.destroy()
      }
    },
  }
}
