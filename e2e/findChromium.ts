import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

/** Where the usual systems keep a Chromium. */
const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/**
 * The browser of the tests: the one `PLAYWRIGHT_CHROMIUM` names, Playwright's own if it is installed, else the system's.
 * @returns null when there is none: Playwright then says itself how to install one
 */
export function findChromium(): string | null {
  const named = process.env['PLAYWRIGHT_CHROMIUM']
  if (named) return named
  if (existsSync(chromium.executablePath())) return null
  return places.find((path) => existsSync(path)) ?? null
}
