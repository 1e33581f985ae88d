import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode } from '../../core/storage/StorageFs.ts'

/** What keeps the panel's folder from being written. */
export interface FolderTrouble {
  /** Absolute path. */
  readonly folder: string
  /** The system's code, e.g. `EROFS`. */
  readonly code: string
}

/** The few synchronous operations; tests put a dying disk here. All throw the system's error. */
export interface FolderFs {
  /** Makes a private folder; one that is there is fine. */
  make(path: string): void
  write(path: string, text: string): void
  remove(path: string): void
}

/** The real disk. */
export function createFolderFs(): FolderFs {
  return {
    make: (path) => void mkdirSync(path, { recursive: true, mode: 0o700 }),
    write: (path, text) => writeFileSync(path, text, { mode: 0o600, flush: true }),
    remove: (path) => rmSync(path, { force: true }),
  }
}

/** A disk or a right is in the way, and either may come back; anything else is a path that makes no sense. */
const troubles: ReadonlySet<string> = new Set(['EROFS', 'ENOSPC', 'EDQUOT', 'EIO', 'EACCES', 'EPERM'])

/** Enough to need a block of its own: a full disk still takes an empty file. */
const PROBE = 'doorplate looks whether this folder can be written\n'.repeat(100)

/**
 * Makes the folder and writes a small file in it, as the panel will have to.
 * @returns null when it can be written
 * @throws when the path itself is wrong
 */
export function findFolderTrouble(folder: string, fs: FolderFs): FolderTrouble | null {
  const probe = join(folder, 'run', 'probe')
  try {
    fs.make(join(folder, 'session'))
    fs.make(join(folder, 'run'))
    fs.write(probe, PROBE)
    fs.remove(probe)
    return null
  } catch (error) {
    const code = errorCode(error)
    if (!troubles.has(code)) throw error
    try {
      fs.remove(probe)
    } catch {
      // It could not be written either.
    }
    return { folder, code }
  }
}

const remedies: Readonly<Record<string, string>> = {
  EROFS: 'its disk is read-only. Check the disk, mount it for writing',
  ENOSPC: 'its disk is full. Make room on it',
  EDQUOT: "its user's share of the disk is used up. Make room",
  EIO: 'its disk is failing. Replace it',
  EACCES: "this user may not write it. Give it to the panel's user",
  EPERM: "this user may not write it. Give it to the panel's user",
}

/** The trouble as a sentence with its remedy, for a console and the log. Pure. */
export function explainFolderTrouble({ folder, code }: FolderTrouble): string {
  const remedy = remedies[code] ?? 'the system refuses'
  return `${folder} cannot be written: ${remedy} (${code}). Nothing can be saved until then.`
}
