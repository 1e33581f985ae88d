import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from '@playwright/test'
import type { Browser } from '@playwright/test'
import { platformSettings } from '../e2e/fixtures/panelSettings.ts'
import type { PanelSettings } from '../e2e/fixtures/panelSettings.ts'
import { createSimulatorClient } from '../e2e/fixtures/SimulatorClient.ts'
import type { SimulatorClient } from '../e2e/fixtures/SimulatorClient.ts'
import { testPlatforms } from '../e2e/fixtures/testPlatforms.ts'
import type { Platform } from '../src/shared/domain/platform.ts'

/** The repository, seen from where the bundled benchmarks lie. */
export const root = process.cwd()

/** The built programs, running, and a browser to look at them with. Everything is on the machine's own time. */
export interface Workbench {
  readonly url: string
  readonly simulator: SimulatorClient
  readonly browser: Browser
  close(): Promise<void>
}

/** Office hours that never end: the figures must not depend on the hour they are taken at. */
const always = { days: [0, 1, 2, 3, 4, 5, 6], from: '00:00', until: '23:59' }

const READY_MS = 30_000

async function startProgram(
  args: readonly string[],
): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  const deadline = setTimeout(() => child.kill('SIGKILL'), READY_MS)
  try {
    for await (const line of lines) {
      const said = line.startsWith('{"event":"ready"') ? (JSON.parse(line) as { readonly url: string }) : null
      if (said) return { child, url: said.url }
    }
    throw new Error(`${args[0] ?? 'the program'} ended before it was ready`)
  } finally {
    clearTimeout(deadline)
  }
}

async function stopProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

const browserArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Starts the simulator, the host and a browser.
 * @param seed what the simulated office begins with
 * @param platform whose account the panel reads the office through
 */
export async function openWorkbench(
  executablePath: string,
  seed: 'day' | 'empty',
  settings: PanelSettings = {},
  platform: Platform = 'wecom',
): Promise<Workbench> {
  const folder = await mkdtemp(join(tmpdir(), 'doorplate-bench-'))
  const settingsFile = join(folder, 'panel.json')
  const secretsFile = join(folder, 'secrets.json')
  const simulator = await startProgram([join(root, 'out/node/simulator.js'), '--port', '0', '--seed', seed])
  const client = createSimulatorClient(simulator.url)
  const sections = { officeHours: always, ...settings }
  const document = platformSettings(platform, simulator.url, sections, await client.state())
  await writeFile(settingsFile, JSON.stringify(document))
  await writeFile(secretsFile, JSON.stringify(testPlatforms[platform].secrets), { mode: 0o600 })
  const host = await startProgram([
    join(root, 'out/node/host.js'),
    ...['--config', settingsFile, '--secrets', secretsFile, '--state', join(folder, 'state')],
    ...['--port', '0', '--log-level', 'error'],
  ])
  const browser = await chromium.launch({ executablePath, args: browserArgs })
  return {
    url: host.url,
    simulator: client,
    browser,
    async close() {
      await browser.close()
      await stopProgram(host.child)
      await stopProgram(simulator.child)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
