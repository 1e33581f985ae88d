import type { Clock } from '../ports/Clock.ts'

/** What a poller works with. */
export interface PollerDeps {
  readonly clock: Clock
  /**
   * One whole read. Must settle for every outcome it knows and honour the signal; a rejection is a bug and goes to
   * `onBug`, after which polling goes on.
   */
  readonly read: (signal: AbortSignal) => Promise<void>
  /** Asked after every read; milliseconds until the next one. */
  readonly nextDelayMs: () => number
  /** A read that has not settled by then is aborted and given up: a wedged call must not stop the panel. */
  readonly deadlineMs: number
  readonly onBug: (error: unknown) => void
}

/** A loop of reads, one at a time. */
export interface Poller {
  start(): void
  /** Reads now, or joins the read that is running. Resolves when that read settled. */
  refresh(): Promise<void>
  /** Aborts what runs; its outcome is dropped. */
  stop(): void
  /** When the next read is due on the monotonic clock; null while one runs or the loop is stopped. */
  nextAtMonotonicMs(): number | null
}

const GRACE_MS = 1_000

/** One-shot timer armed after completion; single flight; a superseded or overdue run never re-arms. */
export function createPoller({ clock, read, nextDelayMs, deadlineMs, onBug }: PollerDeps): Poller {
  let isStarted = false
  let running: Promise<void> | null = null
  let abort: AbortController | null = null
  let cancelTimer: (() => void) | null = null
  let nextAtMonotonicMs: number | null = null

  function arm(delayMs: number): void {
    cancelTimer?.()
    nextAtMonotonicMs = clock.monotonic() + delayMs
    cancelTimer = clock.schedule(delayMs, () => void refresh())
  }

  /** Not `withDeadline`: an overdue read gets a grace to put its failure on record. */
  async function runOnce(controller: AbortController): Promise<void> {
    let cancelDeadline: (() => void) | undefined
    const overdue = new Promise<void>((resolve) => {
      cancelDeadline = clock.schedule(deadlineMs, () => {
        controller.abort(new Error('the read passed its deadline'))
        // Time for the read to put its failure on record; one that is stuck even then is left behind.
        cancelDeadline = clock.schedule(GRACE_MS, resolve)
      })
    })
    try {
      await Promise.race([read(controller.signal), overdue])
    } catch (error: unknown) {
      if (!controller.signal.aborted) onBug(error)
    } finally {
      cancelDeadline?.()
    }
  }

  function refresh(): Promise<void> {
    if (!isStarted) return Promise.resolve()
    if (running) return running
    cancelTimer?.()
    nextAtMonotonicMs = null
    const controller = new AbortController()
    abort = controller
    const run = runOnce(controller).then(() => {
      if (abort !== controller) return
      running = null
      abort = null
      if (isStarted) arm(Math.max(0, nextDelayMs()))
    })
    running = run
    return run
  }

  function stop(): void {
    isStarted = false
    cancelTimer?.()
    cancelTimer = null
    nextAtMonotonicMs = null
    const controller = abort
    abort = null
    running = null
    controller?.abort(new Error('the poller was stopped'))
  }

  function start(): void {
    if (isStarted) return
    isStarted = true
    arm(Math.max(0, nextDelayMs()))
  }

  return { start, refresh, stop, nextAtMonotonicMs: () => nextAtMonotonicMs }
}
