import type { BrowserWindow, RenderProcessGoneDetails } from 'electron'
import { exitCodes } from '../../core/Core.ts'
import type { Clock } from '../../core/ports/Clock.ts'
import type { Logger } from '../../core/ports/Logger.ts'
import type { Exit } from '../lifecycle/createExit.ts'
import { createPageWatch } from './createPageWatch.ts'
import type { PageWatch } from './createPageWatch.ts'
import { remedyOfLoad } from './loadRetry.ts'
import { climb, faultOf, untroubled } from './repairLadder.ts'
import type { PageFault, Repair } from './repairLadder.ts'

/** What {@link createPanelSupervisor} needs. */
export interface PanelSupervisorDeps {
  /** Opens a window that has not loaded anything yet. */
  readonly openWindow: () => BrowserWindow
  readonly url: string
  readonly clock: Clock
  readonly log: Logger
  readonly exit: Pick<Exit, 'request' | 'isRequested'>
  /** The page answered just now. */
  readonly onAnswer: () => void
  /** The page has been well for {@link HEALTHY_MS}. */
  readonly onHealthy: () => void
}

/** Keeps one living panel on the screen. */
export interface PanelSupervisor {
  /** Opens the window and loads the page. */
  readonly open: () => void
  /** The present window; null while a new one is on its way. */
  readonly window: () => BrowserWindow | null
}

/** A crash loop loads fine every time, so a load proves nothing; a minute of answers does. */
const HEALTHY_MS = 60_000
/** How long an ended process may take to say so. */
const GONE_WITHIN_MS = 5_000

/** True once the app has put something on the page; runs in the page, needs nothing of it. */
const LIFE_SIGN = "(document.querySelector('#app')?.childElementCount ?? 0) > 0"

const cancelled = (): void => undefined

/** See {@link PanelSupervisor}. Reducers decide, this carries it out; one repair at a time. */
export function createPanelSupervisor(deps: PanelSupervisorDeps): PanelSupervisor {
  const { clock, log, exit } = deps
  let window: BrowserWindow | null = null
  let watch: PageWatch | null = null
  let ladder = untroubled
  let failedLoads = 0
  let isRepairing = false
  let cancelRepair = cancelled
  /** Since when the page has been answering; null while it is not. */
  let aliveSinceMs: number | null = null
  let isHealthy = false
  let cancelGone = cancelled

  function load(): void {
    isRepairing = false
    // What goes wrong arrives as did-fail-load.
    window?.loadURL(deps.url).catch(() => undefined)
  }

  function watchPage(opened: BrowserWindow): void {
    stopWatching()
    watch = createPageWatch({
      clock,
      ask: async () => (await opened.webContents.executeJavaScript(LIFE_SIGN)) === true,
      onAnswer,
      onLost: () => endProcess(opened),
    })
  }

  function onAnswer(): void {
    deps.onAnswer()
    aliveSinceMs ??= clock.monotonic()
    if (isHealthy || clock.monotonic() - aliveSinceMs < HEALTHY_MS) return
    isHealthy = true
    ladder = untroubled
    deps.onHealthy()
  }

  /** From now on nothing is known of the page until it answers again. */
  function stopWatching(): void {
    watch?.stop()
    aliveSinceMs = null
    isHealthy = false
  }

  /** Ends a renderer that hangs; its death comes back as `render-process-gone`, or is taken for granted. */
  function endProcess(opened: BrowserWindow): void {
    log.error('the page does not answer, its process is ended')
    cancelGone()
    cancelGone = clock.schedule(GONE_WITHIN_MS, () => repair('crash', 'silent'))
    if (!opened.isDestroyed()) opened.webContents.forcefullyCrashRenderer()
  }

  function discard(): void {
    stopWatching()
    cancelGone()
    const old = window
    window = null
    if (old !== null && !old.isDestroyed()) old.destroy()
  }

  function carryOut(step: Repair): void {
    if (step.kind === 'exit') {
      exit.request(exitCodes.restartMe, 'the page cannot be repaired in this process')
      return
    }
    isRepairing = true
    cancelRepair = clock.schedule(step.delayMs, step.kind === 'reload' ? reload : recreate)
  }

  function reload(): void {
    if (exit.isRequested()) return
    if (window === null || window.isDestroyed()) {
      recreate()
      return
    }
    watchPage(window)
    load()
  }

  function recreate(): void {
    if (exit.isRequested()) return
    discard()
    open()
  }

  function repair(fault: PageFault, reason: string): void {
    if (exit.isRequested()) return
    cancelGone()
    stopWatching()
    // A second fault while one repair waits is the same trouble, unless it is worse.
    if (isRepairing && fault === 'crash') return
    cancelRepair()
    const next = climb(ladder, fault, clock.monotonic())
    ladder = next.state
    log.error('the page is gone', { reason, repair: next.repair.kind })
    carryOut(next.repair)
  }

  function onGone({ reason, exitCode }: RenderProcessGoneDetails): void {
    const fault = faultOf(reason)
    log.warn('render process gone', { reason, exitCode })
    if (fault !== null) repair(fault, reason)
  }

  function onLoadFailed(errorCode: number, isMainFrame: boolean): void {
    const remedy = remedyOfLoad({ errorCode, isMainFrame }, failedLoads)
    if (remedy.kind === 'ignore' || exit.isRequested() || isRepairing) return
    log.error('the page could not be loaded', { errorCode, failedLoads })
    failedLoads += 1
    stopWatching()
    if (remedy.kind === 'exit') {
      exit.request(exitCodes.restartMe, 'the page cannot be loaded')
      return
    }
    isRepairing = true
    cancelRepair = clock.schedule(remedy.delayMs, reload)
  }

  function attach(opened: BrowserWindow): void {
    const { webContents } = opened
    const isCurrent = (): boolean => opened === window
    webContents.on('render-process-gone', (_event, details) => {
      if (isCurrent()) onGone(details)
    })
    webContents.on('did-fail-load', (_event, errorCode, _description, _url, isMainFrame) => {
      if (isCurrent()) onLoadFailed(errorCode, isMainFrame)
    })
    webContents.on('did-finish-load', () => {
      if (isCurrent()) failedLoads = 0
    })
    webContents.on('preload-error', (_event, _path, error) => {
      log.error('the preload failed', { text: error.message })
      if (isCurrent()) repair('memory', 'preload-error')
    })
    opened.on('unresponsive', () => watch?.tell('unresponsive'))
    opened.on('responsive', () => watch?.tell('responsive'))
    opened.on('closed', () => {
      if (isCurrent()) repair('memory', 'closed')
    })
  }

  function open(): void {
    window = deps.openWindow()
    attach(window)
    watchPage(window)
    load()
  }

  return { open, window: () => window }
}
