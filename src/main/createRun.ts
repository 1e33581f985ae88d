import { app } from 'electron'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createSystemClock } from '../core/clock/systemClock.ts'
import { createRedaction } from '../core/logging/redaction.ts'
import type { Redaction } from '../core/logging/redaction.ts'
import type { Clock } from '../core/ports/Clock.ts'
import { createElectronLogLogger } from './adapters/electronLogLogger.ts'
import type { ElectronLog } from './adapters/electronLogLogger.ts'
import type { LaunchOptions } from './launch/parseLaunchOptions.ts'
import { createExit } from './lifecycle/createExit.ts'
import type { Exit } from './lifecycle/createExit.ts'
import { openKeptTree } from './updates/openKeptTree.ts'
import type { KeptTree } from './updates/openKeptTree.ts'

/** What every phase of this run shares. */
export interface Run extends ElectronLog {
  readonly options: LaunchOptions
  readonly clock: Clock
  readonly redaction: Redaction
  readonly exit: Exit
  /** Absolute path inside the folder that belongs to this panel: settings, secrets, state, logs, markers. */
  readonly pathOf: (...names: readonly string[]) => string
  /** Absolute path inside the built program. */
  readonly builtPath: (...names: readonly string[]) => string
  /** The tree of the package this run is of; null where no launcher chose one. */
  readonly keptTree: KeptTree | null
}

/** Makes the panel's folder the app's own. Electron refuses a folder that is not there. */
function claimFolder(wanted: string | null): string {
  const folder = wanted ?? app.getPath('userData')
  mkdirSync(join(folder, 'session'), { recursive: true, mode: 0o700 })
  if (wanted !== null) app.setPath('userData', folder)
  // Chromium's own files stay together, so that the rest of the folder can be read by a person.
  app.setPath('sessionData', join(folder, 'session'))
  return folder
}

/** Before ready, and before anything else: until there is a log nobody learns what went wrong. */
export function createRun(options: LaunchOptions): Run {
  const folder = claimFolder(options.userDataFolder)
  const clock = createSystemClock()
  const redaction = createRedaction()
  const log = createElectronLogLogger({
    folder: join(folder, 'logs'),
    clock,
    redaction,
    isVerbose: options.isWindowed,
  })
  const exit = createExit({ clock, log: log.log, flush: () => log.flush(), end: (code) => app.exit(code) })
  const pathOf = (...names: readonly string[]): string => join(folder, ...names)
  return {
    ...log,
    options,
    clock,
    redaction,
    exit,
    pathOf,
    keptTree: openKeptTree(options.tree, process.execPath, pathOf('run', 'trees')),
    builtPath: (...names) => join(import.meta.dirname, '..', ...names),
  }
}
