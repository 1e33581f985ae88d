import type { IncomingHttpHeaders } from 'node:http'

/** Who may speak to this host. */
export interface GuardPolicy {
  /** Names and addresses a browser may have in its address bar, without port; the loopback ones always may. */
  readonly allowedHosts: readonly string[]
  /** Lets pages of this same origin frame the screen, for the gallery of demo builds. */
  readonly isFramingAllowed: boolean
}

/** Why a request is not answered: a sentence for the operator, and a mark that tells refusals apart in the log. */
export interface Refusal {
  readonly rule: 'host' | 'origin' | 'site'
  readonly reason: string
}

/** Names that lead to this machine alone, whatever a name server says. */
const isLoopbackName = (name: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(name)

/** `name:port` of an address bar without its port; null when it is nothing a browser would send. */
function hostNameOf(header: string): string | null {
  const found = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(header)
  return found?.[1]?.toLowerCase() ?? null
}

/** A page's origin is ours when it names the very host and port the request came to; the scheme is a proxy's business. */
function isSameOrigin(origin: string, host: string): boolean {
  const found = /^https?:\/\/([^/]+)$/i.exec(origin)
  return found?.[1]?.toLowerCase() === host.toLowerCase()
}

/** Whether a person followed a link or typed the address, so that no other page can read the answer. */
function isNavigation(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
}

/**
 * The fence against other web sites in the reader's browser: DNS rebinding (`Host`), forged requests (`Origin`,
 * `Sec-Fetch-Site`). Clients without a browser send neither of the last two and are not what this guards against.
 */
export function findRefusal(
  { allowedHosts }: GuardPolicy,
  path: string,
  headers: IncomingHttpHeaders,
): Refusal | null {
  const host = headers.host ?? ''
  const name = hostNameOf(host)
  if (name === null || !(isLoopbackName(name) || allowedHosts.includes(name))) {
    const remedy = name === null ? '' : ` Start the host with --allow-host ${name} if that is right.`
    return { rule: 'host', reason: `This address is not one of this panel's.${remedy}` }
  }
  if (headers.origin !== undefined && !isSameOrigin(headers.origin, host)) {
    return { rule: 'origin', reason: 'Another web site may not use this panel.' }
  }
  const site = headers['sec-fetch-site']
  const isForeign = site === 'cross-site' || site === 'same-site'
  if (isForeign && (path.startsWith('/api/') || !isNavigation(headers))) {
    return { rule: 'site', reason: 'Another web site may not use this panel.' }
  }
  return null
}

/** Headers of every answer. No CORS header is ever among them. */
export function securityHeaders({ isFramingAllowed }: GuardPolicy): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    ...(isFramingAllowed ? ["frame-src 'self'", "frame-ancestors 'self'"] : ["frame-ancestors 'none'"]),
  ]
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': isFramingAllowed ? 'SAMEORIGIN' : 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    'cache-control': 'no-store',
  }
}
