import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { createSystemClock } from '../../clock/systemClock.ts'
import type { Http } from '../../ports/Http.ts'
import { createFakeClock } from '../../testing/fakeClock.ts'
import { ProviderError } from '../ProviderError.ts'
import { exposedText } from '../testing/exposedText.ts'
import { selfSignedCertificate } from '../testing/selfSignedCertificate.ts'
import { createHttpClient } from './createHttpClient.ts'
import type { HttpCall, HttpClientOptions } from './createHttpClient.ts'

const TOKEN = 'sentinel-token-5e1f'
const SECRET = 'sentinel-secret-77aa'
const TITLE = 'sentinel-title-并购'
const START_MS = Date.UTC(2026, 2, 16, 2, 0, 0)

const call: HttpCall<{ name: string }> = {
  name: 'oa/thing',
  method: 'POST',
  path: '/cgi-bin/oa/thing',
  query: { access_token: TOKEN },
  body: { secret: SECRET },
  schema: z.object({ name: z.string() }),
}
const never = new AbortController().signal
const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

async function listen(server: Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const serve = async (listener: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listen(createServer(listener))}`

function clientFor(baseUrl: string, more: Partial<HttpClientOptions> = {}) {
  const onCall = vi.fn()
  const setOffset = vi.fn<(offsetMs: number) => void>()
  const http: Http = { fetch: (input, init) => fetch(input, init) }
  const client = createHttpClient({
    baseUrl,
    http,
    clock: createSystemClock(),
    onCall,
    time: { setOffset },
    deadlineMs: 20_000,
    ...more,
  })
  return { client, onCall, setOffset }
}

async function refusal(run: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await run.then(
    (value) => expect.fail(`answered ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ProviderError)
  const text = exposedText(error)
  for (const sentinel of [TOKEN, SECRET, TITLE, 'access_token']) expect(text).not.toContain(sentinel)
  return error as ProviderError
}

const answering =
  (body: string | Buffer, status = 200, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  }

