import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { BrowserContext, Page } from '@playwright/test'
import { createPeer } from './Peer.ts'
import type { Message, Peer } from './Peer.ts'
import { createStandInPages } from './StandInPages.ts'
import type { StandInPages } from './StandInPages.ts'
import type { AppSide, FrameFacts, RecordEntry, StandInOptions, TestSide } from './wire.ts'

/** What a run needs besides its options. */
export interface LaunchDeps {
  readonly context: BrowserContext
  /** The bundled half that runs in the app's process. */
  readonly bootstrapFile: string
  readonly environment?: Readonly<Record<string, string>>
  /** Told every page that opens. */
  readonly onPage?: (page: Page) => void
}

/** The built app, running on the stand-in. */
export interface StandInRun {
  /** Everything the app asked of Electron so far, in order. */
  readonly record: readonly RecordEntry[]
  /** Arguments of every call of one API. */
  calls(api: string): readonly (readonly unknown[])[]
  readonly pages: StandInPages
  /** The page of the first window that stands open. @throws when none does */
  page(): Page
  readonly app: Peer<AppSide>
  /** Calls a channel as a page would that is not ours: another frame, another origin, or a frame that is gone. */
  invokeFrom(frame: FrameFacts, channel: string, ...args: readonly unknown[]): Promise<unknown>
  /** What the process wrote. */
  output(): string
  /** Resolves with the exit code once the app has ended. */
  readonly ended: Promise<number | null>
  isRunning(): boolean
  /** Asks the app to quit as the system would, and ends it the hard way when it does not. */
  stop(): Promise<void>
  /** As a power cut would. */
  kill(): Promise<void>
}

const STOP_MS = 3000

/** Entries that fail a test by themselves: something the stand-in does not know, or nobody may ask for. */
export const isViolation = ({ api }: RecordEntry): boolean =>
  api === 'unknown' || api === 'uncaught' || api.startsWith('forbidden ')

function startProcess(bootstrapFile: string, environment: Readonly<Record<string, string>>): ChildProcess {
  const { NODE_OPTIONS: _ours, ...inherited } = process.env
  return fork(bootstrapFile, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...inherited, ...environment },
    execArgv: [],
  })
}

/** Starts the built app. Resolves at once; wait for what the spec needs. */
export function launchStandIn(options: StandInOptions, deps: LaunchDeps): StandInRun {
  const child = startProcess(deps.bootstrapFile, deps.environment ?? {})
  const record: RecordEntry[] = []
  const written: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => written.push(chunk.toString('utf8')))
  }

  const pages = createStandInPages(deps.context, () => app, deps.onPage ?? (() => undefined))
  const local: TestSide = {
    record: (entry) => void record.push(entry),
    openWindow: (...args) => pages.openWindow(...args),
    load: (...args) => pages.load(...args),
    reload: (...args) => pages.reload(...args),
    closeWindow: (...args) => pages.closeWindow(...args),
    // A page that is on its way out misses it, as in Electron.
    sendToPage: (...args) => void pages.sendToPage(...args).catch(() => undefined),
    crash: (...args) => pages.crash(...args),
    resize: (...args) => pages.resize(...args),
    runScript: (...args) => pages.runScript(...args),
  }
  const app = createPeer<AppSide>(local, (message) => {
    if (child.connected) child.send(message, () => undefined)
  })
  const ended = once(child, 'exit').then(([code]) => {
    app.close('the app has ended')
    return code as number | null
  })
  child.on('message', (message: Message | { readonly kind: 'end' }) => {
    if (message.kind !== 'end') app.receive(message)
  })
  child.send(options)

  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null
  async function kill(): Promise<void> {
    if (isRunning()) child.kill('SIGKILL')
    await ended
  }

  return {
    record,
    calls: (api) => record.filter((entry) => entry.api === api).map(({ args }) => args),
    pages,
    page() {
      const [first] = pages.open.values()
      if (!first) throw new Error('no window is open')
      return first
    },
    app,
    invokeFrom(frame, channel, ...args) {
      const [windowId = 0] = pages.open.keys()
      return app.call('invoke', windowId, frame, channel, args)
    },
    output: () => written.join(''),
    ended,
    isRunning,
    async stop() {
      if (!isRunning()) return
      void app.call('quit').catch(() => undefined)
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      await ended
      clearTimeout(timer)
    },
    kill,
  }
}
