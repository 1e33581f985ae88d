import { HOUR_MS, MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { ProviderErrorKind } from '../../../shared/domain/providerErrorKind.ts'
import type { ProviderError } from '../ProviderError.ts'
import type { ProviderDeps } from '../SiteProvider.ts'

/** Keeps one kind of call back after it was refused, so that what is only nice to have is not asked for in vain. */
export interface Pause {
  isOn(): boolean
  /** Whether the last word was that the permission is missing. */
  isDenied(): boolean
  begin(error: ProviderError): void
  /** The call was answered. */
  end(): void
}

/** What a pause works with. */
export type PauseOptions = Pick<ProviderDeps, 'clock' | 'time' | 'log'> & {
  /** What is missing now, for the log; each new reason is logged once. */
  readonly what: string
  /** How long an admin may take to grant what was denied; an hour, if absent. */
  readonly deniedMs?: number
}

/** See {@link Pause}. At least a minute, as long as the vendor asks, and until the month that was spent is over. */
export function createPause({ clock, time, log, what, deniedMs = HOUR_MS }: PauseOptions): Pause {
  function leastMs(kind: ProviderErrorKind): number {
    if (kind === 'permission' || kind === 'ipNotAllowed') return deniedMs
    return kind === 'quota' ? HOUR_MS : MINUTE_MS
  }
  let untilMs = -Infinity
  let isDenied = false
  let loggedReason: string | undefined

  return {
    isOn: () => clock.monotonic() < untilMs,
    isDenied: () => isDenied,
    begin({ kind, details }) {
      const { vendorCode, missingPermission, retryAfterMs = 0, resumesAtMs = 0 } = details
      isDenied = kind === 'permission'
      untilMs = clock.monotonic() + Math.max(leastMs(kind), retryAfterMs, resumesAtMs - time.now())
      const reason = `${kind}:${vendorCode ?? ''}`
      if (reason === loggedReason) return
      loggedReason = reason
      log.warn(`${what} cannot be read`, { kind, vendorCode, missingPermission })
    },
    end() {
      untilMs = -Infinity
      isDenied = false
      loggedReason = undefined
    },
  }
}
