import { describe, expect, it } from 'vitest'
import { createMemoryFs } from '../testing/memoryFs.ts'
import { createRecordingLogger } from '../testing/recordingLogger.ts'
import { eraseSecrets } from './eraseSecrets.ts'
import type { ProvisioningFile } from './parseProvisioning.ts'

const file = '/media/stick/panel.json'
// What is left of the file is all that is looked at.
const content = { written: { version: 1 }, devices: null } as unknown as ProvisioningFile

const build = () => {
  const fs = createMemoryFs({ [file]: '{"secrets":{"wecom.corpSecret":"SENTINEL"}}' })
  return { fs, deps: { file, fs, log: createRecordingLogger() } }
}

describe('eraseSecrets', () => {
  it('what it calls erased is erased on the stick, though that is pulled out the moment after', async () => {
    const { fs, deps } = build()
    expect(await eraseSecrets(deps, content)).toBe(true)
    fs.restart()
    expect(fs.files.get(file)).not.toContain('SENTINEL')
    expect(JSON.parse(fs.files.get(file) ?? '')).toEqual({ settings: { version: 1 } })
    expect([...fs.files.keys()]).toEqual([file])
  })

  it.each(['create', 'write', 'sync'] as const)('a %s that fails is no erasure', async (operation) => {
    const { fs, deps } = build()
    fs.failWith('EIO', [operation])
    expect(await eraseSecrets(deps, content)).toBe(false)
    expect(deps.log.text()).toContain('still holds secrets')
  })
})