describe('createHttpClient', () => {
  it('sends JSON with its length, keeps the base address’s own path, and returns what the schema made of it', async () => {
    const seen: Record<string, unknown> = {}
    const url = await serve((request, response) => {
      seen['line'] = `${request.method ?? ''} ${request.url ?? ''}`
      seen['length'] = request.headers['content-length']
      seen['type'] = request.headers['content-type']
      request.setEncoding('utf8').on('data', (text: string) => (seen['body'] = text))
      request.on('end', () => response.end('{"name":"西湖","more":1}'))
    })
    const { client, onCall } = clientFor(`${url}/behind/proxy`)
    await expect(client.send({ ...call, body: { city: '杭州' } }, never)).resolves.toEqual({ name: '西湖' })
    expect(seen).toEqual({
      line: `POST /behind/proxy/cgi-bin/oa/thing?access_token=${TOKEN}`,
      length: String(Buffer.byteLength('{"city":"杭州"}')),
      type: 'application/json',
      body: '{"city":"杭州"}',
    })
    expect(onCall).toHaveBeenCalledTimes(1)
  })

  it.each([
    [
      'HTML with 200',
      answering(`<html>${TITLE}</html>`, 200, { 'content-type': 'text/html' }),
      'badResponse',
    ],
    ['an empty body', answering(''), 'badResponse'],
    ['no content', answering('', 204), 'badResponse'],
    ['broken JSON', answering(`{"name":"${TITLE}`), 'badResponse'],
    ['a wrong type', answering(`{"name":["${TITLE}"]}`), 'badResponse'],
    ['a missing field', answering(`{"nome":"${TITLE}"}`), 'badResponse'],
    ['HTTP 404', answering('<html></html>', 404), 'badResponse'],
    ['HTTP 403 of a proxy', answering('<html></html>', 403), 'badResponse'],
    ['HTTP 500', answering(`{"name":"${TITLE}"}`, 500), 'server'],
    ['HTTP 503 with nothing', answering('', 503), 'server'],
    ['HTTP 429', answering('', 429), 'rateLimited'],
    ['HTTP 407', answering('', 407), 'network'],
    ['HTTP 511 of a portal', answering('<html></html>', 511), 'network'],
  ] as const)('%s is refused, never read as an answer', async (_name, listener, kind) => {
    const { client, onCall } = clientFor(await serve(listener))
    expect((await refusal(client.send(call, never))).kind).toBe(kind)
    expect(onCall).toHaveBeenCalledTimes(1)
  })

  it('a deletion answered by nothing is done only where its schema says so, and never with an error’s status', async () => {
    const deletion = { name: 'events', method: 'DELETE', path: '/events/1', schema: z.undefined() } as const
    const methods: (string | undefined)[] = []
    const url = await serve((request, response) => {
      methods.push(request.method)
      response.writeHead(methods.length === 1 ? 200 : 500).end()
    })
    const { client } = clientFor(url)
    await expect(client.send(deletion, never)).resolves.toBeUndefined()
    expect((await refusal(client.send(deletion, never))).kind).toBe('server')
    expect(methods).toEqual(['DELETE', 'DELETE'])
  })

  it('keeps cookies, caches and redirects of the host’s fetch out of it', async () => {
    const asked = vi.fn<Http['fetch']>(() => Promise.resolve(new Response('{"name":"a"}')))
    await clientFor('https://x.invalid', { http: { fetch: asked } }).client.send(call, never)
    expect(asked.mock.calls[0]?.[1]).toMatchObject({
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
    })
  })

  it('names the failing field', async () => {
    const { client } = clientFor(await serve(answering(`{"rooms":[{"id":1},{"id":"${TITLE}"}]}`)))
    const schema = z.object({ rooms: z.array(z.object({ id: z.int() })) })
    const error = await refusal(client.send({ ...call, schema }, never))
    expect(error.message).toBe('oa/thing: unexpected answer at "rooms.1.id" (invalid_type)')
  })

  it('does not follow a redirect, which would carry the token elsewhere', async () => {
    let strayed = 0
    const elsewhere = await serve((_request, response) => {
      strayed += 1
      response.end('{"name":"trap"}')
    })
    const { client } = clientFor(await serve(answering('', 302, { location: elsewhere })))
    expect((await refusal(client.send(call, never))).kind).toBe('badResponse')
    expect(strayed).toBe(0)
  })

  it.each([
    ['seconds', '17', 17_000],
    ['a date, read against the server’s own clock', 'Mon, 16 Mar 2026 02:01:30 GMT', 90_000],
    ['a date gone by', 'Mon, 16 Mar 2026 01:00:00 GMT', 0],
    ['an absurd pause', '999999999', 86_400_000],
    ['nonsense', 'soon', undefined],
  ])('reads Retry-After: %s', async (_name, retryAfter, expected) => {
    const headers = { 'retry-after': retryAfter, date: 'Mon, 16 Mar 2026 02:00:00 GMT' }
    const { client } = clientFor(await serve(answering('', 429, headers)))
    expect((await refusal(client.send(call, never))).details.retryAfterMs).toBe(expected)
  })

  it('repeats a key for a list and keeps plus signs: some vendors understand nothing else', async () => {
    const seen: (string | undefined)[] = []
    const url = await serve((request, response) => {
      seen.push(request.url)
      response.end('{"name":"Jade"}')
    })
    const query = { ids: ['a', 'b'], at: '2026-03-16T10:00:00+08:00' }
    await clientFor(url).client.send({ ...call, query }, never)
    expect(new URLSearchParams(seen[0]?.split('?')[1]).getAll('ids')).toEqual(['a', 'b'])
    expect(new URLSearchParams(seen[0]?.split('?')[1]).get('at')).toBe(query.at)
  })

  it('tells only the calls the vendor counts', async () => {
    const isCounted: HttpClientOptions['isCounted'] = (name, status) =>
      name === 'oa/thing' && (status === null || status < 400)
    let status = 200
    const url = await serve((request, response) => {
      if (status === 0) request.socket.destroy()
      else response.writeHead(status).end('{"name":"Jade"}')
    })
    const { client, onCall } = clientFor(url, { isCounted })
    await client.send(call, never)
    await client.send({ ...call, name: 'gettoken' }, never)
    expect(onCall).toHaveBeenCalledTimes(1)
    status = 500
    await refusal(client.send(call, never))
    expect(onCall).toHaveBeenCalledTimes(1)
    status = 0
    await refusal(client.send(call, never))
    expect(onCall).toHaveBeenCalledTimes(2)
  })

  it('hands the headers to whoever reads the refusal', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(429, { 'x-ogw-ratelimit-reset': '7' }).end('{"code":99991400}')
    })
    const vendorErrorOf: HttpClientOptions['vendorErrorOf'] = (_body, _name, header) =>
      new ProviderError('rateLimited', 'wait', { vendorCode: header('x-ogw-ratelimit-reset') ?? 'none' })
    const { client } = clientFor(url, { vendorErrorOf })
    expect((await refusal(client.send(call, never))).details.vendorCode).toBe('7')
  })

  it('asks the vendor’s own refusal first, whatever the status', async () => {
    const refused = new ProviderError('permission', 'scope', { vendorCode: '99991672' })
    const vendorErrorOf = vi.fn(() => refused)
    const { client } = clientFor(await serve(answering('{"code":99991672}', 400)), { vendorErrorOf })
    await expect(client.send(call, never)).rejects.toBe(refused)
    expect(vendorErrorOf).toHaveBeenCalledWith({ code: 99991672 }, 'oa/thing', expect.any(Function))
  })
})

