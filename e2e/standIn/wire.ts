/** What the two halves of the stand-in say to each other, and the options a run begins with. */

/** How well the simulated key store of the machine works. */
export type SealingMode =
  /** A real key store: `v11`. */
  | 'sealed'
  /** No key store: the fixed key, `v10`, which only obfuscates. */
  | 'obfuscated'
  /** Nothing can be sealed or opened. */
  | 'unavailable'
  /** A key store that waits for somebody to unlock it: no call ever settles. */
  | 'hanging'
  /** What was sealed before cannot be opened any more. */
  | 'changedKey'

/** A screen of the machine. */
export interface ScreenSize {
  readonly width: number
  readonly height: number
}

/** Everything a run of the stand-in begins with. */
export interface StandInOptions {
  /** The repository: what `electron .` would be started in. */
  readonly appPath: string
  /** The built main bundle, absolute. */
  readonly mainFile: string
  /** Arguments behind the executable and the app's path. */
  readonly args: readonly string[]
  /** Where the system would keep the app's data. */
  readonly homeDirectory: string
  readonly sealing: SealingMode
  readonly screens: readonly ScreenSize[]
  /** What the process's clock is ahead of the machine's, from its first moment on; null leaves its time alone. */
  readonly aheadMs: number | null
  /** The product's version, as its package.json says. */
  readonly version: string
  readonly electronVersion: string
}

/** One thing the app asked of Electron. */
export interface RecordEntry {
  /** E.g. `BrowserWindow.new`, `app.enableSandbox`. */
  readonly api: string
  readonly args: readonly unknown[]
}

/** A frame that speaks, as the page's side sees it. Null: it has gone since. */
export type FrameFacts = { readonly url: string; readonly isTop: boolean; readonly origin?: string } | null

/** A request for a page of the app. */
export interface ProtocolRequest {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
}

/** What the app's protocol handler answered. */
export interface ProtocolAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** What the app's process holds, in bytes. */
export interface ProcessMemory {
  readonly heapUsed: number
  readonly rss: number
}

/** Answered by the process that runs the app. */
export interface AppSide {
  /** A page invoked a channel. */
  invoke(windowId: number, frame: FrameFacts, channel: string, args: readonly unknown[]): unknown
  sendToMain(windowId: number, frame: FrameFacts, channel: string, args: readonly unknown[]): void
  fetchPage(request: ProtocolRequest): Promise<ProtocolAnswer | null>
  /** Emits an event on one of Electron's objects. @returns whether a listener prevented its default */
  emit(target: string, event: string, ...args: readonly unknown[]): boolean
  /** Asks a handler the app has set, as Electron would. @returns its verdict */
  ask(question: string, ...args: readonly unknown[]): unknown
  rendererGone(windowId: number, reason: string): void
  advance(ms: number): Promise<void>
  /** Memory of the app's process after a forced collection. */
  memory(): ProcessMemory
  quit(): void
  [method: string]: (...args: never[]) => unknown
}

/** Answered by the test. */
export interface TestSide {
  record(entry: RecordEntry): void
  openWindow(windowId: number, size: ScreenSize, preload: string | null): Promise<void>
  load(windowId: number, url: string): Promise<void>
  reload(windowId: number): Promise<void>
  closeWindow(windowId: number): Promise<void>
  sendToPage(windowId: number, channel: string, args: readonly unknown[]): void
  crash(windowId: number): Promise<void>
  resize(windowId: number, size: ScreenSize): Promise<void>
  runScript(windowId: number, code: string): Promise<unknown>
  [method: string]: (...args: never[]) => unknown
}
