import { exitCodes } from '../../core/Core.ts'
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
  /**
   * The way out for an updater: what must happen before the end happens, then the app's own quit goes through instead of
   * a code. @param go what ends the process, e.g. an updater's install-and-quit
   */
  handOver(reason: string, go: () => void): void
  readonly isRequested: () => boolean
  /** Whether a quit of the app is to go through now: see {@link Exit.handOver}. */
  readonly isHandedOver: () => boolean
  /** @param task runs before the end, but cannot hold it up for long; told the code the process ends with */
  before(task: (code: ExitCode) => Promise<void>): void
}

/** A task that hangs must not keep a broken panel on the door. */
const PATIENCE_MS = 3_000

/** See {@link Exit}. */
export function createExit({ clock, log, flush, end }: ExitDeps): Exit {
  const tasks: ((code: ExitCode) => Promise<void>)[] = []
  let isRequested = false
  let isHandedOver = false

  async function finish(code: ExitCode, leave: () => void): Promise<void> {
    let hasLeft = false
    const leaveOnce = (): void => {
      if (!hasLeft) leave()
      hasLeft = true
    }
    const cancel = clock.schedule(PATIENCE_MS, leaveOnce)
    const outcomes = await Promise.allSettled(tasks.map(async (task) => task(code)))
    const failed = outcomes.filter(({ status }) => status === 'rejected').length
    if (failed > 0) log.error('not everything could be saved before the exit', { failed })
    await flush()
    cancel()
    leaveOnce()
  }

  function request(code: ExitCode, reason: string): void {
    if (isRequested) return
    isRequested = true
    log.info('exit', { code, reason })
    void finish(code, () => end(code))
  }

  function handOver(reason: string, go: () => void): void {
    if (isRequested) return
    isRequested = true
    log.info('handed over', { reason })
    void finish(exitCodes.restartMe, () => {
      isHandedOver = true
      go()
    })
  }

  return {
    request,
    handOver,
    isRequested: () => isRequested,
    isHandedOver: () => isHandedOver,
    before: (task) => void tasks.push(task),
  }
}