describe('createHttpClient: size', () => {
  it('stops a body that never ends, without a Content-Length', async () => {
    let closed = (): void => undefined
    const hungUp = new Promise<void>((resolve) => (closed = resolve))
    const url = await serve((_request, response) => {
      const more = (): void => {
        while (response.write('x'.repeat(16_384)));
        response.once('drain', more)
      }
      response.on('close', () => closed())
      more()
    })
    const { client } = clientFor(url, { maxBodyBytes: 100_000 })
    const error = await refusal(client.send(call, never))
    expect([error.kind, error.message]).toEqual([
      'badResponse',
      'oa/thing: the answer is longer than 100000 bytes',
    ])
    await hungUp
  })

  it('counts bytes after decompression', async () => {
    const bomb = gzipSync(`{"name":"${'a'.repeat(1_000_000)}"}`)
    expect(bomb.byteLength).toBeLessThan(5000)
    const { client } = clientFor(await serve(answering(bomb, 200, { 'content-encoding': 'gzip' })), {
      maxBodyBytes: 100_000,
    })
    expect((await refusal(client.send(call, never))).kind).toBe('badResponse')
  })

  it('keeps a character whole that arrives in two pieces', async () => {
    const bytes = Buffer.from('{"name":"湖"}')
    const url = await serve((_request, response) => {
      response.write(bytes.subarray(0, 10))
      setTimeout(() => response.end(bytes.subarray(10)), 20)
    })
    await expect(clientFor(url).client.send(call, never)).resolves.toEqual({ name: '湖' })
  })
})

describe('createHttpClient: the wire', () => {
  it('a refused connection is network, and no call of the budget', async () => {
    const port = await listen(createServer())
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve))
    const { client, onCall } = clientFor(`http://127.0.0.1:${port}`)
    const error = await refusal(client.send(call, never))
    expect([error.kind, error.details.vendorCode]).toEqual(['network', 'ECONNREFUSED'])
    expect(onCall).not.toHaveBeenCalled()
  })

  it('an unknown host is network', async () => {
    const { client, onCall } = clientFor('http://no-such-host.invalid')
    expect((await refusal(client.send(call, never))).kind).toBe('network')
    expect(onCall).not.toHaveBeenCalled()
  })

  it('a connection dropped before the answer is network, and may have been counted', async () => {
    const { client, onCall } = clientFor(await serve((request) => request.socket.destroy()))
    expect((await refusal(client.send(call, never))).kind).toBe('network')
    expect(onCall).toHaveBeenCalledTimes(1)
  })

  it('a connection dropped inside the body is network, not a short answer', async () => {
    const url = await serve((request, response) => {
      response.writeHead(200, { 'content-length': '400' })
      response.write(`{"name":"${TITLE}"}`)
      setTimeout(() => request.socket.destroy(), 20)
    })
    expect((await refusal(clientFor(url).client.send(call, never))).kind).toBe('network')
  })

  it('a certificate nobody trusts is tls', async () => {
    const port = await listen(createTlsServer(selfSignedCertificate(), answering('{"name":"trap"}')))
    const { client, onCall } = clientFor(`https://127.0.0.1:${port}`)
    const error = await refusal(client.send(call, never))
    expect([error.kind, error.details.vendorCode]).toEqual(['tls', 'DEPTH_ZERO_SELF_SIGNED_CERT'])
    expect(onCall).not.toHaveBeenCalled()
  })

  it('plain HTTP where TLS was expected is tls', async () => {
    const port = await listen(createServer(answering('{}')))
    expect((await refusal(clientFor(`https://127.0.0.1:${port}`).client.send(call, never))).kind).toBe('tls')
  })

  it('a slow body is cut off: the deadline covers headers and body together', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(timer))
    })
    const { client } = clientFor(url, { deadlineMs: 150 })
    const error = await refusal(client.send(call, never))
    expect([error.kind, error.message]).toEqual(['network', 'oa/thing: no complete answer within 150 ms'])
  })
})

