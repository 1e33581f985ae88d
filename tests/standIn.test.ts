import { describe, expect, it, vi } from 'vitest'
import { appAddress, isShownApp, shownAddress } from '../e2e/standIn/appAddress.ts'
import { createSafeStorage, sealText } from '../e2e/standIn/electron/createSafeStorage.ts'
import { KnownEvents, knownApi, plain } from '../e2e/standIn/knownApi.ts'
import { createPeer } from '../e2e/standIn/Peer.ts'
import type { Message, Peer } from '../e2e/standIn/Peer.ts'
import type { SealingMode } from '../e2e/standIn/wire.ts'

// A stand-in that is too kind lets the app pass with calls that the real runtime would refuse.
describe('knownApi', () => {
  it('names what it does not know, and tells it even if the error is swallowed', () => {
    const tell = vi.fn()
    const app = knownApi('app', { quit: () => 1 }, tell, ['dock'])
    expect(app.quit()).toBe(1)
    expect(() => (app as unknown as { getFoo(): void }).getFoo()).toThrow('app.getFoo')
    expect(tell).toHaveBeenCalledWith('unknown', 'app.getFoo')
  })

  it('leaves to be undefined what really is, and what the language looks for', async () => {
    const tell = vi.fn()
    const app = knownApi('app', {}, tell, ['dock'])
    expect((app as { dock?: unknown }).dock).toBeUndefined()
    await Promise.resolve(app)
    expect(JSON.stringify(app)).toBe('{}')
    expect(tell).not.toHaveBeenCalled()
  })

  it('refuses a listener for an event nobody would ever emit', () => {
    const tell = vi.fn()
    const events = new KnownEvents('app', ['ready'], tell)
    expect(() => events.on('redy', () => undefined)).toThrow('redy')
    const listener = vi.fn()
    events.once('ready', listener).emit('ready', 7)
    expect(listener).toHaveBeenCalledWith(7)
  })

  it('makes of anything a copy that can leave the process', () => {
    const value = { run: () => undefined, at: new Date(0), deep: { list: [Symbol('s'), null, undefined] } }
    expect(structuredClone(plain(value))).toEqual({
      run: '[function run]',
      at: new Date(0),
      deep: { list: ['Symbol(s)', null, undefined] },
    })
  })
})

describe('createPeer', () => {
  interface Side {
    add(a: number, b: number): number
    fail(): never
    [method: string]: (...args: never[]) => unknown
  }
  function build() {
    const near: Peer<Side> = createPeer<Side>({}, (message) => far.receive(structuredClone(message)))
    const far: Peer<Side> = createPeer<Side>(
      {
        add: (a: number, b: number) => a + b,
        fail: () => {
          throw new Error('no')
        },
      },
      (message: Message) => near.receive(structuredClone(message)),
    )
    return near
  }

  it('carries answers and errors back to the call they belong to', async () => {
    const peer = build()
    const both = [peer.call('add', 1, 2), peer.call('add', 3, 4)]
    expect(await Promise.all(both)).toEqual([3, 7])
    await expect(peer.call('fail')).rejects.toThrow('no')
    await expect(peer.call('nothing')).rejects.toThrow('nobody answers to nothing')
  })

  it('leaves nobody waiting when the line is cut', async () => {
    const silent = createPeer<Side>({}, () => undefined)
    const asked = silent.call('add', 1, 2)
    silent.close('the app has ended')
    await expect(asked).rejects.toThrow('the app has ended')
    await expect(silent.call('add', 1, 2)).rejects.toThrow('the app has ended')
  })
})

describe('addresses of the app', () => {
  it.each(['app://panel/index.html', 'app://panel/assets/a.js?x=1', 'app://panel/index.html#/rooms/west'])(
    '%s is shown in disguise and told as it is',
    (url) => {
      expect(new URL(shownAddress(url)).origin).toBe('http://panel.app.localhost')
      expect(appAddress(shownAddress(url))).toBe(url)
    },
  )

  it.each(['http://127.0.0.1:8080/', 'https://example.com/', 'http://localhost/', 'about:blank'])(
    '%s is not taken for a page of the app',
    (url) => {
      expect(isShownApp(url)).toBe(false)
    },
  )
})

describe('createSafeStorage', () => {
  const build = (mode: SealingMode) => createSafeStorage(mode, () => true, vi.fn())

  it.each([
    ['sealed', 'v11'],
    ['obfuscated', 'v10'],
  ] as const)('%s marks what it seals with %s', async (mode, mark) => {
    const store = build(mode)
    const blob = await store.encryptStringAsync('secret')
    expect(blob.toString('latin1', 0, 3)).toBe(mark)
    expect(blob.includes('secret')).toBe(false)
    expect((await store.decryptStringAsync(blob)).result).toBe('secret')
  })

  it('fails as key stores do', async () => {
    const blob = sealText('secret')
    await expect(build('changedKey').decryptStringAsync(blob)).rejects.toThrow()
    await expect(build('unavailable').decryptStringAsync(blob)).rejects.toThrow()
    const settled = vi.fn()
    void build('hanging').decryptStringAsync(blob).then(settled, settled)
    await Promise.resolve()
    expect(settled).not.toHaveBeenCalled()
  })

  it('is not to be used before the app is ready, and has no synchronous half', async () => {
    const early = createSafeStorage('sealed', () => false, vi.fn())
    await expect(early.encryptStringAsync('x')).rejects.toThrow(/ready/)
    expect(() => (build('sealed') as unknown as { encryptString(): void }).encryptString()).toThrow(
      'encryptString',
    )
  })
})
