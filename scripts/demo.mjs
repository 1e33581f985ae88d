// npm run demo [-- options]: simulator and panel together, with a believable day in it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './lib/build.mjs'
import { bookNoShow } from './lib/bookNoShow.mjs'
import { startForeign, startProgram, untilAskedOrEnded } from './lib/children.mjs'
import { runScript, ScriptFailure } from './lib/commandLine.mjs'
import { demoPlatforms, readDemoSettings } from './lib/demoSettings.mjs'
import { findElectron } from './lib/findElectron.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { hasDisplay, openWindow } from './lib/openWindow.mjs'
import { say } from './lib/progress.mjs'
import { inProject, projectRoot } from './lib/projectRoot.mjs'

const help = `Usage: npm run demo [-- options]

Installs and builds what is missing, starts the simulator and a panel that reads it, and opens a window where there is
a display. Prints one JSON line on standard output: {"event":"ready","url":"...","simulator":"..."}. Ctrl+C ends it all.

  --no-open                  open no window
  --port N                   the panel's port (default: a free one)
  --platform NAME            ${demoPlatforms.join(', ')} (default ${demoPlatforms[0]})
  --language zh-CN|en-US     (default zh-CN)
  --theme auto|light|dark    (default auto)
  --actions                  check-in on the door's own button, with release: a meeting nobody comes to is booked half an
                             hour ahead and given back. Booking, extending and ending work without it, too
  --check-in-minutes N       with --actions: minutes of the check-in window before and after a start, 1 to 60 (default 2)
  --unknown-after-minutes N  how long "free" may stand without a successful read, 1 to 60 (default 15)
  --help                     this text
`

const options = {
  'no-open': { type: 'boolean', default: false },
  port: { type: 'string', default: '0' },
  platform: { type: 'string', default: demoPlatforms[0] },
  language: { type: 'string', default: 'zh-CN' },
  theme: { type: 'string', default: 'auto' },
  actions: { type: 'boolean', default: false },
  'check-in-minutes': { type: 'string', default: '2' },
  'unknown-after-minutes': { type: 'string', default: '15' },
}

/** Both programs, one after the other: the panel needs the simulator's address and its rooms. */
async function startPrograms(folder, wanted, children) {
  const simulator = startProgram('simulator', [inProject('out', 'node', 'simulator.js'), '--port', '0'])
  children.push(simulator.child)
  const { url: simulatorUrl } = await simulator.ready
  const { settings, secrets } = await wanted.at(simulatorUrl)
  // As if the settings screen had been filled in: so it can be tried out, too.
  const state = join(folder, 'state')
  mkdirSync(state, { mode: 0o700 })
  writeFileSync(join(state, 'settings.json'), JSON.stringify(settings, null, 2), { mode: 0o600 })
  writeFileSync(join(state, 'secrets.json'), JSON.stringify(secrets), { mode: 0o600 })
  const host = startProgram('panel', [
    inProject('out', 'node', 'host.js'),
    ...['--state', state],
    ...['--screen', inProject('out', 'demo-renderer'), '--gallery'],
    ...['--port', wanted.port, '--log-level', 'warn'],
  ])
  children.push(host.child)
  const { url } = await host.ready
  return { url, simulatorUrl, settings, secrets }
}

/**
 * The panel itself in Electron where its runtime is installed, else the host's page in a browser's bare window.
 * @returns {import('./lib/children.mjs').Child | null}
 */
function showWindow({ url, settings, secrets }, folder) {
  if (!hasDisplay()) {
    say(`There is no display here. Open ${url} in a browser.`)
    return null
  }
  const electron = findElectron()
  if (electron !== null) return openPanel(electron, { settings, secrets }, folder)
  const window = openWindow(url, folder)
  if (window === null) say(`No Chromium, Chrome or Edge was found. Open ${url} in any browser.`)
  return window
}

function openPanel(electron, provision, folder) {
  const file = join(folder, 'provision.json')
  writeFileSync(file, JSON.stringify(provision), { mode: 0o600 })
  const userData = join(folder, 'electron')
  return startForeign('window', electron, [
    projectRoot,
    '--windowed',
    `--user-data=${userData}`,
    `--provision=${file}`,
  ])
}

const clockTime = (atMs) =>
  new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Asia/Shanghai' }).format(atMs)

/** The one thing in the demo that takes a while: it is said when it will happen. */
async function announceNoShow({ url, simulatorUrl }, checkInMinutes, signal) {
  try {
    const { opensAtMs, startMs, releasedAtMs } = await bookNoShow(
      { url, simulatorUrl, checkInMinutes },
      signal,
    )
    say(
      `Nobody comes to the meeting of ${clockTime(startMs)}: check-in opens at ${clockTime(opensAtMs)}, and at ` +
        `${clockTime(releasedAtMs)} the room is given back unless somebody presses. Keep the room's page open: what no ` +
        'screen offered to keep is not given back.',
    )
  } catch (error) {
    if (!signal.aborted) say(`The meeting nobody comes to could not be booked: ${error.message}`)
  }
}

async function demo(flags) {
  const wanted = readDemoSettings(flags)
  await ensureInstalled()
  const hasWindow = !flags['no-open']
  await ensureBuilt('node', 'demoScreen')
  if (hasWindow && hasDisplay() && findElectron() !== null) await ensureBuilt('panel')
  const folder = mkdtempSync(join(tmpdir(), 'doorplate-demo-'))
  const children = []
  const ending = new AbortController()
  let window = null
  try {
    const running = await startPrograms(folder, wanted, children)
    const { url, simulatorUrl, settings } = running
    process.stdout.write(`${JSON.stringify({ event: 'ready', url, simulator: simulatorUrl })}\n`)
    say(`Rooms: ${settings.rooms.map(({ id }) => `${url}rooms/${id}`).join(' ')}`)
    say(`Every state of the screen: ${url}?gallery`)
    if (hasWindow) window = showWindow(running, folder)
    if (wanted.checkInMinutes !== null) void announceNoShow(running, wanted.checkInMinutes, ending.signal)
    say('Ctrl+C ends the demo.')
    const ended = await untilAskedOrEnded(children)
    if (ended !== null) throw new ScriptFailure(`${ended.name} ${ended.fate()}; the demo cannot go on.`)
    return 0
  } finally {
    ending.abort()
    await Promise.all([...children, ...(window ? [window] : [])].map((child) => child.stop()))
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

await runScript({ name: 'demo', help, options, run: demo })