describe('createHttpClient: giving up', () => {
  const hangs: Http = { fetch: () => new Promise(() => undefined) }

  it('a fetch that never settles and ignores its signal ends at the deadline, on the Clock', async () => {
    const clock = createFakeClock(START_MS)
    const { client } = clientFor('https://x.invalid', { http: hangs, clock, deadlineMs: 10_000 })
    const outcome = refusal(client.send(call, never))
    await clock.advance(9_999)
    expect(clock.pending()).toBe(1)
    await clock.advance(1)
    expect((await outcome).kind).toBe('network')
  })

  it('a body that never comes ends at the deadline too', async () => {
    const clock = createFakeClock(START_MS)
    const http: Http = { fetch: () => Promise.resolve(new Response(new ReadableStream({}))) }
    const { client } = clientFor('https://x.invalid', { http, clock, deadlineMs: 10_000 })
    const outcome = refusal(client.send(call, never))
    await clock.advance(10_000)
    expect((await outcome).kind).toBe('network')
  })

  it('leaves no timer behind after an answer', async () => {
    const clock = createFakeClock(START_MS)
    const http: Http = { fetch: () => Promise.resolve(new Response('{"name":"a"}')) }
    await clientFor('https://x.invalid', { http, clock }).client.send(call, never)
    expect(clock.pending()).toBe(0)
  })

  it.each(['before', 'during'])('the caller’s abort %s throws its own reason', async (when) => {
    const controller = new AbortController()
    const reason = new Error('settings changed')
    const clock = createFakeClock(START_MS)
    const { client, onCall } = clientFor('https://x.invalid', { http: hangs, clock })
    if (when === 'before') controller.abort(reason)
    const outcome = client.send(call, controller.signal)
    controller.abort(reason)
    await expect(outcome).rejects.toBe(reason)
    expect(clock.pending()).toBe(0)
    if (when === 'before') expect(onCall).not.toHaveBeenCalled()
  })

  it('an abort inside the body throws the reason as well, and hangs up', async () => {
    const controller = new AbortController()
    const reason = new Error('stopped')
    let closed = (): void => undefined
    const hungUp = new Promise<void>((resolve) => (closed = resolve))
    const url = await serve((_request, response) => {
      response.on('close', () => closed())
      response.writeHead(200)
      response.write('{')
      setTimeout(() => controller.abort(reason), 20)
    })
    await expect(clientFor(url).client.send(call, controller.signal)).rejects.toBe(reason)
    await hungUp
  })
})

