import fc from 'fast-check'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createNodeStorageFs } from '../../core/storage/StorageFs.ts'
import { makeLastingFolder } from '../../core/storage/syncFolder.ts'
import { createFakeClock } from '../../core/testing/fakeClock.ts'
import { anyPowerCut } from '../../core/testing/anyPowerCut.ts'
import { createMemoryFs } from '../../core/testing/memoryFs.ts'
import type { MemoryFs } from '../../core/testing/memoryFs.ts'
import { createRecordingLogger } from '../../core/testing/recordingLogger.ts'
import {
  createGenerationSettings,
  SettingsUnreadableError,
} from '../../core/settings/createGenerationSettings.ts'
import type { OpenSettingsFile } from '../../core/settings/createGenerationSettings.ts'

const build = (folder: string, openFile: OpenSettingsFile, fs = createNodeStorageFs()) => {
  const log = createRecordingLogger()
  const store = createGenerationSettings({ folder, openFile, fs, clock: createFakeClock(1_000), log })
  return { store, log }
}

describe('settings on the real disk, through electron-store', () => {
  let openElectronStore: OpenSettingsFile
  let folder: string

  beforeAll(async () => {
    // electron-store imports electron, which would download its binary; with this it only answers a path.
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', '/nowhere')
    openElectronStore = (await import('./openElectronStore.ts')).openElectronStore
  })
  afterAll(() => void vi.unstubAllEnvs())
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'doorplate-settings-'))
    return () => rm(folder, { recursive: true, force: true })
  })

  const start = () => build(folder, openElectronStore)
  const current = () => join(folder, 'settings.json')

  it('knows nothing at first, and a later run finds what was saved', async () => {
    expect(await start().store.load()).toBeUndefined()
    await start().store.save({ version: 1, rooms: [{ id: '西湖' }] })
    expect(await start().store.load()).toEqual({ version: 1, rooms: [{ id: '西湖' }] })
  })

  it('keeps both generations private', async () => {
    await start().store.save({ n: 1 })
    await start().store.save({ n: 2 })
    expect((await readdir(folder)).sort()).toEqual(['settings.json', 'settings.previous.json'])
    for (const name of await readdir(folder))
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
    expect(JSON.parse(await readFile(join(folder, 'settings.previous.json'), 'utf8'))).toEqual({ n: 1 })
  })

  it('survives a file cut at every byte: the previous generation is used and the cut one is set aside', async () => {
    await start().store.save({ version: 1, name: 'previous' })
    await start().store.save({ version: 1, name: 'last', rooms: [1, 2, 3] })
    const whole = await readFile(current())
    for (let length = 0; length < whole.length; length += 1) {
      await writeFile(current(), whole.subarray(0, length))
      expect(await start().store.load(), `cut at ${length}`).toEqual({ version: 1, name: 'previous' })
      const aside = (await readdir(folder)).filter((name) => name.includes('damaged'))
      expect(aside).toHaveLength(1)
      expect(await readFile(join(folder, aside[0]!))).toEqual(whole.subarray(0, length))
      await rm(join(folder, aside[0]!))
    }
  })

  const good = (corpId: string) => ({
    version: 1,
    account: { platform: 'wecom', corpId },
    rooms: [{ id: 'west-lake', source: { officeRoomId: 12 } }],
  })

  it.each<[string, unknown]>([
    ['an unknown field', { ...good('ww2'), colour: 'red' }],
    ['a wrong shape', { ...good('ww2'), rooms: 'all' }],
    ['no version', { hello: 1 }],
    ['twenty megabytes of something else', { text: 'x'.repeat(20_000_000) }],
  ])(
    'a file with %s does not disconnect the panel: the previous one is used and both stay',
    async (_name, odd) => {
      await start().store.save(good('ww1'))
      await writeFile(current(), JSON.stringify(odd))
      const { store, log } = start()
      expect(await store.load()).toEqual(good('ww1'))
      expect(log.text()).toContain('make no sense')
      expect(JSON.parse(await readFile(current(), 'utf8'))).toEqual(odd)
      // The next save must not push the good one out by the odd one.
      await store.save(good('ww3'))
      expect(JSON.parse(await readFile(join(folder, 'settings.previous.json'), 'utf8'))).toEqual(good('ww1'))
      expect((await readdir(folder)).filter((name) => name.includes('damaged'))).toHaveLength(1)
    },
  )

  it('settings that make no sense in both generations are told as they are, so that the screen can name the field', async () => {
    await start().store.save({ version: 1, rooms: 'all' })
    expect(await start().store.load()).toEqual({ version: 1, rooms: 'all' })
  })

  it('one damaged file after the other does not cost the settings', async () => {
    await start().store.save(good('ww1'))
    await writeFile(current(), '{"vers')
    expect(await start().store.load()).toEqual(good('ww1'))
    await writeFile(join(folder, 'settings.previous.json'), '')
    expect(await start().store.load()).toEqual(good('ww1'))
  })

  it.each(['null', '[]', '"text"', '12', '\0\0\0\0', '{"a":1}}'])(
    'a file that holds %j is damage, not empty settings',
    async (text) => {
      await start().store.save({ n: 1 })
      await writeFile(current(), text)
      expect(await start().store.load()).toEqual({ n: 1 })
    },
  )

  it('after a newer program was taken back, the last settings of this format are used, and neither is lost', async () => {
    const read = async (name: string): Promise<unknown> =>
      JSON.parse(await readFile(join(folder, name), 'utf8'))
    await start().store.save({ version: 1, name: 'ours' })
    // Twice: both generations are of the newer format then.
    await start().store.save({ version: 2, name: 'migrated' })
    await start().store.save({ version: 2, name: 'changed' })
    const { store, log } = start()
    expect(await store.load()).toEqual({ version: 1, name: 'ours' })
    expect(log.text()).toContain('a later version wrote the settings')
    await store.save({ version: 1, name: 'ours again' })
    expect(await start().store.load()).toEqual({ version: 1, name: 'ours again' })
    expect(await read('settings.v2.json')).toEqual({ version: 2, name: 'changed' })
  })

  it('where no file was kept, the previous generation of this format is used', async () => {
    await start().store.save({ version: 1, name: 'ours' })
    await start().store.save({ version: 1, name: 'ours too' })
    await writeFile(current(), '{"version":2,"name":"migrated by a program that keeps nothing"}')
    expect(await start().store.load()).toEqual({ version: 1, name: 'ours' })
  })

  it('hands on settings of a later version untouched: judging them is the core’s business', async () => {
    await writeFile(current(), '{"version":99,"future":true}')
    expect(await start().store.load()).toEqual({ version: 99, future: true })
    expect(await readFile(current(), 'utf8')).toBe('{"version":99,"future":true}')
  })

  it('throws when both generations are damaged, changes nothing, and still takes new settings', async () => {
    await start().store.save({ n: 1 })
    await writeFile(current(), '{')
    await writeFile(join(folder, 'settings.previous.json'), '')
    await expect(start().store.load()).rejects.toBeInstanceOf(SettingsUnreadableError)
    await expect(start().store.load()).rejects.toBeInstanceOf(SettingsUnreadableError)
    expect(await readFile(current(), 'utf8')).toBe('{')
    await start().store.save({ n: 2 })
    expect(await start().store.load()).toEqual({ n: 2 })
    expect((await readdir(folder)).filter((name) => name.includes('damaged'))).not.toHaveLength(0)
  })

  it('refuses what is not an object before it touches the disk', async () => {
    await start().store.save({ n: 1 })
    await expect(start().store.save([1])).rejects.toThrow()
    await expect(start().store.save(undefined)).rejects.toThrow()
    expect(await start().store.load()).toEqual({ n: 1 })
  })

  it('keeps keys with dots and odd names as they are', async () => {
    const odd = { 'a.b': 1, constructorName: { deep: [null, true] }, '': 'empty' }
    await start().store.save(odd)
    expect(await start().store.load()).toEqual(odd)
  })
})

