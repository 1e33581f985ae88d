import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../core/testing/fakeClock.ts'
import { anyPowerCut } from '../../core/testing/anyPowerCut.ts'
import { createMemoryFs } from '../../core/testing/memoryFs.ts'
import type { MemoryFs } from '../../core/testing/memoryFs.ts'
import { createRecordingLogger } from '../../core/testing/recordingLogger.ts'
import { createFakeSafeStorage } from '../testing/fakeSafeStorage.ts'
import type { FakeSafeStorage } from '../testing/fakeSafeStorage.ts'
import { createSeal } from './createSeal.ts'
import { createSafeStorageSecrets } from './safeStorageSecrets.ts'
import { createSealedSecretsFile } from './sealedSecretsFile.ts'

const path = '/panel/secrets.json'
const NAME = 'wecom.corpSecret'

/** One run of the app over a disk and a key store that outlive it. */
function build(fs: MemoryFs = createMemoryFs(), safeStorage: FakeSafeStorage = createFakeSafeStorage()) {
  const clock = createFakeClock(1_000)
  const log = createRecordingLogger()
  const learnt: string[] = []
  const secrets = createSafeStorageSecrets({
    file: createSealedSecretsFile(path, fs),
    seal: createSeal({ safeStorage, clock, platform: 'linux', timeoutMs: 10_000 }),
    clock,
    log,
    onSecret: (value) => learnt.push(value),
  })
  return { fs, safeStorage, clock, log, secrets, learnt }
}

const stored = (fs: MemoryFs) =>
  JSON.parse(fs.files.get(path)!) as { secrets: Record<string, Record<string, unknown>> }

