import type { Core, StartOutcome } from '../../core/Core.ts'
import type { Clock } from '../../core/ports/Clock.ts'
import type { Logger } from '../../core/ports/Logger.ts'

/** What {@link keepStarting} needs. */
export interface KeepStartingDeps {
  readonly core: Pick<Core, 'start'>
  readonly clock: Clock
  readonly log: Logger
  readonly isExiting: () => boolean
}

const FIRST_DELAY_MS = 15_000
const LONGEST_DELAY_MS = 300_000

/** What time may mend: a keyring that is still locked, a disk that is not there yet. The rest is for an admin. */
const mayPass = (outcome: StartOutcome): boolean =>
  outcome.kind === 'settingsUnreadable' ||
  (outcome.kind === 'secretMissing' && outcome.reason === 'unavailable')

function describe(outcome: StartOutcome): Record<string, string | number> {
  switch (outcome.kind) {
    case 'running':
    case 'unconfigured':
    case 'settingsUnreadable':
      return { outcome: outcome.kind }
    case 'invalidSettings':
      return { outcome: outcome.kind, fields: outcome.issues.map(({ path }) => path).join(' ') }
    case 'secretMissing':
      return { outcome: outcome.kind, secretName: outcome.secret, reason: outcome.reason }
  }
}

/** Starts the core, and again later while what is in the way may pass. The screen is served meanwhile. Never rejects. */
export async function keepStarting(deps: KeepStartingDeps, attempt = 0): Promise<void> {
  const { core, clock, log, isExiting } = deps
  let isWorthTrying = true
  try {
    const outcome = await core.start()
    log.info('core started', describe(outcome))
    isWorthTrying = mayPass(outcome)
  } catch (error) {
    log.error('the core could not start', { text: error instanceof Error ? error.message : String(error) })
  }
  if (!isWorthTrying) return
  const delayMs = Math.min(FIRST_DELAY_MS * 2 ** attempt, LONGEST_DELAY_MS)
  clock.schedule(delayMs, () => {
    if (!isExiting()) void keepStarting(deps, attempt + 1)
  })
}
