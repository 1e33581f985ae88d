import type { ProviderErrorKind } from '../../shared/domain/providerErrorKind.ts'

/** What a provider knows about its refusal. None of it may hold a secret, a title or a name. */
export interface ProviderErrorDetails {
  /** The vendor's own code (`60020`), or the network's (`ENOTFOUND`, `HTTP 503`), for the log and for diagnostics. */
  readonly vendorCode?: string | undefined
  /** The vendor asked for this pause, or its documents name it. */
  readonly retryAfterMs?: number | undefined
  /** A quota that comes back at this instant, epoch milliseconds. */
  readonly resumesAtMs?: number | undefined
  /** The caller address the vendor refused: exactly what an admin must paste into the allow-list. */
  readonly refusedAddress?: string | undefined
  /** The permission, switch or scope that is missing, by the vendor's name. */
  readonly missingPermission?: string | undefined
  /** Names the platform's own sentence that tells an admin what to do, where there is a better one than the kind's. */
  readonly hint?: string | undefined
  readonly cause?: unknown
}

/**
 * The only thing a provider may throw, except for the caller's own abort. `kind` decides every reaction; `message` is for developers
 * and never shown on the screen.
 */
export class ProviderError extends Error {
  readonly kind: ProviderErrorKind
  readonly details: Omit<ProviderErrorDetails, 'cause'>

  constructor(kind: ProviderErrorKind, message: string, { cause, ...details }: ProviderErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'ProviderError'
    this.kind = kind
    this.details = details
  }
}
