import { access, chmod, constants, mkdir } from 'node:fs/promises'
import { errorCode } from '../../core/storage/StorageFs.ts'
import { brokenConfiguration } from '../HostFailure.ts'

/**
 * Makes the directory of the last plans and counters, for this user alone, also where an older one was open to others.
 * @throws HostFailure when it cannot be written: the panel would start every day without its last plan
 */
export async function prepareStateDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await chmod(directory, 0o700)
    await access(directory, constants.W_OK)
  } catch (error: unknown) {
    throw brokenConfiguration(
      [`${directory}: cannot be used to keep state (${errorCode(error)}). Name another with --state DIR.`],
      { cause: error },
    )
  }
}