// Electron keeps the connection of an answer that is not read to its end until the request is aborted, and has six a host.
describe('createHttpClient: the call is over for the host, too', () => {
  const huge = answering(JSON.stringify({ name: 'x'.repeat(5000) }))
  const unreadable = answering('not packed at all', 200, { 'content-encoding': 'gzip' })
  const isUnending = /takes too long|none at all/
  const cut: RequestListener = (request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{')
    setTimeout(() => request.socket.destroy(), 20)
  }

  it.each([
    ['a good answer', answering('{"name":"a"}'), 'a'],
    ['one too long', huge, 'badResponse'],
    ['one of another shape', answering('{"nome":"a"}'), 'badResponse'],
    ['one that is no JSON', answering('<html></html>'), 'badResponse'],
    ['one that cannot be unpacked', unreadable, 'network'],
    ['an error’s page', answering('<html></html>', 500), 'server'],
    ['a long error’s page', answering('x'.repeat(5000), 500), 'badResponse'],
    ['a redirect with a body', answering('x'.repeat(500), 302, { location: '/else' }), 'badResponse'],
    ['nothing', answering('', 204), 'badResponse'],
    ['one that breaks off', cut, 'network'],
    [
      'one that takes too long',
      (_request, response) => void response.writeHead(200).write('{'),
      'network',
      150,
    ],
    ['none at all', () => undefined, 'network'],
  ] as readonly (readonly [string, RequestListener, string])[])('after %s', async (name, listener, end) => {
    const deadlineMs = isUnending.test(name) ? 150 : 20_000
    const signals: AbortSignal[] = []
    const http: Http = {
      fetch: (input, init) => {
        signals.push(init.signal)
        return fetch(input, init)
      },
    }
    const { client } = clientFor(await serve(listener), { http, maxBodyBytes: 1000, deadlineMs })
    const outcome = await client.send(call, never).then(
      ({ name }) => name,
      (error: unknown) => (error instanceof ProviderError ? error.kind : error),
    )
    expect([outcome, signals.map(({ aborted }) => aborted)]).toEqual([end, [true]])
  })

  it('and never while its answer is being read', async () => {
    const seen: boolean[] = []
    const http: Http = {
      fetch: (_input, { signal }) =>
        Promise.resolve(
          new Response(
            new ReadableStream({
              pull(stream) {
                seen.push(signal.aborted)
                stream.enqueue(new TextEncoder().encode(seen.length === 1 ? '{"name":' : '"a"}'))
                if (seen.length === 2) stream.close()
              },
            }),
          ),
        ),
    }
    await expect(clientFor('https://x.invalid', { http }).client.send(call, never)).resolves.toEqual({
      name: 'a',
    })
    expect(seen).toEqual([false, false])
  })

  it.each([
    ['POST', undefined, true],
    ['PUT', undefined, true],
    ['PATCH', undefined, true],
    ['DELETE', undefined, true],
    ['GET', undefined, false],
    ['POST', true, false],
  ] as const)('a %s goes out as a write unless it is told to be a read', async (method, isRead, isWrite) => {
    const asked = vi.fn<Http['fetch']>(() => Promise.resolve(new Response('{"name":"a"}')))
    const one = { ...call, method, ...(isRead ? { isRead } : {}) }
    await clientFor('https://x.invalid', { http: { fetch: asked } }).client.send(one, never)
    expect(asked.mock.calls[0]?.[1].isWrite).toBe(isWrite)
  })
})

describe('createHttpClient: the server’s clock', () => {
  const dated = (date: string, headers: Record<string, string> = {}): Http => ({
    fetch: () => Promise.resolve(new Response('{"name":"a"}', { headers: { date, ...headers } })),
  })
  const offsetsOf = async (http: Http): Promise<number[]> => {
    const clock = createFakeClock(START_MS)
    const { client, setOffset } = clientFor('https://x.invalid', { http, clock })
    await client.send(call, never).catch(() => undefined)
    return setOffset.mock.calls.map(([offsetMs]) => offsetMs)
  }

  it.each([
    ['an hour ahead', 'Mon, 16 Mar 2026 03:00:00 GMT', [3_600_500]],
    ['within the header’s blur', 'Mon, 16 Mar 2026 02:00:01 GMT', [0]],
    ['behind', 'Mon, 16 Mar 2026 01:59:00 GMT', [-59_500]],
    ['nonsense', 'yesterday', []],
  ])('%s', async (_name, date, expected) => {
    expect(await offsetsOf(dated(date))).toEqual(expected)
  })

  it('does not believe a cached answer', async () => {
    expect(await offsetsOf(dated('Mon, 16 Mar 2026 01:00:00 GMT', { age: '3600' }))).toEqual([])
  })

  it('does not believe a page that is no answer of the vendor', async () => {
    const http: Http = {
      fetch: () =>
        Promise.resolve(new Response('<html>', { headers: { date: 'Mon, 16 Mar 2020 01:00:00 GMT' } })),
    }
    expect(await offsetsOf(http)).toEqual([])
  })
})
