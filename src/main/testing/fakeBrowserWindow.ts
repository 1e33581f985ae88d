import type { BrowserWindow, Rectangle } from 'electron'
import { EventEmitter } from 'node:events'

/** A page that does what the test says. */
export class FakeContents extends EventEmitter {
  readonly loads: string[] = []
  /** What the page answers when it is asked for a life sign; `hang` never answers. */
  life: 'alive' | 'blank' | 'hang' | 'broken' = 'alive'
  /** Whether ending the process is followed by the event, as it should be. */
  diesLoudly = true
  kills = 0
  isLoadable = true

  loadURL(url: string): Promise<void> {
    this.loads.push(url)
    if (this.isLoadable) return Promise.resolve()
    this.emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', url, true, 0, 0)
    return Promise.reject(new Error('ERR_FILE_NOT_FOUND (-6)'))
  }

  executeJavaScript(): Promise<unknown> {
    if (this.life === 'broken') return Promise.reject(new Error('Script failed to execute'))
    if (this.life === 'hang') return new Promise(() => undefined)
    return Promise.resolve(this.life === 'alive')
  }

  forcefullyCrashRenderer(): void {
    this.kills += 1
    if (this.diesLoudly) this.emit('render-process-gone', {}, { reason: 'killed', exitCode: 9 })
  }
}

/** A window that does what it is told and remembers it. */
export class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents()
  readonly calls: string[] = []
  isGone = false
  bounds: Rectangle = { x: 0, y: 0, width: 800, height: 600 }
  kiosk = false
  fullScreen = false
  focused = false
  minimized = false
  visible = true

  loadURL = (url: string): Promise<void> => this.webContents.loadURL(url)
  isDestroyed = (): boolean => this.isGone
  destroy = (): void => {
    this.isGone = true
    this.emit('closed')
  }

  getBounds = (): Rectangle => this.bounds
  /** As under a window manager: a window that believes to be full screen is not moved. */
  setBounds = (bounds: Rectangle): void =>
    this.note('setBounds', () => {
      if (!this.fullScreen) this.bounds = bounds
    })
  isKiosk = (): boolean => this.kiosk
  setKiosk = (on: boolean): void => this.note('setKiosk', () => (this.kiosk = on))
  isFullScreen = (): boolean => this.fullScreen
  setFullScreen = (on: boolean): void => this.note('setFullScreen', () => (this.fullScreen = on))
  isEverywhere = false
  isVisibleOnAllWorkspaces = (): boolean => this.isEverywhere
  setVisibleOnAllWorkspaces = (on: boolean): void => this.note('everywhere', () => (this.isEverywhere = on))
  isMinimized = (): boolean => this.minimized
  restore = (): void => this.note('restore', () => (this.minimized = false))
  isVisible = (): boolean => this.visible
  show = (): void => this.note('show', () => (this.visible = true))
  isFocused = (): boolean => this.focused
  focus = (): void => this.note('focus', () => (this.focused = true))
  moveTop = (): void => this.note('moveTop', () => undefined)
  isOnTop: boolean | null = null
  setAlwaysOnTop = (on: boolean, level: string): void =>
    this.note(`onTop:${level}`, () => {
      this.isOnTop = on
    })

  /** The same object as the type the code under test knows. */
  asWindow(): BrowserWindow {
    return this as unknown as BrowserWindow
  }

  private note(call: string, run: () => unknown): void {
    this.calls.push(call)
    run()
  }
}
