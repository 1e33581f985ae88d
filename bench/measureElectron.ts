import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import type { Browser } from '@playwright/test'
import { createSimulator } from '../simulator/createSimulator.ts'
import { SIMULATED_SECRETS, wecomSettings } from '../e2e/fixtures/panelSettings.ts'
import { writePanelFiles } from '../e2e/fixtures/panelFiles.ts'
import { launchPanel } from '../e2e/fixtures/standInDisplay.ts'
import type { StandInRun } from '../e2e/standIn/launchStandIn.ts'
import { buildBootstrap } from '../e2e/standIn/buildBootstrap.ts'
import { median } from './Figure.ts'
import type { Figure } from './Figure.ts'
import { root } from './Workbench.ts'

const RUNS = 9

interface Start {
  readonly windowMs: number
  readonly planMs: number
}

const LOOK_MS = 2
const DEADLINE_MS = 30_000

/** @returns when it came true, on the scale of `performance.now()` */
async function until(run: StandInRun, isTrue: () => boolean): Promise<number> {
  const startedMs = performance.now()
  while (!isTrue()) {
    const isLate = performance.now() - startedMs > DEADLINE_MS
    if (isLate || !run.isRunning()) throw new Error(`the panel did not start:\n${run.output()}`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  return performance.now()
}

async function start(browser: Browser, folder: string, userData: string): Promise<Start> {
  const context = await browser.newContext()
  // So many starts in a row look like a crash loop, which the panel answers with a pause.
  await rm(join(userData, 'run'), { recursive: true, force: true })
  const startedMs = performance.now()
  const run = await launchPanel({
    context,
    userData,
    homeDirectory: folder,
    viewport: { width: 1280, height: 800 },
  })
  try {
    const windowMs = (await until(run, () => run.calls('BrowserWindow.new').length > 0)) - startedMs
    await until(run, () => run.pages.open.size > 0)
    await run.page().locator('[data-testid="timeline-row"]').first().waitFor()
    return { windowMs, planMs: performance.now() - startedMs }
  } finally {
    await run.stop()
    await context.close()
  }
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
  const sizes = await Promise.all(
    files.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size),
  )
  return sizes.reduce((sum, size) => sum + size, 0) / 1_000_000
}

/** The built Electron app on the stand-in: what the app itself takes, without Electron's own start. */
export async function measureElectron(executablePath: string): Promise<readonly Figure[]> {
  await buildBootstrap()
  const folder = await mkdtemp(join(tmpdir(), 'doorplate-bench-'))
  const simulator = createSimulator({ seed: 'day' })
  const { url } = await simulator.listen(0)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const settings = wecomSettings(url, {})
    const userData = await writePanelFiles({ folder, settings, secrets: SIMULATED_SECRETS }, 'sealed')
    await start(browser, folder, userData)
    const starts: Start[] = []
    for (let run = 0; run < RUNS; run += 1) starts.push(await start(browser, folder, userData))
    const sizes = await Promise.all(
      ['main', 'preload', 'renderer'].map((name) => sizeOf(join(root, 'out', name))),
    )
    return [
      {
        name: 'start: main process to its window',
        unit: 'ms',
        ours: median(starts.map(({ windowMs }) => windowMs)),
        target: null,
        peer: null,
        detail: `on the stand-in for Electron, Node's own start included, median of ${RUNS}`,
      },
      {
        name: 'start: main process to the last plan',
        unit: 'ms',
        ours: median(starts.map(({ planMs }) => planMs)),
        target: null,
        peer: null,
        detail: 'the same, with a page of Chromium opened for it',
      },
      {
        name: 'size: main, preload and pages',
        unit: 'MB',
        ours: sizes.reduce((sum, size) => sum + size, 0),
        target: null,
        peer: null,
        detail: `main ${(sizes[0] ?? 0).toFixed(2)}, pages ${(sizes[2] ?? 0).toFixed(2)}; source maps left out`,
      },
    ]
  } finally {
    await browser.close()
    await simulator.close()
    await rm(folder, { recursive: true, force: true })
  }
}
