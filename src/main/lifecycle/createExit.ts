import type { exitCodes } from '../../core/Core.ts'
import type { Clock } from '../../core/ports/Clock.ts'
import type { Logger } from '../../core/ports/Logger.ts'

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** What {@link createExit} needs. */
export interface ExitDeps {
  readonly clock: Clock
  readonly log: Logger
  /** Lets queued log lines reach the disk. */
  readonly flush: () => Promise<void>
  /** Ends the process at once; `app.exit`, never `app.relaunch`: restarting is the supervisor's. */
  readonly end: (code: ExitCode) => void
}

/** The one way out of the process. */
export interface Exit {
  /** Runs what must happen before the end, then ends. The first call decides the code; later ones change nothing. */
  request(code: ExitCode, reason: string): void
  readonly isRequested: () => boolean
  /** @param task runs before the end, but cannot hold it up for long; told the code the process ends with */
  before(task: (code: ExitCode) => Promise<void>): void
}

/** A task that hangs must not keep a broken panel on the door. */
const PATIENCE_MS = 3_000

/** See {@link Exit}. */
export function createExit({ clock, log, flush, end }: ExitDeps): Exit {
  const tasks: ((code: ExitCode) => Promise<void>)[] = []
  let isRequested = false

  async function finish(code: ExitCode): Promise<void> {
    const cancel = clock.schedule(PATIENCE_MS, () => end(code))
    const outcomes = await Promise.allSettled(tasks.map(async (task) => task(code)))
    const failed = outcomes.filter(({ status }) => status === 'rejected').length
    if (failed > 0) log.error('not everything could be saved before the exit', { failed })
    await flush()
    cancel()
    end(code)
  }

  function request(code: ExitCode, reason: string): void {
    if (isRequested) return
    isRequested = true
    log.info('exit', { code, reason })
    void finish(code)
  }

  return { request, isRequested: () => isRequested, before: (task) => void tasks.push(task) }
}
