import type { InjectOptions } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anyScreen } from '../../core/api/Caller.ts'
import { createFakeClock } from '../../core/testing/fakeClock.ts'
import { createRecordingLogger } from '../../core/testing/recordingLogger.ts'
import { apiErrorCodes } from '../../shared/api/errors.ts'
import { HostFailure } from '../HostFailure.ts'
import { createFakeCore, SESSION } from '../testing/fakeCore.ts'
import { BODY_LIMIT_BYTES } from './apiRoutes.ts'
import { addressOf, createServer } from './server.ts'
import type { ScreenFile, ScreenFiles } from './staticFiles.ts'

const host = '127.0.0.1:8787'
const file = (text: string, contentType: string, more: Partial<ScreenFile> = {}): ScreenFile => ({
  content: Buffer.from(text),
  compressed: null,
  contentType,
  cacheControl: 'no-store',
  ...more,
})
const screen: ScreenFiles = new Map([
  ['/index.html', file('<!doctype html>', 'text/html; charset=utf-8')],
  [
    '/assets/index-abc.js',
    file('export {}', 'text/javascript; charset=utf-8', {
      cacheControl: 'public, max-age=31536000, immutable',
      compressed: Buffer.from('gzipped'),
    }),
  ],
])

function build() {
  const core = createFakeCore()
  const log = createRecordingLogger()
  const guard = { allowedHosts: [], isFramingAllowed: false }
  return { core, log, server: createServer({ core, log, clock: createFakeClock(0), screen, guard }) }
}

let { core, log, server } = build()
beforeEach(() => {
  ;({ core, log, server } = build())
})
afterEach(() => server.close())

const send = (options: InjectOptions) =>
  server.app.inject({ ...options, headers: { host, ...options.headers } })
const post = (url: string, payload: unknown, headers: Record<string, string> = {}) =>
  send({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...headers },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  })

