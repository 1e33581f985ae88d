import { describe, expect, it } from 'vitest'
import type { SecretStore } from '../ports/SecretStore.ts'
import { createFakeClock } from '../testing/fakeClock.ts'
import { createMemorySecrets, createMemorySettings, createMemoryState } from '../testing/memoryStores.ts'
import { createRecordingLogger } from '../testing/recordingLogger.ts'
import { createPinGuard, waitAfter } from './createPinGuard.ts'
import { createSessions } from './createSessions.ts'

const PIN = '246801'

function setUp(
  more: { setupCode?: string; secrets?: SecretStore; state?: ReturnType<typeof createMemoryState> } = {},
) {
  const clock = createFakeClock(1_000_000)
  const log = createRecordingLogger()
  const state = more.state ?? createMemoryState()
  const secrets = more.secrets ?? createMemorySecrets()
  const ports = {
    clock,
    log,
    state,
    secrets,
    settings: createMemorySettings(),
    http: { fetch: () => Promise.reject(new Error('no network in this test')) },
    random: () => 0.5,
    version: 'test',
    ...(more.setupCode === undefined ? {} : { setupCode: more.setupCode }),
  }
  return { clock, log, state, secrets, pins: createPinGuard(ports) }
}

describe('createPinGuard', () => {
  it('asks for a first PIN, takes it once, and then checks it', async () => {
    const { pins } = setUp()
    expect(await pins.state()).toMatchObject({ isPinSet: false, needsSetupCode: false })
    expect(await pins.setFirstPin(PIN, null)).toEqual({ kind: 'set' })
    expect(await pins.state()).toMatchObject({ isPinSet: true, waitMs: 0 })
    expect(await pins.check(PIN)).toEqual({ kind: 'right' })
    expect(await pins.setFirstPin('111111', null)).toEqual({ kind: 'taken' })
    expect((await pins.check('111111')).kind).toBe('wrong')
  })

  it('keeps the PIN nowhere in clear', async () => {
    const { pins, state, secrets, log } = setUp()
    await pins.setFirstPin(PIN, null)
    await pins.check(PIN)
    const record = await secrets.read('admin.pin')
    expect(JSON.stringify([record, ...state.files.values(), log.text()])).not.toContain(PIN)
  })

  it('five wrong attempts are free, then each doubles the wait, and a restart forgives none', async () => {
    const first = setUp()
    await first.pins.setFirstPin(PIN, null)
    for (let i = 0; i < 5; i += 1) await first.pins.check('000000')
    expect(await first.pins.check(PIN)).toEqual({ kind: 'locked', waitMs: 30_000 })
    const second = setUp({ secrets: first.secrets, state: first.state })
    expect(await second.pins.check(PIN)).toEqual({ kind: 'locked', waitMs: 30_000 })
    await second.clock.advance(30_000)
    expect(await second.pins.check('000000')).toEqual({ kind: 'wrong', waitMs: 60_000 })
    await second.clock.advance(60_000)
    expect(await second.pins.check(PIN)).toEqual({ kind: 'right' })
    expect(await second.pins.state()).toMatchObject({ waitMs: 0 })
  })

  it('a burst of guesses at once gets no more than a row of them', async () => {
    const { pins } = setUp()
    await pins.setFirstPin(PIN, null)
    const kinds = await Promise.all(
      Array.from({ length: 8 }, () => pins.check('000000').then(({ kind }) => kind)),
    )
    expect(kinds.filter((kind) => kind === 'wrong')).toHaveLength(5)
    expect(kinds.filter((kind) => kind === 'locked')).toHaveLength(3)
  })

  it('a guess whose check never ends is counted: pulling the plug buys no free one', async () => {
    const first = setUp()
    await first.pins.setFirstPin(PIN, null)
    const record = await first.secrets.read('admin.pin')
    // A cost no machine may pay stands for the power going while the hash is computed.
    if (record.kind === 'found')
      await first.secrets.write('admin.pin', JSON.stringify({ ...JSON.parse(record.value), N: 2 ** 24 }))
    for (let i = 0; i < 5; i += 1) await expect(setUp(first).pins.check('000000')).rejects.toThrow()
    expect(await setUp(first).pins.check(PIN)).toEqual({ kind: 'locked', waitMs: 30_000 })
  })

  it('a clock set back does not lock the admin out beyond the wait itself', async () => {
    const { pins, clock } = setUp()
    await pins.setFirstPin(PIN, null)
    for (let i = 0; i < 5; i += 1) await pins.check('000000')
    clock.jump(-86_400_000)
    expect(await pins.check(PIN)).toEqual({ kind: 'locked', waitMs: 30_000 })
  })

  it('counts on in memory when the disk is full', async () => {
    const { pins, state } = setUp()
    await pins.setFirstPin(PIN, null)
    state.isFull = true
    for (let i = 0; i < 5; i += 1) await pins.check('000000')
    expect((await pins.check(PIN)).kind).toBe('locked')
  })

  it('a record that is damaged or cannot be read opens nothing to whoever passes by', async () => {
    const damaged = setUp({ secrets: createMemorySecrets({ 'admin.pin': '{"salt":' }) })
    expect(await damaged.pins.state()).toMatchObject({ isPinSet: true, isUnavailable: true })
    expect(await damaged.pins.setFirstPin(PIN, null)).toEqual({ kind: 'taken' })
    expect(await damaged.pins.check(PIN)).toEqual({ kind: 'unavailable' })
    const sealed: SecretStore = {
      ...createMemorySecrets(),
      read: () => Promise.resolve({ kind: 'unavailable', reason: 'keyring' }),
    }
    expect(await setUp({ secrets: sealed }).pins.setFirstPin(PIN, null)).toEqual({
      kind: 'taken',
    })
  })

  it('over a network the first PIN needs the printed code, with the same delay for guesses', async () => {
    const { pins } = setUp({ setupCode: 'K7QX-2M9P' })
    expect(await pins.state()).toMatchObject({ needsSetupCode: true })
    expect((await pins.setFirstPin(PIN, null)).kind).toBe('wrong')
    for (let i = 0; i < 4; i += 1) await pins.setFirstPin(PIN, 'guess')
    expect((await pins.setFirstPin(PIN, 'K7QX-2M9P')).kind).toBe('locked')
  })

  it.each([
    [0, 0],
    [4, 0],
    [5, 30_000],
    [6, 60_000],
    [7, 120_000],
    [12, 3_600_000],
    [500, 3_600_000],
  ])('after %i wrong attempts the wait is %i ms', (count, ms) => {
    expect(waitAfter(count)).toBe(ms)
  })
})

describe('createSessions', () => {
  it('opens unguessable sessions that die of idleness and live by use', async () => {
    const clock = createFakeClock(0)
    const sessions = createSessions(clock)
    const { token } = sessions.open()
    expect(token.length).toBeGreaterThan(40)
    expect(sessions.open().token).not.toBe(token)
    await clock.advance(179_000)
    expect(sessions.isOpen(token)).toBe(true)
    await clock.advance(179_000)
    expect(sessions.isOpen(token)).toBe(true)
    await clock.advance(181_000)
    expect(sessions.isOpen(token)).toBe(false)
    expect(sessions.isOpen('')).toBe(false)
  })

  it('keeps no more than sixteen, dropping the longest idle', () => {
    const sessions = createSessions(createFakeClock(0))
    const tokens = Array.from({ length: 20 }, () => sessions.open().token)
    expect(tokens.map((token) => sessions.isOpen(token))).toEqual([
      ...Array<boolean>(4).fill(false),
      ...Array<boolean>(16).fill(true),
    ])
  })
})
