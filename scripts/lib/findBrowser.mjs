import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
]

function onPath() {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

function onWindows() {
  const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map((name) => process.env[name])
    .filter(Boolean)
  const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']
  return programs.flatMap((program) => roots.map((folder) => join(folder, program)))
}

function onMac() {
  return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
    (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
  )
}

/** The newest Chromium Playwright fetched for itself, or null. */
export function findPlaywrightBrowser() {
  const folder = process.env['PLAYWRIGHT_BROWSERS_PATH'] ?? join(homedir(), '.cache', 'ms-playwright')
  if (!existsSync(folder)) return null
  const versions = readdirSync(folder).filter((name) => name.startsWith('chromium-'))
  const paths = versions
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .flatMap((name) =>
      ['chrome-linux', 'chrome-linux64'].map((inside) => join(folder, name, inside, 'chrome')),
    )
  return paths.find((path) => existsSync(path)) ?? null
}

/**
 * The path of an installed Chromium, Chrome or Edge, or null. DOORPLATE_BROWSER names another one.
 * @param {NodeJS.Platform} platform
 */
export function findBrowser(platform = process.platform) {
  const named = process.env['DOORPLATE_BROWSER']
  if (named) return existsSync(named) ? named : null
  const usual = platform === 'win32' ? onWindows() : platform === 'darwin' ? onMac() : onPath()
  return usual.find((path) => existsSync(path)) ?? findPlaywrightBrowser()
}
