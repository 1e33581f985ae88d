import { describe, expect, it } from 'vitest'
import { ApiFailure } from '../api/ApiFailure.ts'
import { anyScreen } from '../api/Caller.ts'
import type { Caller } from '../api/Caller.ts'
import { createProvisioningHandlers } from '../api/createProvisioningHandlers.ts'
import { createMemoryFs } from '../testing/memoryFs.ts'
import { createRecordingLogger } from '../testing/recordingLogger.ts'
import { createCarriedSetUp } from './createCarriedSetUp.ts'
import { encodeProvisioning } from './provisioningCode.ts'

const path = '/media/anna/STICK/doorplate.json'
const settings = {
  version: 1,
  account: { platform: 'wecom', corpId: 'ww0' },
  rooms: [
    { id: 'west-lake', name: '西湖', source: { officeRoomId: 1 } },
    { id: 'longjing', source: { officeRoomId: 2 } },
  ],
}
const good = { settings, secrets: { 'wecom.corpSecret': 'SENTINEL' } }

function build(content: unknown, save: 'saved' | 'testFailed' | 'noSecret' | 'storage' = 'saved') {
  const fs = createMemoryFs({ [path]: typeof content === 'string' ? content : JSON.stringify(content) })
  const saves: unknown[] = []
  const setUp = createCarriedSetUp({
    carried: {
      fs,
      find: () => Promise.resolve([...fs.files].map(([file, text]) => ({ path: file, text }))),
    },
    device: { read: () => Promise.resolve({ hostName: 'door-17', serials: ['A1'] }) },
    log: createRecordingLogger(),
    save: (written, secrets, isInsisting) => {
      saves.push({ written, secrets, isInsisting })
      if (save === 'noSecret') return Promise.reject(new ApiFailure({ code: 'badRequest', issues: [] }))
      if (save === 'storage') return Promise.reject(new ApiFailure({ code: 'storage' }))
      return Promise.resolve(
        save === 'testFailed' && !isInsisting ? { kind: 'testFailed', steps: [] } : { kind: 'saved' },
      )
    },
  })
  const take = async (isInsisting = false) => {
    const [offer] = (await setUp.look()).offers
    return setUp.take({ kind: 'stick', id: offer?.id ?? '' }, isInsisting)
  }
  return { setUp, fs, saves, take, text: () => fs.files.get(path) ?? '' }
}

describe('a stick at the first start', () => {
  it('is shown without its secrets, taken by one press, and the secrets are gone from it', async () => {
    const { setUp, saves, take, text } = build(good)
    const offers = await setUp.look()
    expect(offers).toMatchObject({
      canUseStick: true,
      offers: [
        {
          fileName: 'doorplate.json',
          content: { platform: 'wecom', rooms: ['西湖', 'longjing'] },
          refusal: null,
        },
      ],
    })
    expect(JSON.stringify(offers)).not.toContain('SENTINEL')
    expect(await take()).toEqual({ kind: 'saved', room: '西湖', isErased: true })
    expect(saves).toEqual([{ written: settings, secrets: good.secrets, isInsisting: false }])
    expect(JSON.parse(text())).toEqual({ settings })
  })

  it('keeps its secrets while the connection test fails, until somebody insists', async () => {
    const { take, text } = build(good, 'testFailed')
    expect(await take()).toEqual({ kind: 'testFailed', steps: [], platform: 'wecom' })
    expect(text()).toContain('SENTINEL')
    expect(await take(true)).toMatchObject({ kind: 'saved' })
    expect(text()).not.toContain('SENTINEL')
  })

  it('that is write-protected still holds the secrets, which is said', async () => {
    const { fs, take } = build(good)
    fs.failWith('EROFS')
    expect(await take()).toMatchObject({ kind: 'saved', isErased: false })
  })

  it.each<[string, unknown, string]>([
    ['no JSON', '{', 'notJson'],
    ['a wrong field', { ...good, settings: { ...settings, rooms: [] } }, 'wrongFields'],
    [
      'a table without this device',
      { ...good, devices: [{ hostName: 'door-18', room: 'longjing' }] },
      'noLine',
    ],
    [
      'a table with two lines for it',
      {
        ...good,
        devices: [
          { hostName: 'door-17', room: 'longjing' },
          { serial: 'A1', room: 'west-lake' },
        ],
      },
      'severalLines',
    ],
  ])('with %s changes nothing and says why', async (_name, content, problem) => {
    const { saves, take, text } = build(content)
    expect(await take()).toMatchObject({ kind: 'refused', refusal: { problem, hostName: 'door-17' } })
    expect(saves).toEqual([])
    expect(text()).toBe(typeof content === 'string' ? content : JSON.stringify(content))
  })

  it('whose secrets another panel took says so', async () => {
    expect(await build({ settings }, 'noSecret').take()).toMatchObject({
      kind: 'refused',
      refusal: { problem: 'noSecret' },
    })
  })

  // What is taken must be what was shown.
  it('that was changed or pulled since is not taken', async () => {
    const { setUp, fs, saves } = build(good)
    const [offer] = (await setUp.look()).offers
    fs.put(path, JSON.stringify({ settings }))
    const source = { kind: 'stick', id: offer?.id ?? '' } as const
    expect(await setUp.take(source, false)).toMatchObject({ refusal: { problem: 'gone' } })
    fs.clear()
    expect(await setUp.take(source, false)).toMatchObject({ refusal: { problem: 'gone' } })
    expect(saves).toEqual([])
  })

  it('keeps its secrets when the panel cannot keep them', async () => {
    const { take, text } = build(good, 'storage')
    await expect(take()).rejects.toThrow(ApiFailure)
    expect(text()).toContain('SENTINEL')
  })
})

