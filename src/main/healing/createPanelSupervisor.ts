import type { BrowserWindow } from 'electron'
import { exitCodes } from '../../core/Core.ts'
import type { Clock } from '../../core/ports/Clock.ts'
import type { Logger } from '../../core/ports/Logger.ts'
import type { Exit } from '../lifecycle/createExit.ts'
import { createPageWatch } from './createPageWatch.ts'
import type { PageWatch } from './createPageWatch.ts'
import { justOpened, reducePanel } from './panelReducer.ts'
import type { PanelEvent, PanelStep } from './panelReducer.ts'
import { faultOf } from './repairLadder.ts'

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
  /** The page has been well for a minute. */
  readonly onHealthy: () => void
}

/** Keeps one living panel on the screen. */
export interface PanelSupervisor {
  /** Opens the window and loads the page. */
  readonly open: () => void
  /** The present window, which may have been closed a moment ago; null before the first one. */
  readonly window: () => BrowserWindow | null
}

/** True once the app has put something on the page; runs in the page, needs nothing of it. */
const LIFE_SIGN = "(document.querySelector('#app')?.childElementCount ?? 0) > 0"

/** See {@link PanelSupervisor}. The reducer decides, this carries it out. */
export function createPanelSupervisor(deps: PanelSupervisorDeps): PanelSupervisor {
  const { clock, log, exit } = deps
  let state = justOpened
  let window: BrowserWindow | null = null
  let watch: PageWatch | null = null
  let cancelDue = (): void => undefined

  function take(event: PanelEvent): void {
    if (exit.isRequested()) return
    const before = state.phase.kind
    const next = reducePanel(state, event, clock.monotonic())
    state = next.state
    if (state.phase.kind !== before) cancelDue()
    carryOut(next.step)
  }

  function carryOut(step: PanelStep): void {
    switch (step.kind) {
      case 'none':
        return
      case 'forgetTrouble':
        deps.onHealthy()
        return
      case 'end':
        log.error('the page does not answer, its process is ended')
        remind(step.delayMs)
        endProcess()
        return
      case 'wait':
        log.error('the page is repaired', { because: step.because, by: step.by })
        watch?.stop()
        remind(step.delayMs)
        return
      case 'reload':
        reload()
        return
      case 'recreate':
        recreate()
        return
      case 'exit':
        watch?.stop()
        exit.request(exitCodes.restartMe, step.reason)
    }
  }

  function remind(delayMs: number): void {
    cancelDue()
    cancelDue = clock.schedule(delayMs, () => take({ kind: 'due' }))
  }

  /** Ends a renderer that hangs; its death comes back as `render-process-gone`, or not at all. */
  function endProcess(): void {
    watch?.stop()
    if (window !== null && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer()
  }

  function load(opened: BrowserWindow): void {
    watch?.stop()
    watch = createPageWatch({
      clock,
      ask: async () => (await opened.webContents.executeJavaScript(LIFE_SIGN)) === true,
      onAnswer: () => {
        deps.onAnswer()
        take({ kind: 'answered' })
      },
      onLost: () => take({ kind: 'lost' }),
    })
    // What goes wrong arrives as did-fail-load.
    opened.loadURL(deps.url).catch(() => undefined)
  }

  function reload(): void {
    if (window === null || window.isDestroyed()) recreate()
    else load(window)
  }

  function recreate(): void {
    const old = window
    // The new one first: no gap shows what lies behind.
    open()
    if (old !== null && !old.isDestroyed()) old.destroy()
  }

  function attach(opened: BrowserWindow): void {
    const { webContents } = opened
    const tell = (event: PanelEvent): void => {
      if (opened === window) take(event)
    }
    webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      log.warn('render process gone', { reason, exitCode })
      tell({ kind: 'gone', fault: faultOf(reason) })
    })
    webContents.on('did-fail-load', (_event, errorCode, _description, _url, isMainFrame) => {
      tell({ kind: 'loadFailed', errorCode, isMainFrame })
    })
    webContents.on('did-finish-load', () => tell({ kind: 'loaded' }))
    webContents.on('preload-error', (_event, _path, error) => {
      log.error('the preload failed', { text: error.message })
      tell({ kind: 'gone', fault: 'memory' })
    })
    opened.on('unresponsive', () => {
      if (opened === window) watch?.tell('unresponsive')
    })
    opened.on('responsive', () => {
      if (opened === window) watch?.tell('responsive')
    })
    opened.on('closed', () => tell({ kind: 'gone', fault: 'memory' }))
  }

  function open(): void {
    window = deps.openWindow()
    attach(window)
    load(window)
  }

  return { open, window: () => window }
}
