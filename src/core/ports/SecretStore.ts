/** How well the host can protect a secret at rest. Shown to the admin as it is. */
export type SealingStrength = 'sealed' | 'obfuscated' | 'fileOnly' | 'environment' | 'unavailable'

/** Names of the secrets the product keeps, e.g. `wecom.corpSecret`. */
export type SecretName = `${string}.${string}`

/** Reading a secret never answers "none" when it could not look: that is `unavailable`. */
export type SecretReading =
  | { readonly kind: 'found'; readonly value: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unavailable'; readonly reason: string }

/** Secrets live here and nowhere else; no method may log a value. */
export interface SecretStore {
  read(name: SecretName): Promise<SecretReading>
  /** @throws when it cannot be sealed and kept; the previous value is then still there */
  write(name: SecretName, value: string): Promise<void>
  remove(name: SecretName): Promise<void>
  strength(): Promise<SealingStrength>
}
