import { gzipSync } from 'node:zlib'
import type { Browser, Request, Response } from '@playwright/test'
import { median } from './Figure.ts'
import type { Figure } from './Figure.ts'
import { openWorkbench } from './Workbench.ts'

const RUNS = 21
const WARM_UP = 2
/** A new browser window loads its own address bar in the background; the page must not race with it for the cores. */
const SETTLE_MS = 1_500

interface Opening {
  readonly shownMs: number
  readonly requests: number
  readonly scriptBytes: number
  /** Time the page's main thread really worked: the one figure a busy machine does not change. */
  readonly workMs: number
}

/** Runs in the page before its scripts: notes when the plan is there, and when the frame that shows it is drawn. */
function noteWhenShown(): void {
  const look = (): void => {
    const panel = document.querySelector('[data-testid="panel"]')
    if (!panel?.querySelector('[data-testid="timeline-row"]')) return
    observer.disconnect()
    requestAnimationFrame(() => {
      // The frame is on its way to the screen once a task behind it runs.
      setTimeout(() => Object.assign(globalThis, { shownAtMs: performance.now() }))
    })
  }
  const observer = new MutationObserver(look)
  observer.observe(document, { subtree: true, childList: true, attributes: true })
}

async function open(browser: Browser, url: string): Promise<Opening> {
  // A context of its own has an empty cache.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  try {
    await context.addInitScript(noteWhenShown)
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    const responses: Response[] = []
    const requests: Request[] = []
    page.on('request', (request) => requests.push(request))
    page.on('response', (response) => responses.push(response))
    await page.waitForTimeout(SETTLE_MS)
    await page.goto(url, { waitUntil: 'commit' })
    const handle = await page.waitForFunction(() => (globalThis as { shownAtMs?: number }).shownAtMs)
    const shownMs = Number(await handle.jsonValue())
    // By the page's own clock: we hear of it later, and the buttons may be on their way by then.
    const shownAtMs = shownMs + (await page.evaluate(() => performance.timeOrigin))
    const isBefore = (request: Request): boolean => request.timing().startTime <= shownAtMs
    const { metrics } = await session.send('Performance.getMetrics')
    const workMs = (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
    // When a request began is known once it is answered.
    await page.waitForTimeout(SETTLE_MS)
    const scripts = responses.filter(
      (one) => one.request().resourceType() === 'script' && isBefore(one.request()),
    )
    const bodies = await Promise.all(scripts.map((one) => one.body()))
    const scriptBytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)
    return { shownMs, requests: requests.filter(isBefore).length, scriptBytes, workMs }
  } finally {
    await context.close()
  }
}

/** From the address to the last plan on screen, with an empty cache, against a host that has the plan. */
export async function measureOpening(executablePath: string): Promise<readonly Figure[]> {
  const bench = await openWorkbench(executablePath, 'day')
  try {
    for (let run = 0; run < WARM_UP; run += 1) await open(bench.browser, bench.url)
    const openings: Opening[] = []
    for (let run = 0; run < RUNS; run += 1) openings.push(await open(bench.browser, bench.url))
    const times = openings.map(({ shownMs }) => shownMs).sort((a, b) => a - b)
    const spread = `median of ${RUNS}; fastest ${Math.round(times[0] ?? 0)}, slowest ${Math.round(times.at(-1) ?? 0)}`
    return [
      {
        name: 'opening: last plan on screen',
        unit: 'ms',
        ours: median(times),
        target: 200,
        peer: 617,
        detail: `navigation to the drawn frame, empty cache, in a browser at rest, ${spread}`,
      },
      {
        name: 'opening: work of the page',
        unit: 'ms CPU',
        ours: median(openings.map(({ workMs }) => workMs)),
        target: null,
        peer: null,
        detail: "the main thread's own time until the plan is shown, whatever else the machine does",
      },
      {
        name: 'opening: script',
        unit: 'KiB gzip',
        ours: Math.max(...openings.map(({ scriptBytes }) => scriptBytes)) / 1024,
        target: 60,
        peer: 85,
        detail: 'every script loaded until the plan is shown',
      },
      {
        name: 'opening: requests',
        unit: '',
        ours: Math.max(...openings.map(({ requests }) => requests)),
        target: 8,
        peer: 37,
        detail: 'every request until the plan is shown, the page and its event stream included',
      },
    ]
  } finally {
    await bench.close()
  }
}