/** electron-store's way to write on a disk that can lose power. */
function openOn(fs: MemoryFs): OpenSettingsFile {
  return ({ folder, name, parse }) => {
    const path = `${folder}/${name}.json`
    const read = () => {
      const text = fs.files.get(path)
      return text === undefined ? {} : parse(text)
    }
    read()
    return {
      get store() {
        return read()
      },
      set store(value) {
        fs.replaceNow(path, JSON.stringify(value), 0o600)
      },
    }
  }
}

describe('settings on a disk that dies', () => {
  const start = async (n: number) => {
    const fs = createMemoryFs()
    // Electron made it long before.
    await makeLastingFolder(fs, '/panel')
    await build('/panel', openOn(fs), fs).store.save({ n })
    return fs
  }

  it('never lost and never half, over 2,000 power cuts', async () => {
    const cut = fc.record({
      at: fc.integer({ min: 1, max: 40 }),
      survival: anyPowerCut.map(({ survival }) => survival),
      saves: fc.integer({ min: 1, max: 4 }),
    })
    await fc.assert(
      fc.asyncProperty(cut, async ({ at, survival, saves }) => {
        const fs = await start(0)
        fs.cutAfter(at)
        const { store } = build('/panel', openOn(fs), fs)
        let confirmed = 0
        for (let n = 1; n <= saves; n += 1) {
          if (
            !(await store.save({ n }).then(
              () => !fs.isOff(),
              () => false,
            ))
          )
            break
          confirmed = n
        }
        fs.restart(survival)
        const found = await build('/panel', openOn(fs), fs).store.load()
        expect([{ n: confirmed }, { n: confirmed + 1 }]).toContainEqual(found)
      }),
      { numRuns: 2000 },
    )
  }, 60_000)

  it.each(['ENOSPC', 'EROFS', 'EACCES'])('%s is the saver’s error and costs nothing', async (code) => {
    const fs = await start(1)
    const openFile = openOn(fs)
    const full: OpenSettingsFile = (options) => {
      const file = openFile(options)
      return {
        get store() {
          return file.store
        },
        set store(_value) {
          throw Object.assign(new Error(code), { code })
        },
      }
    }
    const { store } = build('/panel', full, fs)
    await expect(store.save({ n: 2 })).rejects.toMatchObject({ code })
    expect(await store.load()).toEqual({ n: 1 })
  })

  it('a disk that cannot be read is not a panel that was never set up', async () => {
    const fs = await start(1)
    const failing = {
      ...fs,
      readFile: () => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' })),
    }
    const { store } = build('/panel', openOn(fs), failing)
    await expect(store.load()).rejects.toBeInstanceOf(SettingsUnreadableError)
    await expect(store.save({ n: 2 })).rejects.toBeInstanceOf(SettingsUnreadableError)
    expect(fs.files.get('/panel/settings.json')).toBe('{"n":1}')
  })

  it('saves at once do not mix generations', async () => {
    const fs = createMemoryFs()
    const { store } = build('/panel', openOn(fs), fs)
    await Promise.all([1, 2, 3, 4].map((n) => store.save({ n })))
    expect(fs.files.get('/panel/settings.json')).toBe('{"n":4}')
    expect(fs.files.get('/panel/settings.previous.json')).toBe('{"n":3}')
  })
})
