import type { LogFields } from '../../core/ports/Logger.ts'
import type { Clock } from '../../core/ports/Clock.ts'
import { classifyFault, PASSING_FAULTS_PER_MINUTE } from '../healing/classifyFault.ts'

/** Where uncaught errors arrive; Node's `process`, as far as it is needed. */
export interface ErrorSource {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown
}

/** What {@link installErrorTraps} needs. */
export interface ErrorTrapDeps {
  readonly source: ErrorSource
  readonly clock: Clock
  /** Writes a line that is on disk when it returns. */
  readonly fatal: (message: string, fields: LogFields) => void
  readonly warn: (message: string, fields: LogFields) => void
  /** Asks for a fresh process. */
  readonly onFatal: () => void
}

const STACK_LINES = 12

function factsOf(error: unknown): LogFields {
  if (!(error instanceof Error)) return { type: typeof error, text: String(error) }
  return {
    type: error.name,
    text: error.message,
    stack: error.stack?.split('\n').slice(1, STACK_LINES).join(' '),
  }
}

/**
 * Takes every error nobody caught. Without this Electron shows a box that stays on the door until someone comes, and a rejected
 * promise is only a warning. Passing faults are logged; a bug, or a flood of faults, ends the process for a fresh one.
 */
export function installErrorTraps({ source, clock, fatal, warn, onFatal }: ErrorTrapDeps): void {
  let passedAtMs: readonly number[] = []

  function take(origin: string, error: unknown): void {
    const nowMs = clock.monotonic()
    passedAtMs = [...passedAtMs.filter((atMs) => atMs > nowMs - 60_000), nowMs]
    const fields = { origin, ...factsOf(error) }
    if (classifyFault(error) === 'passing' && passedAtMs.length <= PASSING_FAULTS_PER_MINUTE) {
      warn('a passing fault nobody caught', fields)
      return
    }
    fatal('an error nobody caught', fields)
    onFatal()
  }

  source.on('uncaughtException', (error) => take('exception', error))
  source.on('unhandledRejection', (error) => take('rejection', error))
}
