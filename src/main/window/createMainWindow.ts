import { BrowserWindow } from 'electron'
import type { BrowserWindowConstructorOptions, Rectangle, WebPreferences } from 'electron'
import { APP_ORIGIN } from './resolveAppFile.ts'

/** The page the panel opens with. */
export const PANEL_URL = `${APP_ORIGIN}/index.html`

/** What {@link createMainWindow} needs. */
export interface MainWindowOptions {
  /** Absolute path of the built preload. */
  readonly preloadPath: string
  /** The screen to fill; an ordinary window takes its upper left part. */
  readonly bounds: Rectangle
  readonly isWindowed: boolean
  /** Development only. */
  readonly allowsDevTools: boolean
}

/** Every lock of the page, spelt out even where it is the default: a default may change with the next major. */
const webPreferences = (preload: string, devTools: boolean): WebPreferences => ({
  preload,
  devTools,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  plugins: false,
  // A dictionary would be downloaded; a dialog would stay on the door for ever.
  spellcheck: false,
  disableDialogs: true,
  enableWebSQL: false,
  safeDialogs: true,
  // Windows of their own beside the page: the pickers of files and of a colour from the screen, and a floating document.
  disableBlinkFeatures: 'FileSystemAccessLocal,EyeDropperAPI,DocumentPictureInPictureAPI',
  // The clock must not stand still because a screen saver made the system call the window hidden.
  backgroundThrottling: false,
  v8CacheOptions: 'bypassHeatCheck',
})

const kioskOptions: BrowserWindowConstructorOptions = {
  kiosk: true,
  fullscreen: true,
  frame: false,
  // Since Electron 43 frameless windows on Linux have round corners unless told otherwise.
  roundedCorners: false,
  // Not `resizable: false`: some window managers then refuse to make a window fill the screen.
  movable: false,
  minimizable: false,
  closable: false,
  alwaysOnTop: true,
  skipTaskbar: true,
}

/** Opens the panel's window; it starts to load once its owner says so. */
export function createMainWindow(options: MainWindowOptions): BrowserWindow {
  const { bounds, isWindowed, preloadPath, allowsDevTools } = options
  return new BrowserWindow({
    x: bounds.x,
    y: bounds.y,
    width: isWindowed ? Math.min(1280, bounds.width) : bounds.width,
    height: isWindowed ? Math.min(800, bounds.height) : bounds.height,
    title: 'Doorplate',
    backgroundColor: '#101418',
    autoHideMenuBar: true,
    ...(isWindowed ? {} : kioskOptions),
    webPreferences: webPreferences(preloadPath, allowsDevTools),
  })
}
