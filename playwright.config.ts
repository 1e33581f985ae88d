import { defineConfig } from '@playwright/test'
import { findChromium } from './e2e/findChromium.ts'
import type { DisplayOptions } from './e2e/fixtures/test.ts'

/** Specs that only make sense where one host serves several screens. */
const HOST_SPECS = '**/*.host.spec.ts'
/** Specs that read what the app asked of Electron. */
const STAND_IN_SPECS = '**/*.standIn.spec.ts'
/** Specs of what only a real runtime can answer. */
const ELECTRON_SPECS = '**/*.electron.spec.ts'

const chromium = findChromium()

export default defineConfig<DisplayOptions>({
  testDir: './e2e/specs',
  outputDir: './test-results',
  globalSetup: './e2e/globalSetup.ts',
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  // A panel that fails now and then fails.
  retries: 0,
  // One per core of the smallest machine; every test has its own simulator, host and disk.
  workers: 2,
  // Twice what a busy machine was seen to need: a slow run is no failure, and a wrong one fails all the same.
  timeout: 90_000,
  expect: { timeout: 25_000 },
  reporter: [['list'], ['./e2e/SkippedReporter.ts']],
  use: {
    viewport: { width: 1280, height: 800 },
    // Costs more than the tests themselves; ask for it with --trace=on.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(chromium === null ? {} : { executablePath: chromium }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // Chinese text must look the same on every machine that has the fonts.
        '--font-render-hinting=none',
      ],
    },
  },
  // The same specs on every display; only what a display cannot have is left out of it.
  projects: [
    { name: 'browser', testIgnore: [STAND_IN_SPECS, ELECTRON_SPECS], use: { displayKind: 'browser' } },
    { name: 'stand-in', testIgnore: [HOST_SPECS, ELECTRON_SPECS], use: { displayKind: 'standIn' } },
    { name: 'electron', testIgnore: [HOST_SPECS, STAND_IN_SPECS], use: { displayKind: 'electron' } },
  ],
})
