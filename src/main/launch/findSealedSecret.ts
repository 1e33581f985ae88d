import { join } from 'node:path'
import type { ConfigToCheck } from '../../core/provisioning/checkConfig.ts'
import { createNodeStorageFs } from '../../core/storage/StorageFs.ts'
import { createSealedSecretsFile } from '../adapters/sealedSecretsFile.ts'

/** Looks whether a panel's folder holds a secret, by its name alone: nothing is opened, and no key store is asked. */
export function findSealedSecret(folder: string): ConfigToCheck['findSecret'] {
  const file = createSealedSecretsFile(join(folder, 'secrets.json'), createNodeStorageFs())
  return async (name) => {
    const reading = await file.read()
    if (reading.kind === 'read' && Object.hasOwn(reading.secrets, name)) return { kind: 'there' }
    const text = `Note: the secret ${name} is not sealed in ${folder}. Remedy on a panel: type it into the settings screen, or provision it.`
    return { kind: 'absent', text, isBroken: false }
  }
}
