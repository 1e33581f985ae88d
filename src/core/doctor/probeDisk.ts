import { access, constants, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errorCode } from '../storage/StorageFs.ts'
import type { DiskFacts } from './checkMachine.ts'

const BYTES_PER_MB = 1_048_576

/** The folder itself, or the nearest one above it: it may not be made yet, and the doctor makes none. */
async function nearest(folder: string): Promise<string> {
  try {
    await stat(folder)
    return folder
  } catch (error: unknown) {
    const parent = dirname(folder)
    if (errorCode(error) !== 'ENOENT' || parent === folder) throw error
    return nearest(parent)
  }
}

/** Looks at the folder of a panel or host without writing into it. */
export async function probeDisk(folder: string): Promise<DiskFacts> {
  try {
    const place = await nearest(folder)
    if (!(await stat(place)).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' })
    await access(place, constants.W_OK | constants.X_OK)
    const { bavail, bsize, files, ffree } = await statfs(place)
    return {
      folder,
      writeCode: '',
      freeMegabytes: Math.floor((bavail * bsize) / BYTES_PER_MB),
      // Some file systems count none and say zero of zero.
      freeFiles: files === 0 ? null : ffree,
    }
  } catch (error: unknown) {
    return { folder, writeCode: errorCode(error) || 'unknown', freeMegabytes: null, freeFiles: null }
  }
}
