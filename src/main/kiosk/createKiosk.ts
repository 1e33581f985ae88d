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

/** How long a window takes to come to rest. */
const SETTLED_AFTER_MS = 300

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
 * @param isWorthFlipping full screen may be left for a moment to be entered anew
 */
function takeScreen(
  window: BrowserWindow,
  bounds: Rectangle,
  isOnTop: boolean,
  isWorthFlipping: boolean,
): void {
  if (window.isMinimized()) window.restore()
  if (!window.isVisible()) window.show()
  if (!isAt(window, bounds)) {
    // A window manager of X11 takes full screen away without a word, and a screen that turned keeps the old size: the window
    // still calls itself full screen then, and asking for what it believes to be would change nothing.
    if (isWorthFlipping && window.isFullScreen()) window.setFullScreen(false)
    window.setBounds(bounds)
  }
  if (!window.isKiosk()) window.setKiosk(true)
  if (!window.isFullScreen()) window.setFullScreen(true)
  if (!window.isVisibleOnAllWorkspaces()) window.setVisibleOnAllWorkspaces(true)
  window.setAlwaysOnTop(isOnTop, 'screen-saver')
  window.moveTop()
  if (!window.isFocused()) window.focus()
}

/** See {@link Kiosk}. The reducer decides when, so that no fight for the focus can start. */
export function createKiosk({ clock, log, window, bounds, isAlwaysOnTop, isExiting }: KioskDeps): Kiosk {
  let state = undisturbed
  /** Where the window stood when full screen was last entered anew, and where it should: doing it again would only flicker. */
  let flipped: string | null = null

  function takeBack(current: BrowserWindow): void {
    const wanted = bounds()
    const misfit = isAt(current, wanted) ? null : JSON.stringify([current.getBounds(), wanted])
    takeScreen(current, wanted, isAlwaysOnTop(), misfit !== flipped)
    flipped = misfit
    log.debug('screen taken back', { times: state.assertedAtMs.length })
  }

  function take(event: KioskEvent): void {
    if (isExiting()) return
    const next = reduceKiosk(state, event)
    state = next.state
    if (next.step.kind === 'arm') {
      clock.schedule(next.step.delayMs, () => take({ kind: 'due', atMs: clock.monotonic() }))
    }
    const current = window()
    if (next.step.kind === 'assert' && current !== null && !current.isDestroyed()) takeBack(current)
  }

  const disturbed = (by: Disturbance): void => take({ kind: 'disturbed', by, atMs: clock.monotonic() })

  function guard(opened: BrowserWindow): void {
    let isSettling = false
    // Our own calls end in these events too, in several steps; only where the window comes to rest may be wrong.
    const onPlaced = (): void => {
      if (isSettling) return
      isSettling = true
      clock.schedule(SETTLED_AFTER_MS, () => {
        isSettling = false
        if (!opened.isDestroyed() && !isAt(opened, bounds())) disturbed('moved')
      })
    }
    opened.on('resize', onPlaced)
    opened.on('move', onPlaced)
    opened.on('hide', () => disturbed('hidden'))
    opened.on('blur', () => disturbed('blur'))
    opened.on('minimize', () => disturbed('leftFullScreen'))
    opened.on('leave-full-screen', () => disturbed('leftFullScreen'))
    opened.on('show', () => disturbed('shown'))
  }

  return { disturbed, guard }
}
