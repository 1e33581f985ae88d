import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startForeign } from './children.mjs'
import { findBrowser } from './findBrowser.mjs'

/** Whether a window would be seen by anybody. */
export function hasDisplay() {
  if (process.env['CI']) return false
  if (process.platform !== 'linux') return true
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])
}

/**
 * Opens the address as a window of its own, without tabs and address bar.
 * @param {string} url
 * @param {string} folder where the browser may keep a profile of its own
 * @returns {import('./children.mjs').Child | null} null when there is no browser
 */
export function openWindow(url, folder) {
  const browser = findBrowser()
  if (browser === null) return null
  const profile = join(folder, 'browser')
  mkdirSync(profile, { recursive: true })
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  return startForeign('window', browser, [
    `--app=${url}`,
    `--user-data-dir=${profile}`,
    '--window-size=1280,800',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // Chromium refuses to run as root with its sandbox; a demo as root shows our own pages only.
    ...(isRoot ? ['--no-sandbox'] : []),
  ])
}
