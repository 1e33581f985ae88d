import type { SecretStore } from '../ports/SecretStore.ts'
import { ProviderError } from '../providers/ProviderError.ts'
import type { ReadSecret } from '../providers/registry.ts'

/** Reads what is stored. The reader rejects with a ProviderError `auth` when a secret is missing or cannot be read. */
export function storedSecretReader(secrets: Pick<SecretStore, 'read'>): ReadSecret {
  return async (name) => {
    const reading = await secrets.read(name)
    if (reading.kind === 'found') return reading.value
    throw new ProviderError('auth', `the secret ${name} is ${reading.kind}`)
  }
}
