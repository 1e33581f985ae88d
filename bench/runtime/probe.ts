import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { REPORT_MARK, shownSelector } from './marks.ts'
import type { ProbeOrder, ProbeReport } from './wire.ts'

// Loaded into Electron's main process before the app that is measured, by `electron -r`: no debugger, which would itself cost
// time and memory. It takes orders on standard input and reports on standard output.

interface Contents {
  readonly mainFrame: { executeJavaScript(code: string): Promise<unknown> }
  readonly debugger: {
    attach(version: string): void
    detach(): void
    sendCommand(method: string): Promise<unknown>
  }
  send(channel: string, ...args: readonly unknown[]): void
  on(event: 'dom-ready', listener: () => void): void
}

interface ElectronParts {
  readonly app: {
    on(event: 'browser-window-created', listener: () => void): void
    on(event: 'web-contents-created', listener: (event: unknown, contents: Contents) => void): void
  }
}

// Asked for by name at run time: where Electron is not running, the package would try to fetch it.
const { app } = createRequire(process.execPath)('electron') as ElectronParts
// The app may be on travelling time; what is reported is the machine's.
const machineTime = Date
const pages: Contents[] = []
let loads = 0
let sent = 0
/** Sends the page's last snapshot once more, with the next revision. */
let sendNext: (() => void) | null = null

const report = (what: ProbeReport): void =>
  void process.stdout.write(`${REPORT_MARK}${JSON.stringify(what)}\n`)

/** Runs in the page: resolves with the moment two frames after the thing is there, when it has been drawn. */
const shown = `new Promise((resolve) => {
  const look = () => {
    if (document.querySelector(${JSON.stringify(shownSelector)}) === null) setTimeout(look, 2)
    else requestAnimationFrame(() => requestAnimationFrame(() => resolve(Date.now())))
  }
  look()
})`

function watch(contents: Contents): void {
  pages.push(contents)
  const send = contents.send.bind(contents)
  Object.assign(contents, {
    send(channel: string, ...args: readonly unknown[]) {
      send(channel, ...args)
      if (args[0] !== 'room.changed') return
      sent += 1
      report({ event: 'sent', count: sent })
      let last = args[1] as { readonly revision: number }
      sendNext = () => {
        last = { ...last, revision: last.revision + 1 }
        send(channel, 'room.changed', last)
      }
    },
  })
  contents.on('dom-ready', () => {
    loads += 1
    contents.mainFrame.executeJavaScript(shown).then(
      (atMs) => report({ event: 'shown', atMs: Number(atMs) }),
      // A page that goes away meanwhile shows nothing; whoever waits for it gives up by itself.
      () => undefined,
    )
  })
}

async function heapOfPage(contents: Contents): Promise<number> {
  contents.debugger.attach('1.3')
  try {
    await contents.debugger.sendCommand('HeapProfiler.collectGarbage')
    await contents.debugger.sendCommand('HeapProfiler.collectGarbage')
    return ((await contents.debugger.sendCommand('Runtime.getHeapUsage')) as { readonly usedSize: number })
      .usedSize
  } finally {
    contents.debugger.detach()
  }
}

async function reportHeap(): Promise<void> {
  const [page] = pages
  const pageBytes = page === undefined ? 0 : await heapOfPage(page)
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  collect()
  report({ event: 'heap', mainBytes: process.memoryUsage().heapUsed, pageBytes, loads })
}

/** So many at a time; the page answers between, so that none waits in a queue for the end. */
const BATCH = 50

async function repeat(times: number): Promise<void> {
  for (let count = 0; count < times; count += BATCH) {
    for (let one = 0; one < BATCH; one += 1) sendNext?.()
    // Two frames later what was sent is drawn.
    await pages[0]?.mainFrame.executeJavaScript(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))',
    )
  }
  report({ event: 'repeated' })
}

app.on('browser-window-created', () => report({ event: 'window', atMs: machineTime.now() }))
app.on('web-contents-created', (_event, contents) => watch(contents))
createInterface({ input: process.stdin }).on('line', (line) => {
  const order = JSON.parse(line) as ProbeOrder
  if (order.do === 'heap') void reportHeap()
  else if (order.do === 'repeat') void repeat(order.times)
  else (globalThis as unknown as { __doorplateAdvance(ms: number): void }).__doorplateAdvance(order.ms)
})
