import type { App } from 'electron'
import { existsSync, mkdirSync, readlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createHash } from 'node:crypto'
import type { FolderTrouble } from './folderTrouble.ts'

/** `ours`: this process shows the panel. `aside`: it does, with Electron's own files elsewhere. `nowhere`: there is no place for them. */
export type Claim = 'ours' | 'aside' | 'taken' | 'nowhere'

/** What {@link claimInstance} needs. */
export interface ClaimDeps {
  readonly app: Pick<App, 'requestSingleInstanceLock' | 'setPath'>
  /** Null when the folder can be written. */
  readonly trouble: FolderTrouble | null
  /** Whether a living Doorplate holds a folder. */
  readonly isHeld: (folder: string) => boolean
  /** Makes the folder that stands in for one that cannot be written; the same for the same. @throws when there is none */
  readonly standIn: (folder: string) => string
}

/**
 * Sees to it that one Doorplate shows one folder. Electron says that another one runs where it only could not write its lock:
 * then its own files go elsewhere, so that the last plan can still be shown. Before ready.
 */
export function claimInstance({ app, trouble, isHeld, standIn }: ClaimDeps): Claim {
  if (app.requestSingleInstanceLock()) return 'ours'
  if (trouble === null || isHeld(trouble.folder)) return 'taken'
  try {
    const folder = standIn(trouble.folder)
    app.setPath('userData', folder)
    app.setPath('sessionData', join(folder, 'session'))
  } catch {
    return 'nowhere'
  }
  return app.requestSingleInstanceLock() ? 'aside' : 'taken'
}

/** A folder below the system's temporary one, the same for the same panel: its lock still tells two panels apart. */
export function makeStandInFolder(folder: string): string {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  const place = join(tmpdir(), `doorplate-${name}`)
  mkdirSync(join(place, 'session'), { recursive: true, mode: 0o700 })
  return place
}

/** Chromium's lock is a link that names host and process on Linux, and on Windows a file that goes with its process. */
export function isHeldByLiving(folder: string): boolean {
  if (process.platform === 'win32') return existsSync(join(folder, 'lockfile'))
  try {
    const pid = /-(\d+)$/.exec(readlinkSync(join(folder, 'SingletonLock')))?.[1]
    // A number that is in use again belongs to some other program.
    return pid !== undefined && basename(readlinkSync(`/proc/${pid}/exe`)) === basename(process.execPath)
  } catch {
    return false
  }
}
