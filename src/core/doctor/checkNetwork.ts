import { isIP } from 'node:net'
import type { Finding } from './Finding.ts'
import { found } from './Finding.ts'
import type { NetworkProbe, Reach } from './NetworkProbe.ts'

/** What the checks of the network look at, asked once for all of them. */
export interface NetworkFacts {
  /** As in the address, without port. */
  readonly host: string
  readonly isEncrypted: boolean
  /** Null when the name has an address. */
  readonly lookUpCode: string | null
  readonly proxy: string | null
  readonly ignoredProxy: string | null
  readonly reach: Reach
  /** Who vouches for the certificate; asked only when it is not trusted. */
  readonly issuer: string | null
  readonly isPanelsTrust: boolean
}

/** What Chromium and Node say of a certificate nobody known vouches for. */
const unknownRoot = new Set([
  'ERR_CERT_AUTHORITY_INVALID',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
])
const wrongTime = new Set(['ERR_CERT_DATE_INVALID', 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'])
const wrongName = new Set(['ERR_CERT_COMMON_NAME_INVALID', 'ERR_TLS_CERT_ALTNAME_INVALID'])
const isTls = (code: string): boolean =>
  [unknownRoot, wrongTime, wrongName].some((codes) => codes.has(code)) || /CERT|SSL|TLS|EPROTO/.test(code)

/** Asks everything the checks of the network need. */
export async function askNetwork(network: NetworkProbe, address: string): Promise<NetworkFacts> {
  const { hostname, protocol, port } = new URL(address)
  const host = hostname.replace(/^\[|\]$/g, '')
  const [lookUpCode, proxy, reach] = await Promise.all([
    isIP(host) === 0 ? network.lookUp(host) : null,
    network.findProxy(address),
    network.reach(address),
  ])
  const isUntrusted = reach.kind === 'failed' && unknownRoot.has(reach.code)
  const issuer = isUntrusted ? await network.findIssuer(host, port === '' ? 443 : Number(port)) : null
  const isEncrypted = protocol === 'https:'
  const { ignoredProxy, isPanelsTrust } = network
  return { host, isEncrypted, lookUpCode, proxy, reach, issuer, ignoredProxy, isPanelsTrust }
}

/** Whether the account's host has an address. */
export function judgeDns({ host, lookUpCode, proxy }: NetworkFacts): Finding {
  if (isIP(host) !== 0) return found('ok', 'dnsLiteral', { host })
  if (lookUpCode === null) return found('ok', 'dnsFine', { host })
  if (proxy !== null) return found('ok', 'dnsProxy', { host, proxy })
  return lookUpCode === 'ENOTFOUND'
    ? found('fail', 'dnsUnknownName', { host })
    : found('fail', 'dnsSilent', { code: lookUpCode })
}

/** Whether the account's host answers, and what stands in between. */
export function judgeProxy({ host, proxy, ignoredProxy, reach }: NetworkFacts): Finding {
  // A certificate that is not trusted was sent by somebody who answered.
  const code = reach.kind === 'failed' && !isTls(reach.code) ? reach.code : null
  if (ignoredProxy !== null) {
    return found(code === null ? 'warn' : 'fail', 'proxyIgnored', { proxy: ignoredProxy })
  }
  if (code === null) {
    return proxy === null ? found('ok', 'proxyNone', { host }) : found('ok', 'proxyFine', { host, proxy })
  }
  return proxy === null
    ? found('fail', 'proxyNoneSilent', { host, code })
    : found('fail', 'proxySilent', { host, proxy, code })
}

/** Whether this device trusts the account's host. */
export function judgeCertificates({
  host,
  isEncrypted,
  reach,
  issuer,
  isPanelsTrust,
}: NetworkFacts): Finding {
  if (!isEncrypted) return found('warn', 'certificatesPlain', { host })
  const isKnown = reach.kind === 'answered'
  if (!isPanelsTrust && (isKnown || unknownRoot.has(reach.code))) {
    return found('unknown', isKnown ? 'certificatesNodeFine' : 'certificatesNodeUnknown', {
      host,
      issuer: issuer ?? '?',
    })
  }
  if (isKnown) return found('ok', 'certificatesFine', { host })
  const { code } = reach
  if (unknownRoot.has(code)) {
    return found('fail', 'certificatesUnknownRoot', { host, issuer: issuer ?? '?' })
  }
  if (wrongTime.has(code)) return found('fail', 'certificatesExpired', { host })
  if (wrongName.has(code)) return found('fail', 'certificatesWrongName', { host })
  return isTls(code)
    ? found('fail', 'certificatesBad', { host, code })
    : found('unknown', 'certificatesNotReached', { host })
}

/** From here on nothing is proved free any more. */
const OFF_SECONDS = 60
const DRIFT_SECONDS = 10

/**
 * @param isSynced what the system says of its time synchronisation; null where it does not
 * @param zone of the panel: the device's own does not matter
 */
export function judgeClock(
  network: Pick<NetworkFacts, 'host' | 'reach'> | null,
  isSynced: boolean | null,
  zone: string,
): Finding {
  const { host = '', reach } = network ?? {}
  if (reach?.kind === 'answered' && reach.dateMs !== null) {
    const seconds = Math.round(Math.abs(reach.dateMs - reach.atMs) / 1000)
    if (seconds > OFF_SECONDS) return found('fail', 'clockOff', { seconds, host })
    if (seconds > DRIFT_SECONDS) return found('warn', 'clockDrifts', { seconds, host })
    return isSynced === false
      ? found('warn', 'clockNotSynced')
      : found('ok', 'clockFine', { seconds: Math.max(1, seconds), zone })
  }
  if (isSynced === false) return found('warn', 'clockNotSynced')
  if (network !== null) return found('unknown', 'clockUnknown', { host, zone })
  return isSynced === true ? found('ok', 'clockSyncedOnly') : found('unknown', 'noAccount')
}
