import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { SIMULATED_SECRETS, wecomSettings } from '../e2e/fixtures/panelSettings.ts'
import { writePanelFiles } from '../e2e/fixtures/panelFiles.ts'
import { launchPanel } from '../e2e/fixtures/standInDisplay.ts'
import { buildBootstrap } from '../e2e/standIn/buildBootstrap.ts'
import { createTravelClock } from '../e2e/time/travelClock.ts'
import { createSimulator } from '../simulator/createSimulator.ts'
import { HOUR_MS } from '../src/shared/domain/duration.ts'
import type { Figure } from './Figure.ts'

/** A Monday, so that the day has its office hours. */
const START_MS = Date.parse('2026-11-16T06:00:00+08:00')
const STEP_MS = 30_000
/** Until then the process is still filling its caches; measured on the core alone, its heap stands still after about that. */
const WARM_UP_MS = 6 * HOUR_MS

/** The built main process on the stand-in, reading its room through a whole day of simulated time. */
export async function measureDay(executablePath: string): Promise<readonly Figure[]> {
  await buildBootstrap()
  const folder = await mkdtemp(join(tmpdir(), 'doorplate-bench-'))
  const clock = createTravelClock(START_MS)
  const simulator = createSimulator({ now: () => clock.now(), seed: 'day' })
  const { url } = await simulator.listen(0)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  const context = await browser.newContext()
  const settings = wecomSettings(url, {})
  const userData = await writePanelFiles({ folder, settings, secrets: SIMULATED_SECRETS }, 'sealed')
  const run = await launchPanel({
    context,
    userData,
    homeDirectory: folder,
    viewport: { width: 1280, height: 800 },
    aheadMs: clock.now() - Date.now(),
  })
  const live = async (ms: number): Promise<void> => {
    for (let passedMs = 0; passedMs < ms; passedMs += STEP_MS) {
      clock.advance(STEP_MS)
      await run.app.call('advance', STEP_MS)
    }
  }
  try {
    await live(WARM_UP_MS)
    const before = await run.app.call('memory')
    await live(24 * HOUR_MS)
    const after = await run.app.call('memory')
    const calls: unknown = await fetch(new URL('/__sim/state', url)).then((answer) => answer.json())
    const mega = (bytes: number): number => bytes / 1_000_000
    return [
      {
        name: 'a day: heap of the main process after it',
        unit: 'MB',
        ours: mega(after.heapUsed),
        target: null,
        peer: null,
        detail: `after six hours ${mega(before.heapUsed).toFixed(2)} MB; resident ${mega(before.rss).toFixed(0)} → ${mega(after.rss).toFixed(0)} MB, stand-in included; ${callsOf(calls)} calls`,
      },
      {
        name: 'a day: growth of that heap',
        unit: 'MB',
        ours: mega(after.heapUsed - before.heapUsed),
        target: 1,
        peer: null,
        detail: '24 simulated hours of reading, after a forced collection each time',
      },
    ]
  } finally {
    await run.stop()
    await browser.close()
    await simulator.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const callsOf = (state: unknown): number =>
  typeof state === 'object' && state !== null && 'callsTotal' in state ? Number(state.callsTotal) : 0
