import type { BrowserWindow, Rectangle } from 'electron'
import type { Clock } from '../../core/ports/Clock.ts'
import type { Logger } from '../../core/ports/Logger.ts'
import { reduceKiosk, undisturbed } from './kioskReducer.ts'
import type { Disturbance, KioskEvent } from './kioskReducer.ts'

/** What {@link createKiosk} needs. */
export interface KioskDeps {
  readonly clock: Clock
  readonly log: Logger
  readonly window: () => BrowserWindow | null
  /** The screen to fill at this moment. */
  readonly bounds: () => Rectangle
  /** Whether the panel stays above other windows; asked anew each time, since an admin may change it. */
  readonly isAlwaysOnTop: () => boolean
  readonly isExiting: () => boolean
}

/** Keeps the panel in front, on its screen, from edge to edge. */
export interface Kiosk {
  /** Something may have taken the screen. */
  disturbed(by: Disturbance): void
  /** Listens to a new window's own disturbances. */
  guard(window: BrowserWindow): void
}

function isAt(window: BrowserWindow, { x, y, width, height }: Rectangle): boolean {
  const now = window.getBounds()
  return now.x === x && now.y === y && now.width === width && now.height === height
}

/**
 * Only what is not so already is asked for: every call may make the system answer with another event. On Windows the levels
 * from pop-up-menu up lie above the taskbar; on Wayland most of these calls do nothing and the compositor does the work.
 */
function takeScreen(window: BrowserWindow, bounds: Rectangle, isOnTop: boolean): void {
  if (window.isMinimized()) window.restore()
  if (!window.isVisible()) window.show()
  if (!isAt(window, bounds)) window.setBounds(bounds)
  if (!window.isKiosk()) window.setKiosk(true)
  if (!window.isFullScreen()) window.setFullScreen(true)
  window.setAlwaysOnTop(isOnTop, 'screen-saver')
  window.moveTop()
  if (!window.isFocused()) window.focus()
}

/** See {@link Kiosk}. The reducer decides when, so that no fight for the focus can start. */
export function createKiosk({ clock, log, window, bounds, isAlwaysOnTop, isExiting }: KioskDeps): Kiosk {
  let state = undisturbed

  function take(event: KioskEvent): void {
    if (isExiting()) return
    const next = reduceKiosk(state, event)
    state = next.state
    if (next.step.kind === 'arm') {
      clock.schedule(next.step.delayMs, () => take({ kind: 'due', atMs: clock.monotonic() }))
    }
    const current = window()
    if (next.step.kind === 'assert' && current !== null && !current.isDestroyed()) {
      takeScreen(current, bounds(), isAlwaysOnTop())
      log.debug('screen taken back', { times: state.assertedAtMs.length })
    }
  }

  const disturbed = (by: Disturbance): void => take({ kind: 'disturbed', by, atMs: clock.monotonic() })

  function guard(opened: BrowserWindow): void {
    opened.on('blur', () => disturbed('blur'))
    opened.on('minimize', () => disturbed('leftFullScreen'))
    opened.on('leave-full-screen', () => disturbed('leftFullScreen'))
    opened.on('show', () => disturbed('shown'))
  }

  return { disturbed, guard }
}
