import { pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createActivity } from '../time/createActivity.ts'
import { patchGlobalTime } from '../time/patchGlobalTime.ts'
import { realTime } from '../time/travelClock.ts'
import { createElectron } from './electron/createElectron.ts'
import { installElectron, proveInstalled } from './installElectron.ts'
import { createPeer } from './Peer.ts'
import type { Message } from './Peer.ts'
import type { ProcessMemory, StandInOptions, TestSide } from './wire.ts'

/** A top-level await of the app may take this long before we say that Electron would hang. */
const STUCK_MS = 5000

/** Collects twice, so that what only waits to be freed is not counted. */
function measureMemory(): ProcessMemory {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc(); gc()')
  const { heapUsed, rss } = process.memoryUsage()
  return { heapUsed, rss }
}

/**
 * Runs the built main bundle as Electron would: the module `electron` in place, the process told it is the browser process,
 * and ready only once the app's top level has run.
 */
async function run(options: StandInOptions): Promise<void> {
  const real = realTime()
  const activity = createActivity(real)
  const { aheadMs } = options
  const clock = aheadMs === null ? null : patchGlobalTime(Date.now() + aheadMs)
  const local: Record<string, (...args: never[]) => unknown> = {}
  const send = (message: Message): void => {
    if (process.connected) process.send?.(message)
  }
  const test = createPeer<TestSide>(local, send)

  const { electron, remote, becomeReady, tell } = createElectron({
    options,
    test,
    activity,
    memory: measureMemory,
    advance: async (ms) => {
      if (clock === null) throw new Error('this run is on real time')
      clock.advance(ms)
      await activity.settled()
    },
    // What was said last must be on the line before it is cut.
    end: (code) => process.send?.({ kind: 'end' }, () => process.exit(code)),
  })
  Object.assign(local, remote)
  process.on('message', (message: Message) => test.receive(message))
  // The test has gone: nothing may stay behind.
  process.on('disconnect', () => process.exit(1))

  installElectron(electron, options.appPath, tell)
  proveInstalled(options.appPath)
  Object.assign(process, { type: 'browser', resourcesPath: options.appPath, defaultApp: true })
  Object.defineProperty(process, 'versions', {
    value: { ...process.versions, electron: options.electronVersion },
  })
  process.argv = [process.execPath, options.appPath, ...options.args]
  process.on('uncaughtExceptionMonitor', (error) => tell('uncaught', error.stack ?? String(error)))

  const cancelStuck = real.setTimer(() => {
    tell('unknown', 'a top-level await before ready')
    process.stderr.write(
      'stand-in: the top level of the app did not end; Electron would never become ready\n',
    )
    process.exit(1)
  }, STUCK_MS)
  await import(pathToFileURL(options.mainFile).href)
  cancelStuck()
  becomeReady()
}

process.once('message', (options: StandInOptions) => void run(options))
