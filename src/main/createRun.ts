import { app } from 'electron'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createSystemClock } from '../core/clock/systemClock.ts'
import { createRedaction } from '../core/logging/redaction.ts'
import type { Redaction } from '../core/logging/redaction.ts'
import { createNodeDeviceIdentity } from '../core/machine/createDeviceIdentity.ts'
import type { DeviceIdentity } from '../core/machine/DeviceIdentity.ts'
import type { Clock } from '../core/ports/Clock.ts'
import { createElectronLogLogger } from './adapters/electronLogLogger.ts'
import type { ElectronLog } from './adapters/electronLogLogger.ts'
import type { LaunchOptions } from './launch/parseLaunchOptions.ts'
import { createExit } from './lifecycle/createExit.ts'
import type { Exit } from './lifecycle/createExit.ts'
import { createFolderFs, findFolderTrouble } from './lifecycle/folderTrouble.ts'
import type { FolderTrouble } from './lifecycle/folderTrouble.ts'
import { openKeptTree } from './updates/openKeptTree.ts'
import type { KeptTree } from './updates/openKeptTree.ts'

/** What every phase of this run shares. */
export interface Run extends ElectronLog {
  readonly options: LaunchOptions
  readonly clock: Clock
  readonly redaction: Redaction
  readonly exit: Exit
  /** What keeps that folder from being written; null when nothing does. */
  readonly folderTrouble: FolderTrouble | null
  /** What this machine calls itself. */
  readonly device: DeviceIdentity
  /** Absolute path inside the folder that belongs to this panel: settings, secrets, state, logs, markers. */
  readonly pathOf: (...names: readonly string[]) => string
  /** Absolute path inside the built program. */
  readonly builtPath: (...names: readonly string[]) => string
  /** The tree of the package this run is of; null where no launcher chose one. */
  readonly keptTree: KeptTree | null
}

/** Makes the panel's folder the app's own. Electron refuses a folder that is not there. */
function claimFolder(wanted: string | null): {
  readonly folder: string
  readonly folderTrouble: FolderTrouble | null
} {
  const folder = wanted ?? app.getPath('userData')
  const folderTrouble = findFolderTrouble(folder, createFolderFs())
  if (folderTrouble === null || existsSync(folder)) {
    if (wanted !== null) app.setPath('userData', folder)
    // Chromium's own files stay together, so that the rest of the folder can be read by a person.
    if (existsSync(join(folder, 'session'))) app.setPath('sessionData', join(folder, 'session'))
  }
  return { folder, folderTrouble }
}

/** Before ready, and before anything else: until there is a log nobody learns what went wrong. */
export function createRun(options: LaunchOptions): Run {
  const { folder, folderTrouble } = claimFolder(options.userDataFolder)
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
    folderTrouble,
    clock,
    redaction,
    exit,
    pathOf,
    keptTree: openKeptTree(options.tree, process.execPath, pathOf('run', 'trees')),
    device: createNodeDeviceIdentity(options.serial ?? undefined),
    builtPath: (...names) => join(import.meta.dirname, '..', ...names),
  }
}
