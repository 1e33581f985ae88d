import { dirname } from 'node:path'
import type { StorageFs } from './StorageFs.ts'

/**
 * Makes what was renamed, made or removed in a folder outlive a power cut. Windows has no such call and refuses; the
 * texts are synced by then, and only the moment of durability is the file system's choice. Never rejects.
 */
export async function syncFolder(fs: StorageFs, folder: string): Promise<void> {
  try {
    const handle = await fs.open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch {
    // Said above.
  }
}

/** Makes the folder and its parents where they are missing, each on the list of the one that holds it for good. */
export async function makeLastingFolder(fs: StorageFs, folder: string): Promise<void> {
  const first = await fs.makeFolder(folder)
  if (first === undefined) return
  for (let made = folder; ; made = dirname(made)) {
    const holder = dirname(made)
    await syncFolder(fs, holder)
    if (made === first || holder === made) return
  }
}
