// @vitest-environment node
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { SESSION_HEADER } from '../../../shared/api/bridge.ts'
import { createFakeClock } from '../../../core/testing/fakeClock.ts'
import { createHttpTransport } from './httpTransport.ts'
import { createFetchEventSource } from './testing/fetchEventSource.ts'
import { describeDistrust, describeTransport } from './testing/transportSuite.ts'
import type { SeenRequest, TransportPeer } from './testing/transportSuite.ts'

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk)
  return JSON.parse(text)
}

async function open(): Promise<TransportPeer> {
  let handler: (request: SeenRequest) => unknown = () => undefined
  const streams = new Set<ServerResponse>()

  async function answerPost(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const session = request.headers[SESSION_HEADER]
    try {
      const route = decodeURIComponent((request.url ?? '').replace('/door/api/', ''))
      const answer = await handler({
        route,
        input: await readBody(request),
        session: typeof session === 'string' ? session : null,
      })
      // A refusal also has an HTTP status; the envelope is what counts.
      const status = (answer as { ok?: unknown } | undefined)?.ok === false ? 409 : 200
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    } catch {
      response.writeHead(502).end('<html>Bad gateway</html>')
    }
  }

  const server = createServer((request, response) => {
    if (request.method === 'POST') void answerPost(request, response)
    else if (request.url === '/door/api/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': connected\n\n')
      streams.add(response)
      response.on('close', () => streams.delete(response))
    } else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  const api = createHttpTransport({
    baseUrl: `http://127.0.0.1:${port}/door/`,
    roomId: null,
    fetch: (url, init) => fetch(url, init),
    createEventSource: createFetchEventSource,
    clock: createFakeClock(0),
    random: () => 0,
  })
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return {
    api,
    answer: (next) => {
      handler = next
    },
    emit: (event, payload) => {
      for (const stream of streams) stream.write(`event: ${event}\ndata: ${JSON.stringify(payload)}\n\n`)
      return Promise.resolve()
    },
    breakOff: stop,
    close: stop,
  }
}

describeTransport('http', open)
describeDistrust('http', open)

describe('http requests', () => {
  const silent = { addEventListener: () => undefined, close: () => undefined }

  it('gives up on a core that does not answer', async () => {
    const clock = createFakeClock(0)
    const signals: AbortSignal[] = []
    const api = createHttpTransport({
      baseUrl: 'http://127.0.0.1/',
      roomId: null,
      fetch: (_url, { signal }) =>
        new Promise((_resolve, reject) => {
          signals.push(signal!)
          signal!.addEventListener('abort', () => reject(new Error('aborted')))
        }),
      createEventSource: () => silent,
      clock,
      random: () => 0,
    })
    const display = api.request('panel.open', { roomId: null })
    const admin = api.request('diagnostics.runChecks', {})
    // Booking waits for the platform's word, which may take half a minute.
    const booking = api.request('room.book', {
      roomId: 'west-lake',
      startMs: null,
      minutes: 30,
      pin: null,
      pressId: '3f0c2f6e-0a50-4d2f-9a5c-6f6d0e0f3a11',
    })
    await clock.advance(15_000)
    expect(await display).toEqual({ ok: false, error: { code: 'unavailable' } })
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false, false])
    await clock.advance(105_000)
    expect(await admin).toEqual({ ok: false, error: { code: 'unavailable' } })
    expect(await booking).toEqual({ ok: false, error: { code: 'unavailable' } })
    expect(clock.pending()).toBe(0)
  })

  it('asks for the events of its own room alone, and for none while nobody listens', () => {
    const urls: string[] = []
    const closed: number[] = []
    const api = createHttpTransport({
      baseUrl: 'https://door.example/panel/',
      roomId: 'west lake',
      fetch: () => Promise.reject(new Error('unused')),
      createEventSource: (url) => {
        const index = urls.push(url)
        return { addEventListener: () => undefined, close: () => closed.push(index) }
      },
      clock: createFakeClock(0),
      random: () => 0,
    })
    expect(urls).toEqual([])
    const endRoom = api.on('room.changed', () => undefined)
    const endPanel = api.on('panel.changed', () => undefined)
    expect(urls).toEqual(['https://door.example/panel/api/events?roomId=west+lake'])
    endRoom()
    expect(closed).toEqual([])
    endPanel()
    expect(closed).toEqual([1])
  })
})
