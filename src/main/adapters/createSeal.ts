import type { Clock } from '../../core/ports/Clock.ts'
import type { Sealed } from './sealedSecretsFile.ts'

/** The asynchronous part of Electron's `safeStorage`; the synchronous one is gone in Electron 46. */
export interface SafeStorage {
  isAsyncEncryptionAvailable(): Promise<boolean>
  encryptStringAsync(plainText: string): Promise<Buffer>
  decryptStringAsync(encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }>
}

/** Why the system's key could not be used. `pending` may end by itself: a dialog waits for someone. */
export type SealFailure = 'pending' | 'refused'

/** A text cannot be sealed or opened now. Carries no part of it. */
export class SealError extends Error {
  readonly failure: SealFailure

  constructor(failure: SealFailure, cause?: unknown) {
    super(failure === 'pending' ? 'the key store did not answer in time' : 'the key store refused', { cause })
    this.name = 'SealError'
    this.failure = failure
  }
}

/** Seals texts with the system's key. Every call ends in time. @throws SealError */
export interface Seal {
  seal(text: string): Promise<Sealed>
  /** `isOutdated`: the key was changed or a better one is there; seal it again. */
  open(sealed: Sealed): Promise<{ readonly text: string; readonly isOutdated: boolean }>
}

/** What {@link createSeal} needs. */
export interface SealDeps {
  readonly safeStorage: SafeStorage
  readonly clock: Clock
  readonly platform: NodeJS.Platform
  /** A locked keyring shows a dialog that nobody at the door can answer. */
  readonly timeoutMs: number
}

/**
 * What the sealed bytes themselves say. On Linux Chromium marks `v10` what it seals with a fixed, public key; Windows and
 * macOS use the same mark for a key that the system keeps.
 */
function strengthOf(blob: Buffer, text: string, platform: NodeJS.Platform): Sealed['strength'] {
  const mark = blob.toString('latin1', 0, 3)
  const isPlain = text !== '' && blob.includes(text, 0, 'utf8')
  return isPlain || (platform === 'linux' && !/^v1[1-9]$/.test(mark)) ? 'obfuscated' : 'sealed'
}

/** While a call hangs, another one is let through this often: the first may never come back. */
const RETRY_AFTER_MS = 60_000

/** See {@link Seal}. While one call hangs, later ones fail at once instead of piling up behind the same dialog. */
export function createSeal({ safeStorage, clock, platform, timeoutMs }: SealDeps): Seal {
  let hanging = 0
  let hungAtMs = 0

  function inTime<T>(ask: () => Promise<T>): Promise<T> {
    if (hanging > 0 && clock.monotonic() - hungAtMs < RETRY_AFTER_MS) {
      return Promise.reject(new SealError('pending'))
    }
    return new Promise<T>((resolve, reject) => {
      let isLate = false
      const cancel = clock.schedule(timeoutMs, () => {
        isLate = true
        hanging += 1
        hungAtMs = clock.monotonic()
        reject(new SealError('pending'))
      })
      const settle = (run: () => void): void => {
        cancel()
        if (isLate) hanging -= 1
        run()
      }
      Promise.resolve()
        .then(ask)
        .then(
          (value) => settle(() => resolve(value)),
          (error: unknown) => settle(() => reject(new SealError('refused', error))),
        )
    })
  }

  async function seal(text: string): Promise<Sealed> {
    if (!(await inTime(() => safeStorage.isAsyncEncryptionAvailable()))) throw new SealError('refused')
    const blob = await inTime(() => safeStorage.encryptStringAsync(text))
    return {
      method: blob.toString('latin1', 0, 3),
      strength: strengthOf(blob, text, platform),
      blob: blob.toString('base64'),
    }
  }

  async function open(sealed: Sealed): Promise<{ text: string; isOutdated: boolean }> {
    const answer = await inTime(() => safeStorage.decryptStringAsync(Buffer.from(sealed.blob, 'base64')))
    // Versions before 42.3 resolved to the text alone; a wrong shape must never become a secret.
    if (typeof answer.result !== 'string') throw new SealError('refused')
    return { text: answer.result, isOutdated: answer.shouldReEncrypt }
  }

  return { seal, open }
}
