import type { ProviderErrorKind } from '../../../shared/domain/providerErrorKind.ts'
import { ProviderError } from '../ProviderError.ts'

/** A request that ended without an answer. */
export interface TransportFailure {
  readonly error: ProviderError
  /** False where the vendor cannot have seen the call, so that an evening offline does not spend the month's calls. */
  readonly wasSent: boolean
}

/** Codes of Node's fetch (undici, TLS) and Chromium's, whose texts read `net::ERR_…`. */
const TLS_CODE =
  /^(?:CERT_|ERR_CERT|ERR_TLS_|ERR_SSL_|ERR_BAD_SSL|ERR_CLIENT_AUTH|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_|EPROTO$)/
const NOT_SENT_CODE =
  /^(?:ENOTFOUND|EAI_|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EHOSTDOWN|UND_ERR_CONNECT_TIMEOUT|ERR_NAME_|ERR_DNS_|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_CONNECTION_TIMED_OUT|ERR_ADDRESS_|ERR_PROXY_|ERR_TUNNEL_|ERR_NETWORK_ACCESS_DENIED)/
/** The peer does not speak HTTP, or tried to send us elsewhere. */
const NOT_HTTP_CODE =
  /^(?:HPE_|ERR_INVALID_HTTP|ERR_RESPONSE_HEADERS|ERR_UNSAFE_REDIRECT|ERR_TOO_MANY_REDIRECTS)/
/** Axios' own words for what the cause below says better. */
const AXIOS_CODES: ReadonlySet<string> = new Set([
  'ERR_NETWORK',
  'ERR_BAD_REQUEST',
  'ERR_BAD_RESPONSE',
  'ERR_CANCELED',
])
const CODE = /^[A-Z][A-Z0-9_]{2,60}$/
const CHROMIUM_TEXT = /net::(ERR_[A-Z0-9_]+)/
/** Electron's answer to a redirect it was told not to follow carries no code. */
const REDIRECT_TEXT = /redirect was cancell?ed|unexpected redirect/i
const MAX_DEPTH = 6

/**
 * Says in our words why a request ended without an answer. Takes the code alone: the transport's own error carries the
 * URL with its token, the headers and the body, and must go no further.
 * @param name the call's name, for the error's text
 */
export function transportError(thrown: unknown, name: string): TransportFailure {
  const code = [...codesOf(thrown)].find((found) => !AXIOS_CODES.has(found))
  if (code === undefined) {
    return { error: new ProviderError('network', `${name}: the connection failed`), wasSent: true }
  }
  const kind = kindOf(code)
  const error = new ProviderError(kind, `${name}: the connection failed with ${code}`, { vendorCode: code })
  return { error, wasSent: kind !== 'tls' && !NOT_SENT_CODE.test(code) }
}

/** Whether an error of this transport proves that the vendor never saw the request: then it cannot have done anything. */
export function isUnsent({ kind, details }: ProviderError): boolean {
  return kind === 'tls' || (kind === 'network' && NOT_SENT_CODE.test(details.vendorCode ?? ''))
}

function kindOf(code: string): ProviderErrorKind {
  if (TLS_CODE.test(code)) return 'tls'
  return NOT_HTTP_CODE.test(code) || code === 'REDIRECTED' ? 'badResponse' : 'network'
}

/** Every code of an error, its causes and, where several addresses were tried, their parts; the deepest last. */
function* codesOf(thrown: unknown, depth = 0): Generator<string> {
  if (!(thrown instanceof Error) || depth > MAX_DEPTH) return
  const code = 'code' in thrown ? thrown.code : undefined
  if (typeof code === 'string' && CODE.test(code)) yield code
  const chromium = CHROMIUM_TEXT.exec(thrown.message)?.[1]
  if (chromium !== undefined) yield chromium
  if (REDIRECT_TEXT.test(thrown.message)) yield 'REDIRECTED'
  if (thrown instanceof AggregateError) for (const part of thrown.errors) yield* codesOf(part, depth + 1)
  yield* codesOf(thrown.cause, depth + 1)
}
