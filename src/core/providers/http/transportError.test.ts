import { describe, expect, it } from 'vitest'
import { transportError } from './transportError.ts'

const coded = (code: string, message = code): Error => Object.assign(new Error(message), { code })
const nodeFetch = (cause: Error): Error => new TypeError('fetch failed', { cause })

describe('transportError', () => {
  it.each([
    ['ENOTFOUND', 'network', false],
    ['EAI_AGAIN', 'network', false],
    ['ECONNREFUSED', 'network', false],
    ['EHOSTUNREACH', 'network', false],
    ['UND_ERR_CONNECT_TIMEOUT', 'network', false],
    ['ECONNRESET', 'network', true],
    ['ETIMEDOUT', 'network', true],
    ['UND_ERR_SOCKET', 'network', true],
    ['HPE_INVALID_CONSTANT', 'badResponse', true],
    ['CERT_HAS_EXPIRED', 'tls', false],
    ['CERT_NOT_YET_VALID', 'tls', false],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls', false],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls', false],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls', false],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls', false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', false],
    ['HOSTNAME_MISMATCH', 'tls', false],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', false],
    ['EPROTO', 'tls', false],
  ])('Node: %s is %s', (code, kind, wasSent) => {
    const { error, wasSent: sent } = transportError(nodeFetch(coded(code)), 'list')
    expect([error.kind, sent, error.details.vendorCode]).toEqual([kind, wasSent, code])
  })

  it.each([
    ['ERR_CERT_AUTHORITY_INVALID', 'tls', false],
    ['ERR_CERT_DATE_INVALID', 'tls', false],
    ['ERR_SSL_PROTOCOL_ERROR', 'tls', false],
    ['ERR_BAD_SSL_CLIENT_AUTH_CERT', 'tls', false],
    ['ERR_INTERNET_DISCONNECTED', 'network', false],
    ['ERR_NAME_NOT_RESOLVED', 'network', false],
    ['ERR_PROXY_CONNECTION_FAILED', 'network', false],
    ['ERR_NETWORK_IO_SUSPENDED', 'network', true],
    ['ERR_CONNECTION_RESET', 'network', true],
    ['ERR_EMPTY_RESPONSE', 'network', true],
    ['ERR_INVALID_HTTP_RESPONSE', 'badResponse', true],
  ])('Chromium: %s is %s', (code, kind, wasSent) => {
    const { error, wasSent: sent } = transportError(new Error(`net::${code}`), 'list')
    expect([error.kind, sent, error.details.vendorCode]).toEqual([kind, wasSent, code])
  })

  it('looks into every address that was tried', () => {
    const both = new AggregateError([coded('ETIMEDOUT'), coded('ENETUNREACH')], '')
    expect(transportError(nodeFetch(both), 'list').error.details.vendorCode).toBe('ETIMEDOUT')
  })

  it('sees through the names axios gives', () => {
    const wrapped = Object.assign(coded('ERR_NETWORK', 'Network Error'), { cause: coded('CERT_HAS_EXPIRED') })
    expect(transportError(wrapped, 'list').error.kind).toBe('tls')
  })

  it('a redirect refused by Electron is no network fault', () => {
    expect(transportError(new Error('Redirect was cancelled'), 'list').error.kind).toBe('badResponse')
  })

  it('an error without a code is network, and its text goes no further', () => {
    const { error } = transportError(new Error('GET https://x/?access_token=abc failed'), 'list')
    expect([error.kind, error.message, error.cause]).toEqual([
      'network',
      'list: the connection failed',
      undefined,
    ])
  })

  it('a code that is no code stays out of the text', () => {
    expect(transportError(coded('token=abc'), 'list').error.message).not.toContain('abc')
  })
})
