import { app, powerMonitor, powerSaveBlocker, screen, session } from 'electron'
import type { BrowserWindow, Rectangle } from 'electron'
import { exitCodes } from '../core/Core.ts'
import type { Core } from '../core/Core.ts'
import type { Run } from './createRun.ts'
import { createHeartbeatFile } from './healing/heartbeatFile.ts'
import { createPanelSupervisor } from './healing/createPanelSupervisor.ts'
import { createRoomUse } from './healing/createRoomUse.ts'
import { watchNight } from './healing/watchNight.ts'
import { chooseDisplay } from './kiosk/chooseDisplay.ts'
import { createKiosk } from './kiosk/createKiosk.ts'
import type { Kiosk } from './kiosk/createKiosk.ts'
import { setAutostart } from './kiosk/setAutostart.ts'
import { filterKeys } from './kiosk/filterKeys.ts'
import { watchPower } from './power/watchPower.ts'
import { createMainWindow, PANEL_URL } from './window/createMainWindow.ts'

/** Connections of before a sleep are closed first, then the core may use new ones. */
const WAKE_DELAY_MS = 500

/** The panel's screen as the rest of the process sees it. */
interface Panel {
  readonly open: () => void
  /** Null in an ordinary window. */
  readonly kiosk: Kiosk | null
  /** Monotonic time of the last touch or key. */
  readonly lastTouchMs: () => number
}

/** Opens the panel and keeps it: on the screen, in front, alive, awake, and fresh. */
export function openPanel(run: Run, core: Core, onHealthy: () => void): void {
  const { options, clock, log, exit } = run
  const { open, kiosk, lastTouchMs } = createPanel(run, core, onHealthy)
  open()
  if (kiosk !== null) keepScreen(kiosk)
  followSettings(run, core, kiosk)
  watchNight({
    clock,
    rooms: noteRooms(core),
    lastTouchMs,
    isSupervised: options.isSupervised,
    isWanted: () => core.settings()?.kiosk.isRestartedNightly ?? true,
    isUpdateWaiting: () => run.keptTree?.updates.isWaiting() ?? false,
    timeZone: () => core.settings()?.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
    restart: () => exit.request(exitCodes.restartMe, 'nightly restart'),
  })
  watchPower({
    powerMonitor,
    clock,
    log: log.child('power'),
    onAwake: () => {
      // Requests of before may stay pending for ever.
      session.defaultSession.closeAllConnections().catch(() => undefined)
      clock.schedule(WAKE_DELAY_MS, () => core.wake())
      kiosk?.disturbed('resume')
    },
  })
}

function createPanel(run: Run, core: Core, onHealthy: () => void): Panel {
  const { options, clock, log, exit, pathOf } = run
  let lastTouchMs = clock.monotonic()
  // What the command line says outranks the settings: it is the way back when a screen was chosen that is not there.
  const wanted = (): number | null => options.displayNumber ?? core.settings()?.kiosk.displayNumber ?? null
  const bounds = (): Rectangle =>
    chooseDisplay(screen.getAllDisplays(), screen.getPrimaryDisplay(), wanted()).bounds

  function openWindow(): BrowserWindow {
    const window = createMainWindow({
      preloadPath: run.builtPath('preload', 'index.cjs'),
      bounds: bounds(),
      isWindowed: options.isWindowed,
      allowsDevTools: options.isWindowed && !app.isPackaged,
    })
    window.webContents.on('input-event', () => {
      lastTouchMs = clock.monotonic()
    })
    if (kiosk !== null) lockWindow(window, kiosk)
    else window.on('close', () => exit.request(exitCodes.stayDown, 'window closed'))
    return window
  }

  const { open, window } = createPanelSupervisor({
    url: PANEL_URL,
    clock,
    log: log.child('panel'),
    exit,
    onHealthy,
    onAnswer: createHeartbeatFile(pathOf('run', 'heartbeat'), clock),
    openWindow,
  })
  const kioskDeps = {
    clock,
    log: log.child('kiosk'),
    window,
    bounds,
    isAlwaysOnTop: () => core.settings()?.kiosk.isAlwaysOnTop ?? true,
    isExiting: exit.isRequested,
  }
  const kiosk = options.isWindowed ? null : createKiosk(kioskDeps)
  return { open, kiosk, lastTouchMs: () => lastTouchMs }
}

function lockWindow(window: BrowserWindow, kiosk: Kiosk): void {
  filterKeys(window.webContents)
  // Alt+F4, or a window manager's idea; ending the app goes past this event.
  window.on('close', (event) => event.preventDefault())
  kiosk.guard(window)
  kiosk.disturbed('shown')
}

function keepScreen(kiosk: Kiosk): void {
  powerSaveBlocker.start('prevent-display-sleep')
  screen.on('display-added', () => kiosk.disturbed('display'))
  screen.on('display-removed', () => kiosk.disturbed('display'))
  screen.on('display-metrics-changed', () => kiosk.disturbed('display'))
  app.on('second-instance', () => kiosk.disturbed('secondInstance'))
}

/** Puts the admin's kiosk settings to work at the start and whenever they are saved. */
function followSettings({ options, log }: Run, core: Core, kiosk: Kiosk | null): void {
  core.subscribe((event) => {
    const settings = event.name === 'panel.changed' ? core.settings() : null
    if (settings === null) return
    kiosk?.disturbed('display')
    const isOurs = options.autostart === null && process.platform === 'win32' && kiosk !== null
    if (isOurs) setAutostart(settings.kiosk.isAutostarted ? 'on' : 'off', app, process.platform, log)
  })
}

function noteRooms(core: Core) {
  const rooms = createRoomUse()
  core.subscribe((event) => rooms.note(event))
  return rooms
}
