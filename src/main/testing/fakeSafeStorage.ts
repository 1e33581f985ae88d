import type { SafeStorage } from '../adapters/createSeal.ts'

/** A key store that can be told to misbehave in every way a real one has been seen to. */
export interface FakeSafeStorage extends SafeStorage {
  /** First bytes of what it seals. */
  mark: string
  /** Texts sealed under another key can no longer be opened. */
  key: number
  isAvailable: boolean
  isPlain: boolean
  isHanging: boolean
  throwsAtOnce: boolean
  shouldReEncrypt: boolean
  failure: Error | undefined
  /** Refuses to open, but still seals. */
  openFailure: Error | undefined
  /** What opening answers instead of the usual. */
  answer: { result: string; shouldReEncrypt: boolean } | undefined
  readonly calls: string[]
  /** Somebody answered the dialog: what hangs goes on. */
  release(): void
}

/** Seals by turning every byte around under the key's number. */
export function createFakeSafeStorage(): FakeSafeStorage {
  const waiting: (() => void)[] = []
  const fake: FakeSafeStorage = {
    mark: 'v11',
    key: 90,
    isAvailable: true,
    isPlain: false,
    isHanging: false,
    throwsAtOnce: false,
    shouldReEncrypt: false,
    failure: undefined,
    openFailure: undefined,
    answer: undefined,
    calls: [],
    release: () => {
      fake.isHanging = false
      for (const go of waiting.splice(0)) go()
    },
    isAsyncEncryptionAvailable: () => call('available', () => fake.isAvailable),
    encryptStringAsync: (text) =>
      call('encrypt', () => Buffer.concat([Buffer.from(fake.mark), scramble(text)])),
    decryptStringAsync: (blob) =>
      call('decrypt', () => {
        if (fake.openFailure) throw fake.openFailure
        if (fake.answer) return fake.answer
        return { result: unscramble(blob), shouldReEncrypt: fake.shouldReEncrypt }
      }),
  }

  function call<T>(name: string, run: () => T): Promise<T> {
    fake.calls.push(name)
    if (fake.throwsAtOnce) throw new Error('not ready')
    if (fake.failure) return Promise.reject(fake.failure)
    if (!fake.isHanging) return new Promise((resolve) => resolve(run()))
    return new Promise((resolve, reject) => {
      waiting.push(() => {
        try {
          resolve(run())
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)))
        }
      })
    })
  }

  function scramble(text: string): Buffer {
    const bytes = Buffer.from(text)
    return fake.isPlain ? bytes : Buffer.from([fake.key, ...bytes.map((byte) => byte ^ fake.key)])
  }

  function unscramble(blob: Buffer): string {
    const body = blob.subarray(3)
    if (fake.isPlain) return body.toString()
    if (body[0] !== fake.key) throw new Error('OSCrypt: decryption failed')
    return Buffer.from(body.subarray(1).map((byte) => byte ^ fake.key)).toString()
  }

  return fake
}