describe('a request', () => {
  it('reaches the core as it was sent, with no more than display access', async () => {
    core.answer({ ok: true, data: { answer: 42 } })
    const response = await post('/api/room.getSnapshot', { roomId: '西湖' })
    expect(response.statusCode).toBe(200)
    expect(response.json()).toEqual({ ok: true, data: { answer: 42 } })
    expect(core.dispatched).toEqual([
      { route: 'room.getSnapshot', input: { roomId: '西湖' }, caller: anyScreen },
    ])
    expect(response.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
  })

  it.each([
    [SESSION, { kind: 'admin', session: SESSION }],
    ['another', anyScreen],
    ['', anyScreen],
    [SESSION.padEnd(300), anyScreen],
  ])('with the session %j is handed on as from %j', async (sent, caller) => {
    await post('/api/settings.get', {}, { 'x-doorplate-session': sent })
    expect(core.dispatched).toMatchObject([{ caller }])
  })

  // A screen reads the envelope; monitors and proxies read the status. Both must be told.
  it.each(apiErrorCodes)('that ends in %s says so in the status and in the envelope', async (code) => {
    const error = { code, issues: [{ path: 'roomId', message: 'x' }], waitMs: 5 }
    core.answer({ ok: false, error })
    const response = await post('/api/panel.open', {})
    expect(response.statusCode).toBeGreaterThanOrEqual(400)
    expect(response.json()).toEqual({ ok: false, error })
  })

  it.each([
    ['text', { 'content-type': 'text/plain' }, '{}'],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=1'],
    ['nothing', {}, ''],
    ['what only begins like JSON', { 'content-type': 'application/jsonp' }, '{}'],
    ['something unsaid', {}, '{}'],
  ])('that carries %s is refused before the core sees it', async (_case, headers, payload) => {
    const response = await send({ method: 'POST', url: '/api/panel.open', headers, payload })
    expect(response.statusCode).toBe(415)
    expect(response.json()).toMatchObject({ ok: false, error: { code: 'badRequest' } })
    expect(core.dispatched).toEqual([])
  })

  it('may name the encoding of its JSON', async () => {
    const response = await post('/api/panel.open', {}, { 'content-type': 'application/json; charset=utf-8' })
    expect(response.statusCode).toBe(200)
  })

  it('beyond the limit is refused in the envelope, one at the limit is taken', async () => {
    const atLimit = `"${'x'.repeat(BODY_LIMIT_BYTES - 2)}"`
    expect((await post('/api/panel.open', atLimit)).statusCode).toBe(200)
    const beyond = await post('/api/panel.open', `"${'x'.repeat(BODY_LIMIT_BYTES)}"`)
    expect(beyond.statusCode).toBe(413)
    expect(beyond.json()).toEqual({ ok: false, error: { code: 'badRequest' } })
    expect(core.dispatched).toHaveLength(1)
  })

  it.each(['{', '', '{"__proto__":{"a":1}}'])(
    'with the body %j is refused in the envelope',
    async (payload) => {
      const response = await post('/api/panel.open', payload)
      expect(response.statusCode).toBe(400)
      expect(response.json()).toEqual({ ok: false, error: { code: 'badRequest' } })
    },
  )

  it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'] as const)(
    'by %s does not reach the core and opens no door to other sites',
    async (method) => {
      const response = await send({
        method,
        url: '/api/panel.open',
        headers: { 'access-control-request-method': 'POST' },
      })
      expect(response.statusCode).toBeGreaterThanOrEqual(400)
      expect(Object.keys(response.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
      expect(core.dispatched).toEqual([])
    },
  )

  it('that makes the core throw is answered without its words', async () => {
    server.app.get('/bug', () => {
      throw new Error('sentinel-secret')
    })
    const response = await send({ url: '/bug' })
    expect(response.statusCode).toBe(500)
    expect(response.json()).toEqual({ ok: false, error: { code: 'internal' } })
    expect(response.body + log.text()).not.toContain('sentinel-secret')
  })
})

describe('the guard', () => {
  it('refuses a rebound name with the remedy, in words a person can read', async () => {
    const response = await send({ url: '/', headers: { host: 'evil.example' } })
    expect(response.statusCode).toBe(403)
    expect(response.body).toContain('--allow-host evil.example')
  })

  it('refuses a forged request in the envelope, before its body is read', async () => {
    const response = await post('/api/panel.open', {}, { origin: 'https://evil.example' })
    expect(response.statusCode).toBe(403)
    expect(response.json()).toMatchObject({
      ok: false,
      error: { code: 'forbidden', issues: [{ path: 'origin' }] },
    })
    expect(core.dispatched).toEqual([])
  })

  it('stands before paths that do not exist and methods nobody takes', async () => {
    for (const url of ['/nothing', '/api/nothing', '/api/events']) {
      const response = await send({ method: 'PUT', url, headers: { host: 'evil.example' } })
      expect(response.statusCode).toBe(403)
    }
  })

  it('logs one line for a kind of refusal, however often it comes', async () => {
    for (let turn = 0; turn < 5; turn += 1) await send({ url: '/', headers: { host: `evil${turn}.example` } })
    expect(log.lines.map(({ level, fields }) => [level, fields['rule']])).toEqual([['warn', 'host']])
  })
})

describe('the screen', () => {
  // The page names its files relative to its own address, so that it also works behind a proxy's path.
  it('finds its files from the address of a room', async () => {
    expect((await send({ url: '/rooms/assets/index-abc.js' })).body).toBe('export {}')
    expect((await send({ url: '/rooms/assets' })).body).toBe('<!doctype html>')
  })

  it.each(['/', '/?x=1', '/rooms/west-lake', '/rooms/west-lake?debug', '/rooms/%E8%A5%BF'])(
    'is the page at %s, never cached',
    async (url) => {
      const response = await send({ url })
      expect(response.statusCode).toBe(200)
      expect(response.body).toBe('<!doctype html>')
      expect(response.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
      })
      expect(response.headers['content-security-policy']).toContain("default-src 'none'")
    },
  )

  it('gives hashed files for ever, compressed to those who take it', async () => {
    const url = '/assets/index-abc.js'
    const plain = await send({ url, headers: { 'accept-encoding': 'br, gzip;q=0' } })
    expect(plain.body).toBe('export {}')
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(plain.headers['content-encoding']).toBeUndefined()
    const packed = await send({ url, headers: { 'accept-encoding': 'br, gzip' } })
    expect(packed.body).toBe('gzipped')
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' })
    expect((await send({ url, method: 'HEAD' })).body).toBe('')
  })

  it.each([
    '/..%2f..%2fpackage.json',
    '/../package.json',
    '/%2e%2e/package.json',
    '/assets/..%2f..%2f..%2fetc%2fpasswd',
    '/assets/%2e%2e%5c%2e%2e%5cpackage.json',
    '//etc/passwd',
    '/assets/',
    '/assets',
    '/rooms/',
    '/rooms/a/b',
    '/index.html/',
    '/.git/config',
    '/assets/index-abc.js%00.png',
  ])('has nothing at %s', async (url) => {
    const response = await send({ url })
    expect(response.statusCode).toBe(404)
    expect(response.headers['x-content-type-options']).toBe('nosniff')
  })

  it('takes nothing but reading, and survives an address that is none', async () => {
    expect((await post('/', {})).statusCode).toBe(405)
    const broken = await send({ url: '/%zz' })
    expect(broken.statusCode).toBe(400)
    expect(broken.json()).toMatchObject({ ok: false, error: { code: 'badRequest' } })
  })
})

describe('listening', () => {
  it('says which port is taken and what to do', async () => {
    const port = await server.listen('127.0.0.1', 0)
    const second = build().server
    const failure: unknown = await second.listen('127.0.0.1', port).catch((error: unknown) => error)
    await second.close()
    expect(failure).toBeInstanceOf(HostFailure)
    expect(failure).toMatchObject({ exitCode: 1 })
    expect(String(failure)).toContain(`port ${port} of 127.0.0.1 is taken`)
    expect(String(failure)).toContain('--port')
  })

  it('says that an address is not of this machine', async () => {
    await expect(server.listen('203.0.113.7', 0)).rejects.toThrow('Correct --host')
  })

  it.each([
    ['127.0.0.1', 'http://127.0.0.1:8787/'],
    ['::1', 'http://[::1]:8787/'],
    ['0.0.0.0', 'http://127.0.0.1:8787/'],
    ['::', 'http://127.0.0.1:8787/'],
    ['192.168.10.5', 'http://192.168.10.5:8787/'],
  ])('on %s is announced as %s', (address, url) => {
    expect(addressOf(address, 8787)).toBe(url)
  })
})
