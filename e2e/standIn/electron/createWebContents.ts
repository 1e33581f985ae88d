import { emitPreventable, KnownEvents, knownApi, told } from '../knownApi.ts'
import type { Tell } from '../knownApi.ts'
import type { Peer } from '../Peer.ts'
import type { FrameFacts, TestSide } from '../wire.ts'

/** A frame as `WebFrameMain` shows it. */
export interface Frame {
  url: string
  origin: string
  readonly parent: Frame | null
  readonly top: Frame
  readonly frameTreeNodeId: number
  readonly routingId: number
  readonly processId: number
  readonly detached: boolean
  isDestroyed(): boolean
}

const events = [
  'did-start-loading',
  'did-stop-loading',
  'did-finish-load',
  'did-fail-load',
  'did-fail-provisional-load',
  'did-frame-finish-load',
  'did-start-navigation',
  'did-navigate',
  'did-frame-navigate',
  'did-navigate-in-page',
  'dom-ready',
  'will-navigate',
  'will-frame-navigate',
  'will-redirect',
  'will-attach-webview',
  'did-create-window',
  'render-process-gone',
  'unresponsive',
  'responsive',
  'destroyed',
  'before-input-event',
  'before-mouse-event',
  'input-event',
  'context-menu',
  'console-message',
  'preload-error',
  'devtools-opened',
  'devtools-closed',
  'zoom-changed',
  'certificate-error',
  'select-bluetooth-device',
  'login',
  'will-prevent-unload',
  'focus',
  'blur',
  'enter-html-full-screen',
  'leave-html-full-screen',
]

const noted = [
  'setVisualZoomLevelLimits',
  'setZoomFactor',
  'setZoomLevel',
  'setUserAgent',
  'setIgnoreMenuShortcuts',
  'setBackgroundThrottling',
  'setAudioMuted',
  'setWebRTCIPHandlingPolicy',
  'closeDevTools',
  'openDevTools',
  'toggleDevTools',
  'focus',
  'invalidate',
  'stop',
] as const

const PROCESS_ID = 4242

function createFrame(
  id: number,
  facts: { readonly url: string; readonly origin?: string | undefined },
  parent: Frame | null,
): Frame {
  const frame: Omit<Frame, 'top'> = {
    url: facts.url,
    origin: facts.origin ?? originOf(facts.url),
    parent,
    frameTreeNodeId: id,
    routingId: id,
    processId: PROCESS_ID,
    detached: false,
    isDestroyed: () => false,
  }
  return Object.defineProperty(frame, 'top', { get: () => parent?.top ?? frame }) as Frame
}

function originOf(url: string): string {
  if (!URL.canParse(url)) return 'null'
  const { protocol, host, origin } = new URL(url)
  // Node knows no origin for schemes of the app's own; Chromium does once they are registered as standard.
  return origin === 'null' && host !== '' ? `${protocol}//${host}` : origin
}

/** One window's page, as the main process sees it. */
export function createWebContents(id: number, session: object, test: Peer<TestSide>, tell: Tell) {
  const contents = new KnownEvents('webContents', events, tell)
  const mainFrame = createFrame(id * 100, { url: '' }, null)
  let openHandler: ((details: object) => { readonly action: string }) | null = null
  let isDestroyed = false
  let isCrashed = false
  let isLoading = false

  async function load(url: string, go: () => Promise<void>): Promise<void> {
    Object.assign(mainFrame, { url, origin: originOf(url) })
    isLoading = true
    isCrashed = false
    contents.emit('did-start-loading')
    try {
      await go()
      isLoading = false
      contents.emit('did-navigate', {}, url, 200, 'OK')
      contents.emit('dom-ready', {})
      contents.emit('did-finish-load', {})
    } catch {
      isLoading = false
      contents.emit('did-fail-load', {}, -2, 'ERR_FAILED', url, true, PROCESS_ID, mainFrame.routingId)
      throw new Error(`ERR_FAILED (-2) loading '${url}'`)
    } finally {
      contents.emit('did-stop-loading')
    }
  }

  const loadUrl = (url: string): Promise<void> => {
    tell('webContents.loadURL', url)
    return load(url, () => test.call('load', id, url))
  }
  const reload = (): void => {
    tell('webContents.reload')
    load(mainFrame.url, () => test.call('reload', id)).catch(() => undefined)
  }

  const members = {
    id,
    session,
    mainFrame,
    loadURL: loadUrl,
    reload,
    reloadIgnoringCache: reload,
    send: (channel: string, ...args: readonly unknown[]) => {
      // Electron clones what it sends, and refuses what cannot be cloned.
      const copy = structuredClone(args)
      if (!isDestroyed) void test.call('sendToPage', id, channel, copy)
    },
    getURL: () => mainFrame.url,
    getTitle: () => 'Doorplate',
    isDestroyed: () => isDestroyed,
    isCrashed: () => isCrashed,
    isLoading: () => isLoading,
    isLoadingMainFrame: () => isLoading,
    isDevToolsOpened: () => false,
    isFocused: () => true,
    getOSProcessId: () => PROCESS_ID,
    getProcessId: () => PROCESS_ID,
    getZoomFactor: () => 1,
    executeJavaScript: (code: string) => test.call('runScript', id, code),
    insertCSS: () => Promise.resolve('css'),
    forcefullyCrashRenderer: () => {
      tell('webContents.forcefullyCrashRenderer')
      void test.call('crash', id)
    },
    close: () => tell('webContents.close'),
    setWindowOpenHandler: (handler: typeof openHandler) => {
      tell('webContents.setWindowOpenHandler')
      openHandler = handler
    },
    ...told('webContents', noted, tell),
  }
  const known = knownApi('webContents', Object.assign(contents, members), tell, [
    'hostWebContents',
    'debugger',
  ])

  return {
    contents: known,
    /** The frame a message came from: the real one, a forged one, or none. */
    frameOf(facts: FrameFacts): Frame | null {
      if (facts === null) return null
      const isTop = facts.isTop
      if (isTop && facts.origin === undefined) {
        Object.assign(mainFrame, { url: facts.url, origin: originOf(facts.url) })
        return mainFrame
      }
      return createFrame(
        isTop ? mainFrame.frameTreeNodeId : mainFrame.frameTreeNodeId + 1,
        facts,
        isTop ? null : mainFrame,
      )
    },
    /** @returns what the page gets: `deny`, `allow`, or null where the app set no handler, so Electron opens it */
    askWindowOpen: (url: string): string | null =>
      openHandler?.({ url, frameName: '', features: '', disposition: 'new-window' }).action ?? null,
    /** @returns whether the app stops the page from going there */
    askNavigation: (url: string): boolean =>
      emitPreventable(contents, 'will-frame-navigate', { url, isMainFrame: true, frame: mainFrame }) ||
      emitPreventable(contents, 'will-navigate', { url, isMainFrame: true, frame: mainFrame }, url),
    gone(reason: string): void {
      isCrashed = true
      contents.emit('render-process-gone', {}, { reason, exitCode: reason === 'clean-exit' ? 0 : 133 })
    },
    destroy(): void {
      isDestroyed = true
      contents.emit('destroyed')
    },
  }
}

/** See {@link createWebContents}. */
export type StandInContents = ReturnType<typeof createWebContents>
