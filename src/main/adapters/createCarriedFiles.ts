import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CarriedFile, CarriedFiles } from '../../core/ports/CarriedFiles.ts'
import { createNodeStorageFs } from '../../core/storage/StorageFs.ts'

/** What a file must be called to be looked at. */
const fileNames = ['doorplate-provisioning.json', 'doorplate.json'] as const

/** A table of two thousand devices is a fifth of it. */
const MAX_BYTES = 2_000_000

/** Where desktops and administrators mount sticks; deeper by the user's name in the first two. */
const linuxRoots = ['/media', '/run/media', '/mnt'] as const

const namesIn = (folder: string): Promise<readonly string[]> =>
  readdir(folder, { withFileTypes: true }).then(
    (entries) => entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name)),
    () => [],
  )

/** @returns the folders media are mounted on, or may be */
async function mediaFolders(platform: NodeJS.Platform, roots: readonly string[]): Promise<readonly string[]> {
  // C is the system's own.
  if (platform === 'win32') return Array.from('DEFGHIJKLMNOPQRSTUVWXYZ', (letter) => `${letter}:\\`)
  const first = (await Promise.all(roots.map(namesIn))).flat()
  return [...roots, ...first, ...(await Promise.all(first.map(namesIn))).flat()]
}

async function readCarried(path: string): Promise<CarriedFile | null> {
  try {
    const facts = await lstat(path)
    // A link on a stick would have us read, and write, a file of this machine.
    if (!facts.isFile() || facts.size > MAX_BYTES) return null
    return { path, text: await readFile(path, 'utf8') }
  } catch {
    return null
  }
}

/**
 * Provisioning files on sticks.
 * @param mediaFolder another place media are mounted below, from the environment
 */
export function createCarriedFiles(platform: NodeJS.Platform, mediaFolder: string | null): CarriedFiles {
  const roots = mediaFolder === null ? linuxRoots : [mediaFolder]
  /** A drive that hangs must not be asked again and again. */
  let running: Promise<readonly CarriedFile[]> | null = null

  async function look(): Promise<readonly CarriedFile[]> {
    const folders = await mediaFolders(mediaFolder === null ? platform : 'linux', roots)
    const paths = folders.flatMap((folder) => fileNames.map((name) => join(folder, name)))
    return (await Promise.all(paths.map(readCarried))).filter((file) => file !== null)
  }

  return {
    find() {
      running ??= look().finally(() => {
        running = null
      })
      return running
    },
    fs: createNodeStorageFs(),
  }
}
