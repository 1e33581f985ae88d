import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../core/testing/fakeClock.ts'
import { createFakeSafeStorage } from '../testing/fakeSafeStorage.ts'
import { createSeal, SealError } from './createSeal.ts'

function build(platform: NodeJS.Platform = 'linux') {
  const clock = createFakeClock(0)
  const safeStorage = createFakeSafeStorage()
  return { clock, safeStorage, seal: createSeal({ safeStorage, clock, platform, timeoutMs: 10_000 }) }
}

describe('createSeal', () => {
  it.each([
    ['linux', 'v11', 'sealed'],
    ['linux', 'v12', 'sealed'],
    ['linux', 'v10', 'obfuscated'],
    ['linux', 'xyz', 'obfuscated'],
    ['win32', 'v10', 'sealed'],
    ['darwin', 'v10', 'sealed'],
  ] as const)('on %s a text marked %s is %s', async (platform, mark, strength) => {
    const { seal, safeStorage } = build(platform)
    safeStorage.mark = mark
    expect(await seal.seal('geheim-42')).toMatchObject({ method: mark, strength })
  })

  it('does not call it sealed when the text can be read in the bytes', async () => {
    const { seal, safeStorage } = build('win32')
    safeStorage.isPlain = true
    expect((await seal.seal('geheim-42')).strength).toBe('obfuscated')
  })

  it('opens what it sealed and says when the key was changed', async () => {
    const { seal, safeStorage } = build()
    const sealed = await seal.seal('geheim-42')
    expect(await seal.open(sealed)).toEqual({ text: 'geheim-42', isOutdated: false })
    safeStorage.shouldReEncrypt = true
    expect(await seal.open(sealed)).toEqual({ text: 'geheim-42', isOutdated: true })
  })

  it('a keyring whose dialog nobody answers ends in time, and later calls do not wait behind it', async () => {
    const { seal, safeStorage, clock } = build()
    safeStorage.isHanging = true
    const first = seal.seal('geheim-42').catch((error: unknown) => error)
    await clock.advance(10_000)
    expect(await first).toMatchObject({ failure: 'pending' })
    // No time passes here: a queue of timeouts would keep the panel dark for minutes.
    await expect(seal.seal('geheim-42')).rejects.toMatchObject({ failure: 'pending' })
    expect(safeStorage.calls).toHaveLength(1)
  })

  it('asks again once the dialog was answered', async () => {
    const { seal, safeStorage, clock } = build()
    safeStorage.isHanging = true
    const first = seal.seal('geheim-42').catch((error: unknown) => error)
    await clock.advance(10_000)
    await first
    safeStorage.release()
    await clock.advance(0)
    expect(await seal.seal('geheim-42')).toMatchObject({ strength: 'sealed' })
  })

  it('asks again after a minute though the first question never came back', async () => {
    const { seal, safeStorage, clock } = build()
    safeStorage.isHanging = true
    const first = seal.seal('geheim-42').catch((error: unknown) => error)
    await clock.advance(10_000)
    await first
    safeStorage.isHanging = false
    await clock.advance(60_000)
    expect(await seal.seal('geheim-42')).toMatchObject({ strength: 'sealed' })
  })

  it.each([
    ['no encryption', { isAvailable: false }],
    ['a refusing key store', { failure: new Error('denied') }],
    ['a key store that throws at once', { throwsAtOnce: true }],
  ])('%s is a refusal', async (_name, trouble) => {
    const { seal, safeStorage, clock } = build()
    Object.assign(safeStorage, trouble)
    const error: unknown = await seal.seal('geheim-42').catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(SealError)
    expect(error).toMatchObject({ failure: 'refused' })
    // A timer left behind would count as a hanging key store later.
    expect(clock.pending()).toBe(0)
  })

  it('never takes an answer of another shape for a secret', async () => {
    const { seal, safeStorage } = build()
    const sealed = await seal.seal('geheim-42')
    safeStorage.answer = '[object Object]' as never
    await expect(seal.open(sealed)).rejects.toMatchObject({ failure: 'refused' })
  })
})
