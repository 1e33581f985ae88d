import { join } from 'node:path'
import { createLane } from '../async/createLane.ts'
import type { Lane } from '../async/createLane.ts'
import type { Logger } from '../ports/Logger.ts'
import type { StateStore } from '../ports/StateStore.ts'
import { errorCode } from './StorageFs.ts'
import type { StorageFs } from './StorageFs.ts'
import { writeFileAtomically } from './writeFileAtomically.ts'

/** What {@link createFileStateStore} needs. */
export interface FileStateStoreDeps {
  /** Folder that holds one file per key; made on the first write, private to the user. */
  readonly folder: string
  readonly fs: StorageFs
  readonly log: Logger
}

/** Keys become file names that every file system takes and none can climb out with. */
function fileName(key: string): string {
  const safe = encodeURIComponent(key).replace(/[!'()*.~]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
  return `${safe}.json`
}

/** State documents as private JSON files, one per key. Writes to one key happen in the order they were asked for. */
export function createFileStateStore({ folder, fs, log }: FileStateStoreDeps): StateStore {
  /** What is asked of one document happens in the order it was asked for. */
  const lanes = new Map<string, Lane>()
  function laneOf(key: string): Lane {
    const lane = lanes.get(key) ?? createLane()
    lanes.set(key, lane)
    return lane
  }

  async function setAside(key: string, path: string): Promise<void> {
    // One copy per key is enough to look into and never fills a disk.
    await fs.rename(path, `${path}.damaged`).catch(() => undefined)
    log.warn('a damaged state file was set aside', { key })
  }

  async function readNow(key: string): Promise<unknown> {
    const path = join(folder, fileName(key))
    let text: string
    try {
      text = await fs.readFile(path)
    } catch (error) {
      // The panel must run without its memory: loud in the log, not fatal.
      if (errorCode(error) !== 'ENOENT') {
        log.error('a state file could not be read', { key, code: errorCode(error) })
      }
      return undefined
    }
    try {
      const value: unknown = JSON.parse(text)
      return value
    } catch {
      await setAside(key, path)
      return undefined
    }
  }

  async function write(key: string, value: unknown): Promise<void> {
    const text = JSON.stringify(value)
    await laneOf(key)(() => writeFileAtomically(join(folder, fileName(key)), text, fs))
  }

  return { read: (key) => laneOf(key)(() => readNow(key)), write }
}
