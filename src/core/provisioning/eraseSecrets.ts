import type { Logger } from '../ports/Logger.ts'
import { errorCode } from '../storage/StorageFs.ts'
import type { StorageFs } from '../storage/StorageFs.ts'
import type { ProvisioningFile } from './parseProvisioning.ts'

/** What {@link eraseSecrets} works with. */
export interface EraseDeps {
  /** Absolute path of the file. */
  readonly file: string
  readonly fs: StorageFs
  readonly log: Logger
}

/** The file as it is left behind: everything but the secrets. */
export function textWithoutSecrets({ written, devices }: ProvisioningFile): string {
  const rest = { settings: written, ...(devices === null ? {} : { devices }) }
  return `${JSON.stringify(rest, null, 2)}\n`
}

/**
 * Written over the old text in the same place: a renamed copy would leave the secrets on the stick.
 * @returns false when the file could not be written and still holds them; never rejects
 */
export async function eraseSecrets(
  { file, fs, log }: EraseDeps,
  content: ProvisioningFile,
): Promise<boolean> {
  try {
    const handle = await fs.open(file, 'w')
    try {
      await handle.writeFile(textWithoutSecrets(content))
      await handle.sync()
    } finally {
      await handle.close()
    }
    return true
  } catch (error) {
    log.error('the provisioning file still holds secrets: delete it', { code: errorCode(error) })
    return false
  }
}
