import fc from 'fast-check'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { anyPowerCut } from '../testing/anyPowerCut.ts'
import { createMemoryFs } from '../testing/memoryFs.ts'
import type { MemoryFs } from '../testing/memoryFs.ts'
import { createMemorySecrets } from '../testing/memoryStores.ts'
import { createKeptSecrets } from './createKeptSecrets.ts'
import { createNodeStorageFs } from './StorageFs.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorplate-secrets-'))
  return () => rm(folder, { recursive: true, force: true })
})

const open = (given: Record<string, string> = {}, seen: string[] = []) =>
  createKeptSecrets({
    folder,
    fs: createNodeStorageFs(),
    given: createMemorySecrets(given),
    onRead: (value) => seen.push(value),
  })

describe('createKeptSecrets', () => {
  it('keeps what was typed across a restart, for the owner alone', async () => {
    expect(await open().read('wecom.corpSecret')).toEqual({ kind: 'missing' })
    await open().write('wecom.corpSecret', 's3cret')
    const seen: string[] = []
    expect(await open({}, seen).read('wecom.corpSecret')).toEqual({ kind: 'found', value: 's3cret' })
    expect(seen).toEqual(['s3cret'])
    expect((await stat(join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600)
  })

  it('loses no secret to two writers at once, and removes only what it is asked to', async () => {
    const secrets = open()
    await Promise.all([
      secrets.write('a.one', '1'),
      secrets.write('b.two', '2'),
      secrets.write('c.three', '3'),
    ])
    await secrets.remove('b.two')
    expect(JSON.parse(await readFile(join(folder, 'secrets.json'), 'utf8'))).toEqual({
      'a.one': '1',
      'c.three': '3',
    })
  })

  it('the operator’s own comes first, and is not overwritten by something that would never be used', async () => {
    const secrets = open({ 'wecom.corpSecret': 'operator' })
    expect(await secrets.read('wecom.corpSecret')).toEqual({ kind: 'found', value: 'operator' })
    await expect(secrets.write('wecom.corpSecret', 'typed')).rejects.toThrow('given by the operator')
  })

  it.each(['{"a":', '[]', '{"a.b":7}'])(
    'a damaged file %s is "unavailable", never "missing", and is not overwritten',
    async (text) => {
      await writeFile(join(folder, 'secrets.json'), text)
      expect((await open().read('admin.pin')).kind).toBe('unavailable')
      await expect(open().write('admin.pin', 'x')).rejects.toThrow()
      expect(await readFile(join(folder, 'secrets.json'), 'utf8')).toBe(text)
    },
  )

  it('has the old or the new secret, and every other one, wherever the power is cut', async () => {
    const openOn = (fs: MemoryFs) =>
      createKeptSecrets({ folder: '/host', fs, given: createMemorySecrets(), onRead: () => undefined })
    await fc.assert(
      fc.asyncProperty(anyPowerCut, async ({ at, survival }) => {
        const fs = createMemoryFs()
        await openOn(fs).write('admin.pin', 'pin')
        await openOn(fs).write('wecom.corpSecret', 'old')
        fs.cutAfter(at)
        const isConfirmed = await openOn(fs)
          .write('wecom.corpSecret', 'new')
          .then(
            () => !fs.isOff(),
            () => false,
          )
        fs.restart(survival)
        const found = await openOn(fs).read('wecom.corpSecret')
        expect(isConfirmed ? ['new'] : ['old', 'new']).toContain(found.kind === 'found' && found.value)
        expect(await openOn(fs).read('admin.pin')).toEqual({ kind: 'found', value: 'pin' })
        expect(fs.modeOf('/host/secrets.json')).toBe(0o600)
      }),
      { numRuns: 1000 },
    )
  })
})
