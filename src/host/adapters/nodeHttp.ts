import { request as sendPlain } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { request as sendOverTls } from 'node:https'
import type { Http, HttpInit } from '../../core/ports/Http.ts'

/** Statuses a `Response` takes no body with. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304])

/**
 * The core's way to the network through Node's own fetch. That one never sends again what was written to a kept connection;
 * but on one that the vendor closes at that moment a write's answer is lost, and nobody knows what came of it. So a write
 * goes out on a connection of its own here too, past fetch, which takes no such wish.
 */
export function createNodeHttp(): Http {
  return {
    fetch: (input, { isWrite, ...init }) => (isWrite ? sendAlone(new URL(input), init) : fetch(input, init)),
  }
}

/** Without an agent there is nothing to keep the connection, nor to ask for an answer that would need unpacking. */
function sendAlone(url: URL, init: Omit<HttpInit, 'isWrite'>): Promise<Response> {
  const { method = 'GET', headers, body = null, signal } = init
  if (body !== null && typeof body !== 'string') throw new TypeError('a write sends text')
  const send = url.protocol === 'https:' ? sendOverTls : sendPlain
  const named = new Headers(headers)
  // Not left to Node: it forgets the length of what goes with a DELETE.
  if (body !== null) named.set('content-length', String(Buffer.byteLength(body)))
  return new Promise((resolve, reject) => {
    const options = { method, headers: Object.fromEntries(named), agent: false, signal }
    const request = send(url, options, (message) => resolve(responseOf(message)))
    request.once('error', reject)
    request.end(body ?? undefined)
  })
}

function responseOf(message: IncomingMessage): Response {
  const { statusCode: status = 0, rawHeaders } = message
  const headers = new Headers()
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '')
  if (bodiless.has(status)) message.resume()
  return new Response(bodiless.has(status) ? null : bodyOf(message), { status, headers })
}

/** Piece by piece, as it is read: nobody here knows how long it is. An abort of the call ends it, with an error. */
function bodyOf(message: IncomingMessage): ReadableStream<Uint8Array> {
  const pieces: AsyncIterator<unknown, undefined> = message[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(stream) {
      const { done, value } = await pieces.next()
      if (done === true) stream.close()
      else if (value instanceof Uint8Array) stream.enqueue(value)
    },
    cancel: () => void message.destroy(),
  })
}
