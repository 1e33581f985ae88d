import { DAY_MS } from '../../../shared/domain/duration.ts'
import { ProviderError } from '../ProviderError.ts'

const MAX_PAUSE_MS = DAY_MS

/** The parts of an answer its status can be judged by. */
export interface AnswerHead {
  readonly status: number
  readonly retryAfter: string | null
  /** The server's own `Date`, against which a dated `Retry-After` is read. */
  readonly date: string | null
}

/**
 * What an HTTP status outside 2xx means for platforms whose errors stand in the body.
 * A redirect is never an answer: behind it is a captive portal, a login page or a wrong base address.
 * @param name the call's name, for the error's text
 * @returns null for 2xx
 */
export function statusError(head: AnswerHead, name: string, nowMs: number): ProviderError | null {
  const { status } = head
  if (status >= 200 && status < 300) return null
  const message = `${name}: HTTP ${status}`
  const details = { vendorCode: `HTTP ${status}`, retryAfterMs: retryAfterMs(head, nowMs) }
  if (status === 429) return new ProviderError('rateLimited', message, details)
  // 407 and 511 are spoken by a proxy or a portal on the way, 408 by a peer that never got the request.
  if (status === 407 || status === 408 || status === 511)
    return new ProviderError('network', message, details)
  if (status >= 500) return new ProviderError('server', message, details)
  return new ProviderError('badResponse', message, details)
}

function retryAfterMs({ retryAfter, date }: AnswerHead, nowMs: number): number | undefined {
  if (retryAfter === null) return undefined
  const text = retryAfter.trim()
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text) * 1000, MAX_PAUSE_MS)
  const untilMs = Date.parse(text)
  if (Number.isNaN(untilMs)) return undefined
  const serverMs = date === null ? NaN : Date.parse(date)
  const pauseMs = untilMs - (Number.isNaN(serverMs) ? nowMs : serverMs)
  return Math.min(Math.max(pauseMs, 0), MAX_PAUSE_MS)
}
