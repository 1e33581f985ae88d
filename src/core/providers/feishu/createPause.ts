import { MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { Clock } from '../../ports/Clock.ts'
import type { Logger } from '../../ports/Logger.ts'
import type { ProviderError } from '../ProviderError.ts'

/** An admin may have granted the scope by then. */
const DENIED_MS = 15 * MINUTE_MS
const QUOTA_MS = 60 * MINUTE_MS

/** Keeps one kind of call back after it was refused, so that what is only nice to have is not asked for in vain. */
export interface Pause {
  isOn(): boolean
  /** Whether the last word was that the permission is missing. */
  isDenied(): boolean
  begin(error: ProviderError): void
  /** The call was answered. */
  end(): void
}

/** @param what the column that is missing now, for the log; each new reason is logged once */
export function createPause(clock: Clock, log: Logger, what: string): Pause {
  let untilMs = -Infinity
  let denied = false
  let loggedReason: string | undefined

  return {
    isOn: () => clock.monotonic() < untilMs,
    isDenied: () => denied,
    begin({ kind, details }) {
      denied = kind === 'permission'
      const leastMs = denied ? DENIED_MS : kind === 'quota' ? QUOTA_MS : MINUTE_MS
      untilMs = clock.monotonic() + Math.max(leastMs, details.retryAfterMs ?? 0)
      const { vendorCode, missingPermission } = details
      const reason = `${kind}:${vendorCode ?? ''}`
      if (reason === loggedReason) return
      loggedReason = reason
      log.warn('a part of the meetings cannot be read', { what, kind, vendorCode, missingPermission })
    },
    end() {
      untilMs = -Infinity
      denied = false
      loggedReason = undefined
    },
  }
}
