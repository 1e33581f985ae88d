import { emitPreventable, KnownEvents, knownApi, plain, told } from '../knownApi.ts'
import type { Tell } from '../knownApi.ts'
import type { Peer } from '../Peer.ts'
import type { ScreenSize, TestSide } from '../wire.ts'
import { createWebContents } from './createWebContents.ts'
import type { StandInContents } from './createWebContents.ts'

/** The options a window is asked for with; only these mean something to the stand-in. */
interface WindowOptions {
  readonly width?: number
  readonly height?: number
  readonly x?: number
  readonly y?: number
  readonly show?: boolean
  readonly kiosk?: boolean
  readonly fullscreen?: boolean
  readonly alwaysOnTop?: boolean
  readonly webPreferences?: { readonly preload?: string }
}

/** What windows need of their surroundings. */
export interface WindowDeps {
  readonly test: Peer<TestSide>
  readonly tell: Tell
  readonly session: object
  readonly screen: ScreenSize
  readonly isReady: () => boolean
  readonly onOpened: (window: object, contents: object) => void
  readonly onAllClosed: () => void
}

const events = [
  'ready-to-show',
  'show',
  'hide',
  'close',
  'closed',
  'focus',
  'blur',
  'maximize',
  'unmaximize',
  'minimize',
  'restore',
  'resize',
  'resized',
  'move',
  'moved',
  'enter-full-screen',
  'leave-full-screen',
  'enter-html-full-screen',
  'leave-html-full-screen',
  'always-on-top-changed',
  'app-command',
  'page-title-updated',
  'unresponsive',
  'responsive',
  'session-end',
  'query-session-end',
  'system-context-menu',
]

const noted = [
  'removeMenu',
  'setMenu',
  'setMenuBarVisibility',
  'setAutoHideMenuBar',
  'setSkipTaskbar',
  'setTitle',
  'setBackgroundColor',
  'setResizable',
  'setMovable',
  'setMinimizable',
  'setMaximizable',
  'setClosable',
  'setFullScreenable',
  'setIgnoreMouseEvents',
  'setContentProtection',
  'moveTop',
  'maximize',
  'setPosition',
  'center',
  'flashFrame',
  'setIcon',
] as const

/** A window that stands open. */
export interface OpenWindow {
  readonly window: object
  /** What a window manager of X11 does: the window still calls itself full screen, and hears of nothing but a new size. */
  takeFullScreen(bounds: ScreenSize): void
  readonly contents: StandInContents
  readonly events: KnownEvents
}

