import type { EventEmitter } from 'node:events'
import { emitPreventable, plain } from '../knownApi.ts'
import type { Tell } from '../knownApi.ts'
import type { Activity } from '../../time/createActivity.ts'
import type { Peer } from '../Peer.ts'
import type { AppSide, FrameFacts, ProcessMemory, StandInOptions, TestSide } from '../wire.ts'
import { createApp } from './createApp.ts'
import { createChromiumFetch } from './createChromiumFetch.ts'
import { createBrowserWindow } from './createBrowserWindow.ts'
import type { OpenWindow } from './createBrowserWindow.ts'
import { createIpcMain } from './createIpcMain.ts'
import { createNet } from './createNet.ts'
import { createProtocol } from './createProtocol.ts'
import { createSafeStorage } from './createSafeStorage.ts'
import { createSession } from './createSession.ts'
import { createSystem } from './createSystem.ts'

/** What the stand-in needs of the process it runs in. */
export interface ElectronDeps {
  readonly options: StandInOptions
  readonly test: Peer<TestSide>
  readonly end: (code: number) => void
  /** Moves the process's time and lets it do what falls due; throws where the run is on real time. */
  readonly advance: (ms: number) => Promise<void>
  readonly activity: Activity
  readonly memory: () => ProcessMemory
}

/** What the electron module exports here, by name. */
export type ElectronModule = Readonly<Record<string, unknown>>

/** Calls to the test are work under way, as far as the app waits for them. */
const tracked = (test: Peer<TestSide>, activity: Activity): Peer<TestSide> => ({
  ...test,
  call: (method, ...args) => activity.track(test.call(method, ...args)),
})

/** The main-process half of Electron, and what a test may do to it. */
export function createElectron({ options, test, end, advance, activity, memory }: ElectronDeps) {
  const tell: Tell = (api, ...args) => {
    const entry = { api, args: args.map((arg) => plain(arg)) }
    void test.call('record', entry).catch(() => undefined)
  }
  let windows: ReadonlyMap<number, OpenWindow> = new Map()

  const life = createApp({
    options,
    tell,
    end,
    closeAllWindows: () => {
      for (const { window } of windows.values()) (window as { close(): void }).close()
      return windows.size === 0
    },
  })
  const { app } = life
  const isReady = (): boolean => life.isReady()
  const { protocol, answer } = createProtocol(isReady, tell)
  const chromium = createChromiumFetch()
  const {
    module: sessionModule,
    session,
    answers,
  } = createSession({
    protocol,
    chromium,
    tell,
    activity,
  })
  const ipc = createIpcMain(tell)
  const system = createSystem(options.screens, tell)
  const { BrowserWindow, open } = createBrowserWindow({
    test: tracked(test, activity),
    tell,
    session,
    screen: options.screens[0] ?? { width: 1280, height: 800 },
    isReady,
    onOpened: (window, contents) => {
      app.emit('browser-window-created', {}, window)
      app.emit('web-contents-created', {}, contents)
    },
    onAllClosed: () => life.windowsAreClosed(),
  })
  windows = open

  const opened = (windowId: number): OpenWindow => {
    const found = open.get(windowId)
    if (!found) throw new Error(`window ${windowId} is not open`)
    return found
  }
  const eventOf = (windowId: number, frame: FrameFacts): object => {
    const { contents } = opened(windowId)
    const senderFrame = contents.frameOf(frame)
    const { processId, routingId: frameId } = senderFrame ?? { processId: 0, routingId: 0 }
    return { type: 'frame', sender: contents.contents, senderFrame, processId, frameId }
  }

  const targets: Readonly<Record<string, () => EventEmitter>> = {
    app: () => app,
    powerMonitor: () => system.powerMonitor,
    screen: () => system.screen,
    nativeTheme: () => system.nativeTheme,
    session: () => session,
    window: () => opened(Math.max(...open.keys())).events,
    webContents: () => opened(Math.max(...open.keys())).contents.contents,
  }

  const remote: AppSide = {
    invoke: (windowId, frame, channel, args) => ipc.invoke(eventOf(windowId, frame), channel, args),
    sendToMain: (windowId, frame, channel, args) => void ipc.receive(eventOf(windowId, frame), channel, args),
    fetchPage: answer,
    emit(target, event, ...args) {
      const emitter = targets[target]?.()
      if (!emitter) throw new Error(`no ${target} to emit ${event} on`)
      return emitPreventable(emitter, event, {}, ...args)
    },
    ask(question, windowId, ...args) {
      const window = opened(Number(windowId))
      const { contents } = window
      if (question === 'takeFullScreen') {
        window.takeFullScreen({ width: 400, height: 300 })
        return
      }
      if (question === 'windowOpen') return contents.askWindowOpen(String(args[0]))
      if (question === 'navigation') return contents.askNavigation(String(args[0]))
      if (question === 'channels') return ipc.channels()
      return answers[question]?.(contents.contents, ...args)
    },
    rendererGone(windowId, reason) {
      const { contents } = opened(windowId)
      app.emit('render-process-gone', {}, contents.contents, { reason, exitCode: 133 })
      contents.gone(reason)
    },
    advance,
    memory,
    quit: () => app.quit(),
  }

  const electron: ElectronModule = {
    app,
    BrowserWindow,
    ipcMain: ipc.ipcMain,
    protocol,
    session: sessionModule,
    net: createNet(chromium, tell, activity),
    safeStorage: createSafeStorage(options.sealing, isReady, tell),
    ...system,
  }
  return { electron, remote, becomeReady: () => life.becomeReady(), tell }
}
