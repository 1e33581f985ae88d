import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HostFailure } from '../HostFailure.ts'
import { createFileSettings } from './fileSettings.ts'

let directory: string
let file: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'doorplate-settings-'))
  file = join(directory, 'panel.json')
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const failureOf = async (path = file): Promise<HostFailure> => {
  const error: unknown = await createFileSettings(path)
    .load()
    .catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(HostFailure)
  return error as HostFailure
}

describe('file settings', () => {
  it("reads the operator's file, with the mark some editors put in front", async () => {
    await writeFile(file, '\uFEFF{"version": 1}')
    await expect(createFileSettings(file).load()).resolves.toEqual({ version: 1 })
  })

  // "Nothing stored yet" would open the set-up of a panel whose file only has another name.
  it('takes a missing file for a mistake, not for a panel that was never set up', async () => {
    const { exitCode, lines } = await failureOf()
    expect(exitCode).toBe(11)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(file)
    expect(lines[0]).toContain('--config')
  })

  it('takes a directory for a mistake', async () => {
    expect((await failureOf(directory)).lines[0]).toContain('this is a directory')
  })

  it('names line and column of a typing mistake, and quotes nothing: a secret may stand there', async () => {
    await writeFile(file, '{\n  "version": 1,\n  "wecom.corpSecret": sentinel-secret\n}')
    const { exitCode, lines, cause } = await failureOf()
    expect(exitCode).toBe(11)
    expect(lines).toEqual([`${file}:3:23: not valid JSON: expected a value. Correct it and start again.`])
    expect(cause).toBeUndefined()
  })

  it('is never written', async () => {
    await writeFile(file, '{}')
    const settings = createFileSettings(file)
    expect(settings.isWritable).toBe(false)
    await expect(settings.save({ version: 1 })).rejects.toThrow('belongs to the operator')
    await expect(settings.load()).resolves.toEqual({})
  })
})
