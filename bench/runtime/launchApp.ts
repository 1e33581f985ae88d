import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import type { VirtualScreen } from '../../e2e/electron/VirtualScreen.ts'
import type { Runtime } from '../../e2e/electron/runtime.ts'
import { readTree } from './processTree.ts'
import type { ProcessFacts } from './processTree.ts'
import { REPORT_MARK } from './marks.ts'
import { probeReportSchema } from './wire.ts'
import type { ProbeOrder, ProbeReport } from './wire.ts'

/** An app to be measured, and everything it is started with. */
export interface AppLaunch {
  readonly runtime: Runtime
  /** What is loaded before the app, in this order. */
  readonly preloads: readonly string[]
  readonly appFolder: string
  /** Where its user may write. */
  readonly folder: string
  readonly screen: VirtualScreen
  /** Arguments besides those every app gets. */
  readonly args: readonly string[]
  /** Puts it on travelling time, so far ahead; null leaves it on the machine's. */
  readonly aheadMs: number | null
}

/** Heaps after forced collections. */
export type Heap = Extract<ProbeReport, { readonly event: 'heap' }>

/** A running app with the probe inside. */
export interface MeasuredApp {
  /** Milliseconds from its start to its window, and to what it has to show. */
  readonly windowMs: number
  readonly shownMs: number
  tree(): Promise<readonly ProcessFacts[]>
  heap(): Promise<Heap>
  /** Lets time pass for the app, and waits for the snapshot that follows. */
  advance(ms: number): Promise<void>
  /** Sends the page its last snapshot so many times more, a revision each. */
  repeat(times: number): Promise<void>
  stop(): Promise<void>
}

const DEADLINE_MS = 60_000
/** A step of time after which nothing is sent is no fault: not every one holds a reading. */
const NO_SNAPSHOT_MS = 500
const LOOK_MS = 1

/** Starts an app as its unit would: no debugger, the sandbox on. @throws Error where it does not come up */
export async function launchApp(launch: AppLaunch): Promise<MeasuredApp> {
  const { runtime, preloads, appFolder, folder, screen, args, aheadMs } = launch
  const startedAtMs = Date.now()
  const child = spawn(
    runtime.command,
    [...preloads.flatMap((file) => ['-r', file]), appFolder, '--disable-gpu', ...args],
    {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...screen.environment,
        HOME: folder,
        XDG_RUNTIME_DIR: folder,
        ...(aheadMs === null ? {} : { DOORPLATE_E2E_AHEAD_MS: String(aheadMs) }),
      },
    },
  )
  let windowAtMs: number | null = null
  let shownAtMs: number | null = null
  let sent = 0
  let latestHeap: Heap | null = null
  let isRepeated = false
  const complaints: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text))

  function take(report: ProbeReport): void {
    switch (report.event) {
      // The first window and page count, not one that came in their place.
      case 'window':
        windowAtMs ??= report.atMs
        return
      case 'shown':
        shownAtMs ??= report.atMs
        return
      case 'sent':
        sent = report.count
        return
      case 'repeated':
        isRepeated = true
        return
      case 'heap':
        latestHeap = report
    }
  }

  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith(REPORT_MARK))
      take(probeReportSchema.parse(JSON.parse(line.slice(REPORT_MARK.length))))
  })

  /** @returns null where it did not come in time, or the app ended before */
  async function wait<T>(read: () => T | null, withinMs = DEADLINE_MS): Promise<T | null> {
    const untilMs = performance.now() + withinMs
    while (child.exitCode === null && performance.now() < untilMs) {
      const value = read()
      if (value !== null) return value
      await pause(LOOK_MS)
    }
    return null
  }

  const failure = (what: string): Error =>
    new Error(`${what} (exit code ${child.exitCode}):\n${complaints.join('')}`)
  const order = (what: ProbeOrder): void => void child.stdin.write(`${JSON.stringify(what)}\n`)

  async function stop(): Promise<void> {
    if (child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }

  const shownAt = await wait(() => shownAtMs)
  const windowAt = await wait(() => windowAtMs)
  if (shownAt === null || windowAt === null) {
    await stop()
    throw failure('the app did not come up')
  }
  return {
    windowMs: windowAt - startedAtMs,
    shownMs: shownAt - startedAtMs,
    tree: () => readTree(child.pid ?? 0),
    async heap() {
      latestHeap = null
      order({ do: 'heap' })
      const heap = await wait(() => latestHeap)
      if (heap === null) throw failure('the probe did not answer')
      return heap
    },
    async repeat(times) {
      isRepeated = false
      order({ do: 'repeat', times })
      if ((await wait(() => isRepeated || null)) === null) throw failure('the snapshots were not taken')
    },
    async advance(ms) {
      const before = sent
      order({ do: 'advance', ms })
      await wait(() => (sent > before ? sent : null), NO_SNAPSHOT_MS)
      if (child.exitCode !== null) throw failure('the app ended')
    },
    stop,
  }
}
