import { describe, expect, it } from 'vitest'
import type { SecretName } from '../ports/SecretStore.ts'
import { createMemoryFs } from '../testing/memoryFs.ts'
import { createRecordingLogger } from '../testing/recordingLogger.ts'
import { provision } from './provision.ts'

const file = '/media/stick/panel.json'
const good = {
  settings: {
    version: 1,
    account: { platform: 'wecom', corpId: 'ww0123456789abcdef' },
    rooms: [{ id: 'xihu', source: { officeRoomId: 1 } }],
  },
  secrets: { 'wecom.corpSecret': 'SENTINEL-corp-secret' },
}

function build(content: string | undefined) {
  const fs = createMemoryFs(content === undefined ? {} : { [file]: content })
  const log = createRecordingLogger()
  const kept = {
    settings: undefined as unknown,
    secrets: new Map<string, string>(),
    state: new Map<string, unknown>(),
  }
  const order: string[] = []
  const deps = {
    file,
    isNamed: true,
    fs,
    log,
    device: { read: () => Promise.resolve({ hostName: 'DOOR-17.corp.example', serials: ['5CG1234XYZ'] }) },
    settings: {
      isWritable: true,
      load: () => Promise.resolve(kept.settings),
      save: (value: unknown) => {
        order.push('settings')
        kept.settings = value
        return Promise.resolve()
      },
    },
    secrets: {
      read: () => Promise.resolve({ kind: 'missing' as const }),
      write: (name: SecretName, value: string) => {
        order.push('secret')
        kept.secrets.set(name, value)
        return Promise.resolve()
      },
      remove: () => Promise.resolve(),
      strength: () => Promise.resolve('sealed' as const),
    },
    state: {
      read: (key: string) => Promise.resolve(kept.state.get(key)),
      write: (key: string, value: unknown) => {
        kept.state.set(key, value)
        return Promise.resolve()
      },
    },
  }
  return { fs, log, kept, order, deps, text: () => fs.files.get(file)! }
}

describe('provision', () => {
  it('takes settings and secrets over and takes the secrets out of the file', async () => {
    const { deps, kept, text, order } = build(JSON.stringify(good))
    expect(await provision(deps)).toBe('applied')
    expect(kept.settings).toEqual(good.settings)
    expect(kept.secrets.get('wecom.corpSecret')).toBe('SENTINEL-corp-secret')
    expect(JSON.parse(text())).toEqual({ settings: good.settings })
    expect(order).toEqual(['secret', 'settings'])
  })

  it('does not undo at the next start what an admin changed since', async () => {
    const { deps, kept } = build(JSON.stringify(good))
    await provision(deps)
    kept.settings = 'changed by the admin'
    expect(await provision(deps)).toBe('unchanged')
    expect(kept.settings).toBe('changed by the admin')
  })

  it('nor when the stick is read-only and still holds the secrets, which it says loudly', async () => {
    const { deps, kept, fs, log } = build(JSON.stringify(good))
    fs.failWith('EROFS')
    expect(await provision(deps)).toBe('applied')
    expect(log.text()).toMatch(/still holds secrets/)
    kept.secrets.set('wecom.corpSecret', 'typed by the admin')
    expect(await provision(deps)).toBe('unchanged')
    expect(kept.secrets.get('wecom.corpSecret')).toBe('typed by the admin')
  })

  it('takes a changed file over', async () => {
    const { deps, fs, kept } = build(JSON.stringify(good))
    await provision(deps)
    const next = { settings: { ...good.settings, display: { language: 'en-US' } } }
    fs.put(file, JSON.stringify(next))
    expect(await provision(deps)).toBe('applied')
    expect(kept.settings).toEqual(next.settings)
  })

  it.each<[string, unknown]>([
    ['no JSON', 'SENTINEL{'],
    ['no settings', { secrets: good.secrets }],
    ['wrong settings', { ...good, settings: { ...good.settings, rooms: [] } }],
    ['a secret in the settings', { ...good, settings: { ...good.settings, corpSecret: 'SENTINEL' } }],
    ['a secret nobody asked for', { ...good, secrets: { 'wecom.corpSecrt': 'SENTINEL' } }],
    ['an empty secret', { ...good, secrets: { 'wecom.corpSecret': '' } }],
    ['a field nobody knows', { ...good, extra: 'SENTINEL' }],
  ])('a file with %s changes nothing at all', async (_name, content) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    const run = build(text)
    expect(await provision(run.deps)).toBe('refused')
    expect(run.order).toEqual([])
    expect(run.text()).toBe(text)
    expect(run.log.text()).not.toContain('SENTINEL')
  })

  it('a key store that refuses leaves the settings as they were, to be tried again', async () => {
    const { deps, kept, text } = build(JSON.stringify(good))
    const refusing = { ...deps.secrets, write: () => Promise.reject(new Error('the key store refused')) }
    expect(await provision({ ...deps, secrets: refusing })).toBe('refused')
    expect(kept.settings).toBeUndefined()
    expect(text()).toContain('SENTINEL')
    expect(await provision(deps)).toBe('applied')
  })

  // One file for two hundred tablets: the wrong line would put another room's bookings on the door.
  describe('with a table of devices', () => {
    const rooms = ['west-lake', 'longjing'].map((id, index) => ({ id, source: { officeRoomId: index + 1 } }))
    const table = (devices: readonly object[]) =>
      JSON.stringify({ ...good, settings: { ...good.settings, rooms }, devices })

    it('takes the line of this device over, and leaves the table in the file', async () => {
      const devices = [
        { hostName: 'door-16', room: 'west-lake' },
        { hostName: 'door-17', room: 'longjing', display: { language: 'en-US' } },
      ]
      const { deps, kept, text } = build(table(devices))
      expect(await provision(deps)).toBe('applied')
      expect(kept.settings).toEqual({ ...good.settings, rooms: [rooms[1]], display: { language: 'en-US' } })
      expect(JSON.parse(text())).toEqual({ settings: { ...good.settings, rooms }, devices })
      expect(await provision(deps)).toBe('unchanged')
    })

    it.each<[string, readonly object[], string]>([
      ['no line', [{ hostName: 'door-18', room: 'longjing' }], 'no line'],
      [
        'two lines',
        [
          { hostName: 'door-17', room: 'longjing' },
          { serial: '5cg1234xyz', room: 'west-lake' },
        ],
        'several lines',
      ],
    ])('%s for this device changes nothing and says so', async (_name, devices, said) => {
      const run = build(table(devices))
      expect(await provision(run.deps)).toBe('refused')
      expect(run.order).toEqual([])
      expect(run.log.text()).toContain(said)
      expect(run.text()).toContain('SENTINEL')
    })
  })

  it('a stick that was pulled is no error', async () => {
    const { deps, log } = build(undefined)
    expect(await provision(deps)).toBe('absent')
    expect(log.text()).toContain('no provisioning file')
  })

  it('a file nobody named is not missed at every start', async () => {
    const { deps, log } = build(undefined)
    expect(await provision({ ...deps, isNamed: false })).toBe('absent')
    expect(log.text()).toBe('')
  })
})
