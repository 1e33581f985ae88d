import { dirname } from 'node:path'
import { createNodeStorageFs, errorCode } from './StorageFs.ts'
import type { StorageFs } from './StorageFs.ts'
import { makeLastingFolder, syncFolder } from './syncFolder.ts'

/** Rights of every file we keep: the panel's user alone. */
const PRIVATE_FILE = 0o600

/** What Windows answers while a scanner or an indexer holds the file; it lets go within moments. */
const BUSY_CODES: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'EBUSY'])
const RENAME_ATTEMPTS = 5

async function renameOverBusy(fs: StorageFs, from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await fs.rename(from, to)
      return
    } catch (error) {
      if (attempt >= RENAME_ATTEMPTS || !BUSY_CODES.has(errorCode(error))) throw error
    }
  }
}

/**
 * Replaces `path` so that after any crash either the old or the new text is there, whole, for the panel's user alone.
 * The folder is made when it is missing.
 * @param fs the real disk unless a test says otherwise
 * @throws the system's error (full or read-only disk); the old text is then untouched
 */
export async function writeFileAtomically(
  path: string,
  text: string,
  fs: StorageFs = createNodeStorageFs(),
): Promise<void> {
  const folder = dirname(path)
  const temporary = `${path}.tmp`
  await makeLastingFolder(fs, folder)
  try {
    // What a crash left behind may be open to others, and opening it would keep its rights.
    await fs.remove(temporary)
    const handle = await fs.open(temporary, 'w', PRIVATE_FILE)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await renameOverBusy(fs, temporary, path)
  } catch (error) {
    await fs.remove(temporary).catch(() => undefined)
    throw error
  }
  await syncFolder(fs, folder)
}
