import fc from 'fast-check'
import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { anyPowerCut } from '../testing/anyPowerCut.ts'
import { createMemoryFs } from '../testing/memoryFs.ts'
import { createRecordingLogger } from '../testing/recordingLogger.ts'
import { createFileStateStore } from './fileStateStore.ts'
import { createNodeStorageFs } from './StorageFs.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

function inMemory(initial: Record<string, string> = {}) {
  const fs = createMemoryFs(initial)
  const log = createRecordingLogger()
  return { fs, log, store: createFileStateStore({ folder: '/state', fs, log }) }
}

describe('createFileStateStore', () => {
  it('keeps files and folder private and leaves no temporary behind on the real disk', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'doorplate-'))
    folders.push(parent)
    const folder = join(parent, 'state')
    await mkdir(folder)
    await chmod(folder, 0o755)
    const store = createFileStateStore({ folder, fs: createNodeStorageFs(), log: createRecordingLogger() })
    await store.write('journal', [1])
    await store.write('journal', [1, 2])
    expect(await store.read('journal')).toEqual([1, 2])
    expect(await readdir(folder)).toEqual(['journal.json'])
    expect((await stat(join(folder, 'journal.json'))).mode & 0o777).toBe(0o600)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
  })

  it('tells missing from damaged and sets the damaged file aside instead of wiping it', async () => {
    const { fs, log, store } = inMemory({ '/state/a.json': '{"x":' })
    expect(await store.read('never')).toBeUndefined()
    expect(log.lines).toHaveLength(0)
    expect(await store.read('a')).toBeUndefined()
    expect(fs.files.get('/state/a.json.damaged')).toBe('{"x":')
    expect(log.text()).toContain('damaged')
  })

  it.each(['../../etc/passwd', '..', 'a/b', 'a\\b', '*', '西湖'])(
    'cannot be led out of its folder by key %j',
    async (key) => {
      const { fs, store } = inMemory()
      await store.write(key, 1)
      expect([...fs.files.keys()]).toEqual([expect.stringMatching(/^\/state\/[\w%-]+\.json$/)])
      expect(await store.read(key)).toBe(1)
    },
  )

  it('keeps writes of one key in order, though nobody waits for them', async () => {
    const { store } = inMemory()
    const writes = Array.from({ length: 50 }, (_, index) => store.write('n', index))
    expect(await store.read('n')).toBe(49)
    await Promise.all(writes)
  })

  it.each(['ENOSPC', 'EROFS'])('reports %s to the writer and keeps the old value', async (code) => {
    const { fs, store } = inMemory()
    await store.write('n', 'old')
    fs.failWith(code)
    await expect(store.write('n', 'new')).rejects.toMatchObject({ code })
    fs.failWith(undefined)
    expect(await store.read('n')).toBe('old')
    await store.write('n', 'later')
    expect(await store.read('n')).toBe('later')
  })

  it('holds the old or the new value, whole, wherever the power is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue(),
        fc.jsonValue(),
        anyPowerCut,
        async (before, after, { at, survival }) => {
          const { fs, store } = inMemory()
          await store.write('n', before)
          fs.cutAfter(at)
          const isConfirmed = await store.write('n', after).then(
            () => !fs.isOff(),
            () => false,
          )
          fs.restart(survival)
          const found = JSON.stringify(await store.read('n'))
          expect([JSON.stringify(before), JSON.stringify(after)]).toContain(found)
          if (isConfirmed) expect(found).toBe(JSON.stringify(after))
        },
      ),
      { numRuns: 1000 },
    )
  })
})