describe('a code at the first start', () => {
  it('is taken like a stick', async () => {
    const { setUp, saves } = build(good)
    const devices = [{ hostName: 'door-17', room: 'longjing' }]
    const code = encodeProvisioning({ ...good, devices })
    expect(await setUp.take({ kind: 'code', code }, false)).toMatchObject({ kind: 'saved', room: 'longjing' })
    expect(saves).toMatchObject([{ written: { rooms: [settings.rooms[1]] }, secrets: good.secrets }])
  })

  it.each([
    ['https://example.com', 'noCode'],
    ['doorplate:1:abc:def', 'damaged'],
    ['doorplate:2:abc:def', 'unknownForm'],
  ])('%s is refused as %s', async (code, problem) => {
    const { setUp, saves } = build(good)
    expect(await setUp.take({ kind: 'code', code }, false)).toMatchObject({ refusal: { problem } })
    expect(saves).toEqual([])
  })
})

describe('who may', () => {
  const state = { isPinSet: false, needsSetupCode: false, waitMs: 0, isUnavailable: false }
  const ask = (over: Partial<typeof state>, caller: Caller, isFirstStart = true) => {
    const handlers = createProvisioningHandlers({
      carriedSetUp: build(good).setUp,
      pins: { state: () => Promise.resolve({ ...state, ...over }) },
      isFirstStart: () => isFirstStart,
    })
    return Promise.resolve(handlers['provisioning.look']({}, caller))
  }

  const admin: Caller = { kind: 'admin', session: 'open' }

  it.each<[string, Partial<typeof state>, Caller]>([
    ['whoever stands at a device without a PIN', {}, anyScreen],
    ['an admin', { isPinSet: true }, admin],
    ['an admin over a network', { needsSetupCode: true }, admin],
  ])('%s', async (_name, over, caller) => {
    expect(await ask(over, caller)).toMatchObject({ canUseStick: true })
  })

  it.each<[string, Partial<typeof state>, Caller, boolean]>([
    ['whoever comes over a network without the code', { needsSetupCode: true }, anyScreen, true],
    ['whoever passes a device with a PIN', { isPinSet: true }, anyScreen, true],
    ['anybody while the key store does not answer', { isUnavailable: true }, anyScreen, true],
    ['even an admin once the panel is set up', { isPinSet: true }, admin, false],
  ])('not %s', async (_name, over, caller, isFirstStart) => {
    await expect(ask(over, caller, isFirstStart)).rejects.toMatchObject({ error: { code: 'forbidden' } })
  })
})
