import { describe, expect, it } from 'vitest'
import { findRefusal, securityHeaders } from './guard.ts'

const policy = { allowedHosts: ['door.example.com'], isFramingAllowed: false }
const ask = (headers: Record<string, string>, path = '/api/events') =>
  findRefusal(policy, path, headers)?.rule ?? null

describe('the Host header', () => {
  it.each([
    'localhost:8787',
    'LOCALHOST:8787',
    '127.0.0.1:8787',
    '127.0.0.53:8787',
    '[::1]:8787',
    'localhost',
    'door.example.com',
    'Door.Example.com:80',
  ])('lets %s in', (host) => {
    expect(ask({ host })).toBeNull()
  })

  // A rebound name would let any web site read the meeting list through its own address.
  it.each([
    'evil.example',
    'evil.example:8787',
    'localhost.evil.example',
    'door.example.com.evil.example',
    '127.0.0.1.evil.example',
    'localhost:8787@evil.example',
    'evil.example#localhost',
    '128.0.0.1:8787',
    '0.0.0.0:8787',
    '[::1]evil.example',
    '',
  ])('keeps %s out', (host) => {
    expect(ask({ host })).toBe('host')
  })

  it('keeps a request without one out', () => {
    expect(ask({})).toBe('host')
  })

  it('tells the operator the option that would let a name in', () => {
    expect(findRefusal(policy, '/', { host: 'panel.corp:8787' })?.reason).toContain(
      '--allow-host panel.corp ',
    )
  })
})

describe('the Origin header', () => {
  const host = '127.0.0.1:8787'
  it.each(['http://127.0.0.1:8787', 'https://127.0.0.1:8787', 'HTTP://127.0.0.1:8787'])(
    'takes the own %s',
    (origin) => {
      expect(ask({ host, origin })).toBeNull()
    },
  )

  // The other port is another program of this machine, and the other name another site in the same browser.
  it.each([
    'http://127.0.0.1:8788',
    'http://127.0.0.1',
    'http://localhost:8787',
    'https://evil.example',
    'http://127.0.0.1:8787.evil.example',
    'http://127.0.0.1:8787/path',
    'null',
    'file://',
    '',
  ])('refuses %s', (origin) => {
    expect(ask({ host, origin })).toBe('origin')
    expect(ask({ host, origin }, '/')).toBe('origin')
  })
})

describe('the Sec-Fetch headers', () => {
  const host = '127.0.0.1:8787'
  it.each(['same-origin', 'none'])('take %s', (site) => {
    expect(ask({ host, 'sec-fetch-site': site })).toBeNull()
  })

  it.each(['cross-site', 'same-site'])('refuse %s, for the API and for an embedded file', (site) => {
    const headers = { host, 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' }
    expect(ask(headers, '/api/events')).toBe('site')
    expect(ask(headers, '/assets/index.js')).toBe('site')
  })

  it('let a link of another site open the page, but neither a frame nor the API', () => {
    const link = { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    expect(ask({ ...link, 'sec-fetch-dest': 'document' }, '/rooms/west-lake')).toBeNull()
    expect(ask({ ...link, 'sec-fetch-dest': 'iframe' }, '/rooms/west-lake')).toBe('site')
    expect(ask({ ...link, 'sec-fetch-dest': 'document' }, '/api/events')).toBe('site')
  })
})

describe('the headers of every answer', () => {
  it('allow nothing the screen does not need and never cross-origin reads', () => {
    const headers = securityHeaders(policy)
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    })
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it('allow framing by the own origin alone, and only in a demo', () => {
    const csp = securityHeaders({ ...policy, isFramingAllowed: true })['content-security-policy']
    expect(csp).toMatch(/frame-src 'self'; frame-ancestors 'self'$/)
  })
})