/** The `BrowserWindow` class and the windows that are open. */
export function createBrowserWindow(deps: WindowDeps) {
  const { test, tell, session, screen } = deps
  const open = new Map<number, OpenWindow>()
  let lastId = 0

  function build(options: WindowOptions): object {
    if (!deps.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    const id = (lastId += 1)
    tell('BrowserWindow.new', plain(options))
    const emitter = new KnownEvents('BrowserWindow', events, tell)
    const contents = createWebContents(id, session, test, tell)
    const state = {
      isShown: options.show !== false,
      isFull: options.fullscreen === true || options.kiosk === true,
      isOnTop: options.alwaysOnTop === true,
      isEverywhere: false,
      isDestroyed: false,
      /** Taken out of full screen by somebody else, to this size. */
      taken: null as ScreenSize | null,
      bounds: {
        x: options.x ?? 0,
        y: options.y ?? 0,
        width: options.width ?? 800,
        height: options.height ?? 600,
      },
    }
    const size = (): ScreenSize => state.taken ?? (state.isFull ? screen : state.bounds)
    const opened = test.call('openWindow', id, size(), options.webPreferences?.preload ?? null)

    const change =
      (api: string, event: string | null, apply: () => void) =>
      (...args: unknown[]): void => {
        tell(`BrowserWindow.${api}`, ...args)
        apply()
        if (event !== null) emitter.emit(event, {})
      }
    function destroy(): void {
      if (state.isDestroyed) return
      state.isDestroyed = true
      tell('BrowserWindow.destroy')
      open.delete(id)
      void test.call('closeWindow', id)
      contents.destroy()
      emitter.emit('closed')
      if (open.size === 0) deps.onAllClosed()
    }
    const setFull =
      (api: string) =>
      (isFull: boolean): void => {
        tell(`BrowserWindow.${api}`, isFull)
        const isChange = state.isFull !== isFull
        state.isFull = isFull
        // Entering what it believes to be in already changes nothing.
        if (isChange) state.taken = null
        void test.call('resize', id, size())
        if (isChange) emitter.emit(isFull ? 'enter-full-screen' : 'leave-full-screen')
      }
    const setBounds = (bounds: Partial<typeof state.bounds>): void => {
      tell('BrowserWindow.setBounds', bounds)
      Object.assign(state.bounds, bounds)
      void test.call('resize', id, size())
    }

    const members = {
      id,
      webContents: contents.contents,
      loadURL: async (url: string) => {
        await opened
        await (contents.contents as unknown as { loadURL(address: string): Promise<void> }).loadURL(url)
        if (!state.isShown) emitter.emit('ready-to-show')
      },
      reload: () => (contents.contents as unknown as { reload(): void }).reload(),
      show: change('show', 'show', () => (state.isShown = true)),
      showInactive: change('showInactive', 'show', () => (state.isShown = true)),
      hide: change('hide', 'hide', () => (state.isShown = false)),
      focus: change('focus', 'focus', () => undefined),
      blur: change('blur', 'blur', () => undefined),
      minimize: change('minimize', 'minimize', () => undefined),
      restore: change('restore', 'restore', () => undefined),
      setKiosk: setFull('setKiosk'),
      setFullScreen: setFull('setFullScreen'),
      setAlwaysOnTop: (isOnTop: boolean, level?: string) => {
        tell('BrowserWindow.setAlwaysOnTop', isOnTop, level)
        state.isOnTop = isOnTop
      },
      setVisibleOnAllWorkspaces: (isEverywhere: boolean) => {
        tell('BrowserWindow.setVisibleOnAllWorkspaces', isEverywhere)
        state.isEverywhere = isEverywhere
      },
      isVisibleOnAllWorkspaces: () => state.isEverywhere,
      isKiosk: () => state.isFull,
      isFullScreen: () => state.isFull,
      isAlwaysOnTop: () => state.isOnTop,
      isVisible: () => state.isShown,
      isFocused: () => true,
      isMinimized: () => false,
      isMaximized: () => false,
      isDestroyed: () => state.isDestroyed,
      isEnabled: () => true,
      isMenuBarVisible: () => false,
      getBounds: () => ({ ...state.bounds, ...size() }),
      getContentBounds: () => ({ ...state.bounds, ...size() }),
      getSize: () => [size().width, size().height],
      setBounds,
      setContentBounds: setBounds,
      setSize: (width: number, height: number) => setBounds({ width, height }),
      getTitle: () => 'Doorplate',
      getMediaSourceId: () => `window:${id}:0`,
      close: () => {
        tell('BrowserWindow.close')
        if (!emitPreventable(emitter, 'close', {})) destroy()
      },
      destroy,
      ...told('BrowserWindow', noted, tell),
    }
    const window = knownApi('BrowserWindow', Object.assign(emitter, members), tell)
    function takeFullScreen(bounds: ScreenSize): void {
      state.taken = bounds
      void test.call('resize', id, bounds)
      emitter.emit('resize', {})
    }
    open.set(id, { window, contents, events: emitter, takeFullScreen })
    deps.onOpened(window, contents.contents)
    return window
  }

  /** Called with `new`; what it returns takes the place of the instance. */
  function BrowserWindow(options: WindowOptions = {}): object {
    return build(options)
  }
  const statics = {
    getAllWindows: () => [...open.values()].map(({ window }) => window),
    getFocusedWindow: () => [...open.values()][0]?.window ?? null,
    fromId: (id: number) => open.get(id)?.window ?? null,
    fromWebContents: (contents: object) =>
      [...open.values()].find((one) => one.contents.contents === contents)?.window ?? null,
  }
  return { BrowserWindow: knownApi('BrowserWindow', Object.assign(BrowserWindow, statics), tell), open }
}
