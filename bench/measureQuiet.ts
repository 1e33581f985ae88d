import type { Browser, CDPSession, Page } from '@playwright/test'
import { MINUTE_MS } from '../src/shared/domain/duration.ts'
import type { Figure } from './Figure.ts'
import { openWorkbench } from './Workbench.ts'

const SETTLE_MS = 3000

interface Changes {
  readonly count: number
  /** How often something changed, by the part of the screen it belongs to. */
  readonly places: Readonly<Record<string, number>>
}

/** Counts in the page every change of its document from now on. */
function startCounting(): void {
  const places: Record<string, number> = {}
  let count = 0
  const nameOf = (node: Node): string => {
    const element = node instanceof Element ? node : node.parentElement
    const part = element?.closest('[data-testid]')
    return part?.getAttribute('data-testid') ?? element?.tagName ?? '?'
  }
  new MutationObserver((records) => {
    for (const { target } of records) {
      count += 1
      places[nameOf(target)] = (places[nameOf(target)] ?? 0) + 1
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  Object.assign(globalThis, { readChanges: () => ({ count, places }) })
}

const readChanges = (page: Page): Promise<Changes> =>
  page.evaluate(() => (globalThis as unknown as { readChanges: () => Changes }).readChanges())

interface CpuTimes {
  readonly renderer: number
  readonly whole: number
}

/** Seconds of CPU so far: of the only page's process, and of the browser with all its processes. */
async function cpuOf(session: CDPSession): Promise<CpuTimes> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const sum = (types: readonly string[] | null): number =>
    processInfo.reduce(
      (total, { type, cpuTime }) => (!types || types.includes(type) ? total + cpuTime : total),
      0,
    )
  return { renderer: sum(['renderer']), whole: sum(null) }
}

async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize / 1_000_000
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function openQuietPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(url)
  await page.locator('[data-testid="timeline-row"]').first().waitFor()
  await pause(SETTLE_MS)
  return page
}

/** A minute in which nothing happens in the room: the panel reads twice, the clock moves on once. */
export async function measureQuiet(executablePath: string): Promise<readonly Figure[]> {
  const bench = await openWorkbench(executablePath, 'day')
  try {
    const page = await openQuietPage(bench.browser, bench.url)
    const session = await bench.browser.newBrowserCDPSession()
    await page.evaluate(startCounting)
    const before = await cpuOf(session)
    const startedMs = performance.now()
    await pause(MINUTE_MS)
    const after = await cpuOf(session)
    const tookS = (performance.now() - startedMs) / 1000
    const changes = await readChanges(page)
    const share = (key: keyof CpuTimes): number => ((after[key] - before[key]) / tookS) * 100
    const places = Object.entries(changes.places).map(([name, count]) => `${name} ${count}`)
    return [
      {
        name: 'quiet minute: CPU of the page',
        unit: '% of a core',
        ours: share('renderer'),
        target: 0.6,
        peer: 0.6,
        detail: `the renderer's process; the whole browser ${share('whole').toFixed(2)} %`,
      },
      {
        name: 'quiet minute: changes of the page',
        unit: '',
        ours: changes.count,
        target: 6,
        peer: null,
        detail: places.length === 0 ? 'none' : places.join(', '),
      },
      {
        name: 'quiet minute: heap after collection',
        unit: 'MB',
        ours: await heapOf(page),
        target: 3.8,
        peer: 3.8,
        detail: 'used, after two forced collections',
      },
    ]
  } finally {
    await bench.close()
  }
}
