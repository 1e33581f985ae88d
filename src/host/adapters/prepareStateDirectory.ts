import { access, constants, mkdir, stat } from 'node:fs/promises'
import { errorCode } from '../../core/storage/StorageFs.ts'
import { brokenConfiguration } from '../HostFailure.ts'

/** Others could put a link in the place of a file we are about to write. */
const FOREIGN_WRITES = 0o022

/**
 * Makes the directory of the last plans and counters, for this user alone. One that exists keeps its mode, for it may not
 * be ours alone; the files in it are private by their own.
 * @throws HostFailure when it cannot be written, or others can write it
 */
export async function prepareStateDirectory(directory: string): Promise<void> {
  let mode: number
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await access(directory, constants.W_OK)
    mode = (await stat(directory)).mode
  } catch (error: unknown) {
    throw brokenConfiguration(
      [`${directory}: cannot be used to keep state (${errorCode(error)}). Name another with --state DIR.`],
      { cause: error },
    )
  }
  if (process.platform === 'win32' || (mode & FOREIGN_WRITES) === 0) return
  throw brokenConfiguration([
    `${directory}: other users of this machine may write into it. Run: chmod 700 ${directory}, or name a directory of its own with --state DIR.`,
  ])
}