describe('createSafeStorageSecrets', () => {
  it('gives back to a later run what was written, and keeps how it was sealed beside it', async () => {
    const { fs, safeStorage, secrets } = build()
    await secrets.write(NAME, 'geheim-42')
    expect(stored(fs).secrets[NAME]).toMatchObject({ method: 'v11', strength: 'sealed' })
    expect(fs.files.get(path)).not.toContain('geheim-42')
    expect(await build(fs, safeStorage).secrets.read(NAME)).toEqual({ kind: 'found', value: 'geheim-42' })
  })

  it('says missing only when nothing was ever stored', async () => {
    const { secrets } = build()
    expect(await secrets.read(NAME)).toEqual({ kind: 'missing' })
    await secrets.write('feishu.appSecret', 'other-77')
    expect(await secrets.read(NAME)).toEqual({ kind: 'missing' })
  })

  it.each<[string, (run: ReturnType<typeof build>) => void]>([
    ['another key', ({ safeStorage }) => void (safeStorage.key = 7)],
    ['a key store that refuses', ({ safeStorage }) => void (safeStorage.failure = new Error('denied'))],
    ['a damaged file', ({ fs }) => fs.put(path, '{"version":1,"secr')],
    ['a file of a later version', ({ fs }) => fs.put(path, '{"version":2,"secrets":{}}')],
  ])('%s makes it unavailable, never missing, and leaves every byte where it was', async (_name, breakIt) => {
    const first = build()
    await first.secrets.write(NAME, 'geheim-42')
    const run = build(first.fs, first.safeStorage)
    breakIt(run)
    const before = run.fs.files.get(path)
    expect(await run.secrets.read(NAME)).toMatchObject({ kind: 'unavailable' })
    expect(run.fs.files.get(path)).toBe(before)
  })

  it('a keyring that waits for a person makes it unavailable in time, and found once it is open', async () => {
    const first = build()
    await first.secrets.write(NAME, 'geheim-42')
    const { secrets, safeStorage, clock } = build(first.fs, first.safeStorage)
    safeStorage.isHanging = true
    const reading = secrets.read(NAME)
    await clock.advance(10_000)
    expect(await reading).toEqual({ kind: 'unavailable', reason: 'key store pending' })
    safeStorage.release()
    await clock.advance(0)
    expect(await secrets.read(NAME)).toEqual({ kind: 'found', value: 'geheim-42' })
  })

  it('keeps a sealed text that cannot be opened when an admin types a new secret over it', async () => {
    const first = build()
    await first.secrets.write(NAME, 'geheim-42')
    const old = stored(first.fs).secrets[NAME]!
    const run = build(first.fs, first.safeStorage)
    run.safeStorage.key = 7
    await run.secrets.read(NAME)
    await run.secrets.write(NAME, 'neu-43')
    expect(stored(run.fs).secrets[NAME]!['retired']).toEqual([old])
    expect(await run.secrets.read(NAME)).toEqual({ kind: 'found', value: 'neu-43' })
    await run.secrets.remove(NAME)
    expect(stored(run.fs).secrets).toEqual({})
  })

  it('keeps no trace of a secret it could open when a new one takes its place', async () => {
    const { secrets, fs } = build()
    await secrets.write(NAME, 'geheim-42')
    await secrets.write(NAME, 'neu-43')
    expect(stored(fs).secrets[NAME]).not.toHaveProperty('retired')
  })

  it('seals anew when a better key is there, and keeps the old seal when that fails', async () => {
    const { secrets, safeStorage, fs } = build()
    safeStorage.mark = 'v10'
    await secrets.write(NAME, 'geheim-42')
    expect(await secrets.strength()).toBe('obfuscated')
    safeStorage.mark = 'v11'
    safeStorage.shouldReEncrypt = true
    fs.failWith('ENOSPC')
    expect(await secrets.read(NAME)).toMatchObject({ kind: 'found' })
    fs.failWith(undefined)
    expect(stored(fs).secrets[NAME]).toMatchObject({ method: 'v10' })
    expect(await secrets.read(NAME)).toEqual({ kind: 'found', value: 'geheim-42' })
    expect(stored(fs).secrets[NAME]).toMatchObject({ method: 'v11', strength: 'sealed' })
  })

  it.each([
    ['sealed', 'v11', {}],
    ['obfuscated', 'v10', {}],
    ['unavailable', 'v11', { isAvailable: false }],
    ['unavailable', 'v11', { failure: new Error('denied') }],
  ])('calls its strength %s', async (strength, mark, trouble) => {
    const { secrets, safeStorage } = build()
    Object.assign(safeStorage, { mark, ...trouble })
    expect(await secrets.strength()).toBe(strength)
  })

  it('is no better than the weakest secret it holds', async () => {
    const first = build()
    first.safeStorage.mark = 'v10'
    await first.secrets.write(NAME, 'geheim-42')
    first.safeStorage.mark = 'v11'
    expect(await build(first.fs, first.safeStorage).secrets.strength()).toBe('obfuscated')
  })

  it('does not wake the keyring until a secret is asked for', async () => {
    const { secrets, safeStorage } = build()
    await secrets.read(NAME)
    expect(safeStorage.calls).toEqual([])
  })

  it('refuses to write when the seal would not open again', async () => {
    const { secrets, safeStorage, fs } = build()
    await secrets.write(NAME, 'geheim-42')
    safeStorage.answer = { result: 'something else', shouldReEncrypt: false }
    await expect(secrets.write(NAME, 'neu-43')).rejects.toThrow()
    safeStorage.answer = undefined
    expect(await build(fs, safeStorage).secrets.read(NAME)).toEqual({ kind: 'found', value: 'geheim-42' })
  })

  it('sets a damaged file aside before it writes a new one', async () => {
    const { secrets, fs } = build(createMemoryFs({ [path]: '{"version":1,' }))
    await secrets.write(NAME, 'geheim-42')
    expect(fs.files.get(`${path}.damaged-1000`)).toBe('{"version":1,')
    expect(await secrets.read(NAME)).toEqual({ kind: 'found', value: 'geheim-42' })
  })

  it('does not write over a file it cannot read', async () => {
    const fs = createMemoryFs({ [path]: '{"version":1,"secrets":{}}' })
    const { secrets } = build({
      ...fs,
      readFile: () => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' })),
    })
    await expect(secrets.write(NAME, 'geheim-42')).rejects.toThrow(/EIO/)
    expect(fs.files.get(path)).toBe('{"version":1,"secrets":{}}')
    expect(await secrets.read(NAME)).toMatchObject({ kind: 'unavailable' })
  })

  it('has the old or the new secret after a cut at any point, a thousand times', async () => {
    await fc.assert(
      fc.asyncProperty(anyPowerCut, async ({ at, survival }) => {
        const { fs, safeStorage, secrets } = build()
        await secrets.write(NAME, 'old-secret')
        fs.cutAfter(at)
        const isConfirmed = await secrets.write(NAME, 'new-secret').then(
          () => !fs.isOff(),
          () => false,
        )
        fs.restart(survival)
        const reading = await build(fs, safeStorage).secrets.read(NAME)
        expect(reading.kind).toBe('found')
        if (reading.kind === 'found')
          expect(isConfirmed ? ['new-secret'] : ['old-secret', 'new-secret']).toContain(reading.value)
      }),
      { numRuns: 1000 },
    )
  })

  it('tells the log what to hide and never says it itself', async () => {
    const { secrets, safeStorage, log, learnt } = build()
    await secrets.write(NAME, 'SENTINEL-secret-1')
    await secrets.read(NAME)
    safeStorage.failure = new Error('denied SENTINEL-secret-1')
    await secrets.read(NAME)
    await secrets.write(NAME, 'SENTINEL-secret-2').catch(() => undefined)
    expect(learnt).toContain('SENTINEL-secret-1')
    expect(learnt).toContain('SENTINEL-secret-2')
    expect(log.text()).not.toContain('SENTINEL')
  })
})
