import { z } from 'zod'
import { errorCode } from '../../core/storage/StorageFs.ts'
import type { StorageFs } from '../../core/storage/StorageFs.ts'
import { writeFileAtomically } from '../../core/storage/writeFileAtomically.ts'

const sealedSchema = z.strictObject({
  /** Who sealed it: the first three bytes of the sealed text, e.g. `v11`. A later failure can then be explained. */
  method: z.string().max(16),
  strength: z.enum(['sealed', 'obfuscated']),
  /** The sealed text, base64. */
  blob: z.base64(),
})

const fileSchema = z.strictObject({
  version: z.literal(1),
  secrets: z.record(
    z.string(),
    z.strictObject({
      ...sealedSchema.shape,
      /** Sealed texts that could not be opened when a new secret took their place: kept, should their key come back. */
      retired: z.array(sealedSchema).optional(),
    }),
  ),
})

/** One sealed text with what is known about its seal. */
export type Sealed = z.infer<typeof sealedSchema>
/** Everything that is sealed, by the secret's name. */
export type SealedSecrets = z.infer<typeof fileSchema>['secrets']

/** What a look into the file ends in. Only `missing` means that nothing was ever stored. */
export type SealedReading =
  | { readonly kind: 'read'; readonly secrets: SealedSecrets }
  | { readonly kind: 'missing' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'unreadable'; readonly code: string }

/** The file of sealed texts. It knows nothing of keys. */
export interface SealedSecretsFile {
  read(): Promise<SealedReading>
  /** @throws when it could not be made durable; the old file is then untouched */
  write(secrets: SealedSecrets): Promise<void>
  /** Renames a damaged file, so that a new one can be written beside it. */
  setAside(nowMs: number): Promise<void>
}

/** @param path absolute path of the file */
export function createSealedSecretsFile(path: string, fs: StorageFs): SealedSecretsFile {
  async function read(): Promise<SealedReading> {
    let text: string
    try {
      text = await fs.readFile(path)
    } catch (error) {
      const code = errorCode(error)
      return code === 'ENOENT' ? { kind: 'missing' } : { kind: 'unreadable', code }
    }
    try {
      return { kind: 'read', secrets: fileSchema.parse(JSON.parse(text)).secrets }
    } catch {
      return { kind: 'damaged' }
    }
  }

  return {
    read,
    write: (secrets) => writeFileAtomically(path, JSON.stringify({ version: 1, secrets }), fs),
    setAside: (nowMs) => fs.rename(path, `${path}.damaged-${nowMs}`),
  }
}
