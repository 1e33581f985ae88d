import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { knownApi } from '../knownApi.ts'
import type { Tell } from '../knownApi.ts'
import type { SealingMode } from '../wire.ts'

const ALGORITHM = 'aes-256-gcm'
const MARK_LENGTH = 3
const NONCE_LENGTH = 12
const TAG_LENGTH = 16

const keyOf = (mode: SealingMode): Buffer =>
  createHash('sha256')
    .update(mode === 'changedKey' ? 'another key' : 'the key of this machine')
    .digest()

/** Seals as a machine in that mode would; a test prepares a disk with it. */
export function sealText(text: string, mode: SealingMode = 'sealed'): Buffer {
  const nonce = randomBytes(NONCE_LENGTH)
  const cipher = createCipheriv(ALGORITHM, keyOf(mode), nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  const mark = mode === 'obfuscated' ? 'v10' : 'v11'
  return Buffer.concat([Buffer.from(mark), nonce, cipher.getAuthTag(), sealed])
}

function openText(blob: Buffer, mode: SealingMode): string {
  const nonce = blob.subarray(MARK_LENGTH, MARK_LENGTH + NONCE_LENGTH)
  const tag = blob.subarray(MARK_LENGTH + NONCE_LENGTH, MARK_LENGTH + NONCE_LENGTH + TAG_LENGTH)
  const decipher = createDecipheriv(ALGORITHM, keyOf(mode), nonce)
  decipher.setAuthTag(tag)
  const sealed = blob.subarray(MARK_LENGTH + NONCE_LENGTH + TAG_LENGTH)
  return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8')
}

/** The asynchronous half of `safeStorage`; the synchronous half is going away and is not known here. */
export function createSafeStorage(mode: SealingMode, isReady: () => boolean, tell: Tell) {
  const never = new Promise<never>(() => undefined)

  async function within<T>(api: string, run: () => T): Promise<T> {
    tell(`safeStorage.${api}`)
    if (!isReady()) throw new Error('safeStorage cannot be used before app is ready')
    if (mode === 'hanging') return never
    if (mode === 'unavailable') throw new Error('Encryption is not available')
    return run()
  }

  return knownApi(
    'safeStorage',
    {
      isAsyncEncryptionAvailable: async () => {
        tell('safeStorage.isAsyncEncryptionAvailable')
        if (mode === 'hanging' && isReady()) return never
        return isReady() && mode !== 'unavailable'
      },
      encryptStringAsync: (text: string) => within('encryptStringAsync', () => sealText(text, mode)),
      decryptStringAsync: (blob: Buffer) =>
        within('decryptStringAsync', () => ({ result: openText(blob, mode), shouldReEncrypt: false })),
      getSelectedStorageBackend: () => (mode === 'sealed' ? 'gnome_libsecret' : 'basic_text'),
    },
    tell,
  )
}
