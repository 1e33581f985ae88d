import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { anyScreen } from '../../core/api/Caller.ts'
import type { Caller } from '../../core/api/Caller.ts'
import { createRecordingLogger } from '../../core/testing/recordingLogger.ts'
import { createApiListener } from './createApiListener.ts'
import { isSmallPlainData } from './isSmallPlainData.ts'
import type { SenderEvent, SenderFrame } from './validateSender.ts'
import { validateSender } from './validateSender.ts'

const frame: SenderFrame = {
  url: 'app://panel/index.html#/room',
  origin: 'app://panel',
  frameTreeNodeId: 7,
  parent: null,
}
const ours: SenderEvent = { senderFrame: frame, sender: { id: 1, mainFrame: { frameTreeNodeId: 7 } } }
const from = (change: Partial<SenderFrame>): SenderEvent => ({
  ...ours,
  senderFrame: { ...frame, ...change },
})
const owns = (id: number): boolean => id === 1

describe('validateSender', () => {
  it('trusts the top frame of our window on our page', () => {
    expect(validateSender(ours, owns)).toBe(true)
  })

  it.each<[string, SenderEvent]>([
    ['a frame that is gone', { ...ours, senderFrame: null }],
    ['a window we did not open', { ...ours, sender: { ...ours.sender, id: 2 } }],
    ['a frame inside the page', from({ parent: {}, frameTreeNodeId: 8 })],
    ['a frame that only claims to be on top', from({ frameTreeNodeId: 8 })],
    ['an address that begins like ours', from({ url: 'app://panel.evil/index.html' })],
    ['an address with a user', from({ url: 'app://panel@evil/index.html' })],
    ['an address with a password', from({ url: 'app://x:y@panel/index.html' })],
    ['another port', from({ url: 'app://panel:8080/index.html' })],
    ['another host of our scheme', from({ url: 'app://other/index.html' })],
    ['the web', from({ url: 'https://panel/index.html' })],
    ['a local file', from({ url: 'file:///panel/index.html' })],
    ['an empty page', from({ url: 'about:blank' })],
    ['no address', from({ url: '' })],
    ['a page cut off from its origin', from({ origin: 'null' })],
  ])('refuses %s', (_name, event) => {
    expect(validateSender(event, owns)).toBe(false)
  })

  it('refuses when a frame dies under the question', () => {
    const dying = Object.defineProperty({ ...frame }, 'url', {
      get: () => {
        throw new Error('Render frame was disposed before WebFrameMain could be accessed')
      },
    })
    expect(validateSender({ ...ours, senderFrame: dying }, owns)).toBe(false)
  })
})

describe('isSmallPlainData', () => {
  const limits = { maxLength: 1_000, maxDepth: 4 }

  it.each([
    [null],
    [undefined],
    [{}],
    [{ roomId: 'xihu', list: [1, true, null, { deep: 'yes' }] }],
    ['text'],
    [0],
  ])('takes %j', (value) => {
    expect(isSmallPlainData(value, limits)).toBe(true)
  })

  const cycle: { self?: unknown } = {}
  cycle.self = cycle
  it.each<[string, unknown]>([
    ['10 MB of text', 'x'.repeat(10_000_000)],
    ['10 MB in a list', Array.from({ length: 1_000_000 }, () => 'xxxxxxxxxx')],
    ['a long key', { ['k'.repeat(2_000)]: 1 }],
    ['a deep nest', JSON.parse('['.repeat(6) + ']'.repeat(6))],
    ['a ring', cycle],
    ['a date', new Date(0)],
    ['a map', new Map([['a', 1]])],
    ['bytes', new Uint8Array(4)],
    ['a big integer', 1n],
    ['not a number', NaN],
    ['infinity', Infinity],
    ['a class', new URL('app://panel/')],
    ['a function', () => 1],
  ])('refuses %s', (_name, value) => {
    expect(isSmallPlainData(value, limits)).toBe(false)
  })

  it('stops looking once the limit is passed: a flood must not cost what it weighs', () => {
    let looks = 0
    const flood = new Proxy(
      Array.from({ length: 100_000 }, () => 'xxxxxxxxxx'),
      {
        get: (target, key) => {
          looks += 1
          return Reflect.get(target, key) as unknown
        },
      },
    )
    expect(isSmallPlainData(flood, limits)).toBe(false)
    expect(looks).toBeLessThan(1_000)
  })

  it('takes nothing that is longer as JSON than the limit', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        if (isSmallPlainData(value, { maxLength: 200, maxDepth: 8 })) {
          // Escapes and long numbers may stretch the text, but not without bound.
          expect(JSON.stringify(value).length).toBeLessThanOrEqual(200 * 6)
        }
      }),
    )
  })
})

describe('createApiListener', () => {
  function build() {
    const core = {
      dispatch: vi.fn(() => Promise.resolve({ ok: true as const, data: 'answer' })),
      callerOf: vi.fn((token: string | null): Caller =>
        token === 'open-sesame' ? { kind: 'admin', session: token } : anyScreen,
      ),
    }
    const log = createRecordingLogger()
    return { core, log, ask: createApiListener({ core, log, ownsWebContents: owns }) }
  }

  it('hands a good request on, with the access its session proves', async () => {
    const { core, ask } = build()
    expect(await ask(ours, 'panel.open', { roomId: null }, null)).toEqual({ ok: true, data: 'answer' })
    await ask(ours, 'diagnostics.get', {}, 'open-sesame')
    expect(core.dispatch.mock.calls).toEqual([
      ['panel.open', { roomId: null }, anyScreen],
      ['diagnostics.get', {}, { kind: 'admin', session: 'open-sesame' }],
    ])
  })

  it.each<[string, [SenderEvent, unknown, unknown, unknown], string]>([
    ['a stranger', [from({ url: 'https://evil/' }), 'panel.open', {}, null], 'forbidden'],
    ['a frame that is gone', [{ ...ours, senderFrame: null }, 'panel.open', {}, null], 'forbidden'],
    ['a route that is no text', [ours, { toString: () => 'panel.open' }, {}, null], 'unknownRoute'],
    ['a route without end', [ours, 'p'.repeat(65), {}, null], 'unknownRoute'],
    ['a flood', [ours, 'panel.open', { roomId: 'x'.repeat(10_000_000) }, null], 'badRequest'],
    ['bytes', [ours, 'panel.open', new ArrayBuffer(8), null], 'badRequest'],
  ])(
    'refuses %s with a code and without bothering the core',
    async (_name, [event, route, input, session], code) => {
      const { core, ask } = build()
      expect(await ask(event, route, input, session)).toEqual({ ok: false, error: { code } })
      expect(core.dispatch).not.toHaveBeenCalled()
    },
  )

  it.each([[{ token: 'open-sesame' }], [42], ['x'.repeat(300)], [undefined]])(
    'a session of the wrong kind (%j) proves nothing',
    async (session) => {
      const { core, ask } = build()
      await ask(ours, 'diagnostics.get', {}, session)
      expect(core.dispatch).toHaveBeenCalledWith('diagnostics.get', {}, anyScreen)
    },
  )

  it('does not repeat what a stranger sent into the log', async () => {
    const { ask, log } = build()
    await ask(from({ url: 'https://evil/?SENTINEL' }), 'SENTINEL', { SENTINEL: 1 }, 'SENTINEL')
    await ask(ours, 'panel.open', { roomId: 'SENTINEL'.repeat(20_000) }, null)
    expect(log.lines).toHaveLength(2)
    expect(log.text()).not.toContain('SENTINEL')
  })
})
