import { describe, expect, it } from 'vitest'
import { askNetwork, judgeCertificates, judgeClock, judgeDns, judgeProxy } from './checkNetwork.ts'
import type { NetworkFacts } from './checkNetwork.ts'
import type { Reach } from './NetworkProbe.ts'

const NOW = Date.UTC(2026, 10, 23, 2)
const answered = (aheadSeconds = 0): Reach => ({
  kind: 'answered',
  dateMs: NOW + aheadSeconds * 1000,
  atMs: NOW,
})
const failed = (code: string): Reach => ({ kind: 'failed', code })
const facts = (over: Partial<NetworkFacts> = {}): NetworkFacts => ({
  host: 'qyapi.weixin.qq.com',
  isEncrypted: true,
  lookUpCode: null,
  proxy: null,
  ignoredProxy: null,
  reach: answered(),
  issuer: null,
  isPanelsTrust: true,
  ...over,
})

describe('judgeDns', () => {
  it.each<[Partial<NetworkFacts>, string, string]>([
    [{}, 'ok', 'dnsFine'],
    [{ host: '10.0.0.8' }, 'ok', 'dnsLiteral'],
    [{ lookUpCode: 'ENOTFOUND' }, 'fail', 'dnsUnknownName'],
    [{ lookUpCode: 'EAI_AGAIN' }, 'fail', 'dnsSilent'],
    // Behind a proxy many networks resolve nothing of the outside.
    [{ lookUpCode: 'ENOTFOUND', proxy: 'proxy:3128' }, 'ok', 'dnsProxy'],
  ])('%j is %s: %s', (over, outcome, text) => {
    expect(judgeDns(facts(over))).toMatchObject({ outcome, text })
  })
})

describe('judgeProxy', () => {
  it.each<[Partial<NetworkFacts>, string, string]>([
    [{}, 'ok', 'proxyNone'],
    [{ proxy: 'proxy:3128' }, 'ok', 'proxyFine'],
    [{ reach: failed('ECONNREFUSED') }, 'fail', 'proxyNoneSilent'],
    [{ proxy: 'proxy:3128', reach: failed('ERR_TUNNEL_CONNECTION_FAILED') }, 'fail', 'proxySilent'],
    [{ ignoredProxy: 'proxy:3128' }, 'warn', 'proxyIgnored'],
    [{ ignoredProxy: 'proxy:3128', reach: failed('ENOTFOUND') }, 'fail', 'proxyIgnored'],
    // Somebody answered; that nobody trusts them is told once, with the certificates.
    [{ reach: failed('ERR_CERT_AUTHORITY_INVALID') }, 'ok', 'proxyNone'],
  ])('%j is %s: %s', (over, outcome, text) => {
    expect(judgeProxy(facts(over))).toMatchObject({ outcome, text })
  })
})

describe('judgeCertificates', () => {
  it.each<[Partial<NetworkFacts>, string, string]>([
    [{}, 'ok', 'certificatesFine'],
    [{ isEncrypted: false }, 'warn', 'certificatesPlain'],
    [{ reach: failed('ERR_CERT_AUTHORITY_INVALID') }, 'fail', 'certificatesUnknownRoot'],
    [{ reach: failed('UNABLE_TO_GET_ISSUER_CERT_LOCALLY') }, 'fail', 'certificatesUnknownRoot'],
    [{ reach: failed('SELF_SIGNED_CERT_IN_CHAIN') }, 'fail', 'certificatesUnknownRoot'],
    [{ reach: failed('ERR_CERT_DATE_INVALID') }, 'fail', 'certificatesExpired'],
    [{ reach: failed('CERT_HAS_EXPIRED') }, 'fail', 'certificatesExpired'],
    [{ reach: failed('ERR_TLS_CERT_ALTNAME_INVALID') }, 'fail', 'certificatesWrongName'],
    // Node knows other roots than Chromium: neither a yes nor a no of it is the panel's.
    [{ isPanelsTrust: false }, 'unknown', 'certificatesNodeFine'],
    [
      { isPanelsTrust: false, reach: failed('SELF_SIGNED_CERT_IN_CHAIN') },
      'unknown',
      'certificatesNodeUnknown',
    ],
    [{ reach: failed('ERR_SSL_PROTOCOL_ERROR') }, 'fail', 'certificatesBad'],
    // A host that is not there says nothing of its certificate.
    [{ reach: failed('ENOTFOUND') }, 'unknown', 'certificatesNotReached'],
  ])('%j is %s: %s', (over, outcome, text) => {
    expect(judgeCertificates(facts(over))).toMatchObject({ outcome, text })
  })
})

describe('judgeClock', () => {
  it.each<[number | null, boolean | null, string, string]>([
    [0, true, 'ok', 'clockFine'],
    [-10, null, 'ok', 'clockFine'],
    [30, true, 'warn', 'clockDrifts'],
    [-61, true, 'fail', 'clockOff'],
    [0, false, 'warn', 'clockNotSynced'],
    [null, true, 'unknown', 'clockUnknown'],
    [null, false, 'warn', 'clockNotSynced'],
  ])('%s s ahead, synchronised %s: %s, %s', (ahead, isSynced, outcome, text) => {
    const reach = ahead === null ? failed('ENOTFOUND') : answered(ahead)
    expect(judgeClock(facts({ reach }), isSynced, 'Asia/Shanghai')).toMatchObject({ outcome, text })
  })

  it('goes by the system alone where no account is set up', () => {
    expect(judgeClock(null, true, 'UTC')).toMatchObject({ outcome: 'ok', text: 'clockSyncedOnly' })
    expect(judgeClock(null, null, 'UTC')).toMatchObject({ outcome: 'unknown' })
  })
})

describe('askNetwork', () => {
  const probe = (reach: Reach) => {
    const asked: string[] = []
    return {
      asked,
      ignoredProxy: null,
      isPanelsTrust: true,
      lookUp: (host: string) => {
        asked.push(`look up ${host}`)
        return Promise.resolve(null)
      },
      findProxy: () => Promise.resolve(null),
      reach: () => Promise.resolve(reach),
      findIssuer: (host: string, port: number) => {
        asked.push(`issuer of ${host}:${port}`)
        return Promise.resolve('ACME Root')
      },
    }
  }

  it('asks who vouches for a host only where nobody known does', async () => {
    const untrusted = probe(failed('ERR_CERT_AUTHORITY_INVALID'))
    expect(await askNetwork(untrusted, 'https://a.example:8443')).toMatchObject({ issuer: 'ACME Root' })
    expect(untrusted.asked).toEqual(['look up a.example', 'issuer of a.example:8443'])
    const trusted = probe(answered())
    await askNetwork(trusted, 'https://[::1]')
    expect(trusted.asked).toEqual([])
  })
})
