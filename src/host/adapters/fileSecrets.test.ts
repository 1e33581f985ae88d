import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFileSecrets } from './fileSecrets.ts'

const SECRET = 'sentinel-secret'
let directory: string
let file: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'doorplate-secrets-'))
  file = join(directory, 'secrets.json')
})
afterEach(() => rm(directory, { recursive: true, force: true }))

async function put(content: string, mode = 0o600): Promise<void> {
  await writeFile(file, content)
  await chmod(file, mode)
}

function build(environment: Record<string, string> = {}, path: string | null = file) {
  const told: string[] = []
  return {
    told,
    secrets: createFileSecrets({ file: path, environment, onRead: (value) => told.push(value) }),
  }
}

describe('file secrets', () => {
  it('finds a secret, and tells the log what it must hide', async () => {
    await put(JSON.stringify({ 'wecom.corpSecret': ` ${SECRET}\n` }))
    const { secrets, told } = build()
    await expect(secrets.read('wecom.corpSecret')).resolves.toEqual({ kind: 'found', value: SECRET })
    expect(told).toEqual([SECRET])
    await expect(secrets.strength()).resolves.toBe('fileOnly')
  })

  it('sees a rotated secret without a restart', async () => {
    await put('{"wecom.corpSecret": "old"}')
    const { secrets } = build()
    await secrets.read('wecom.corpSecret')
    await put('{"wecom.corpSecret": "new"}')
    await expect(secrets.read('wecom.corpSecret')).resolves.toMatchObject({ value: 'new' })
  })

  it.each([0o644, 0o640, 0o660, 0o604, 0o601])(
    'refuses a file of mode %o with the command that mends it, and tells nothing of it',
    async (mode) => {
      await put(JSON.stringify({ 'wecom.corpSecret': SECRET }), mode)
      const { secrets, told } = build()
      const reading = await secrets.read('wecom.corpSecret')
      expect(reading).toMatchObject({ kind: 'unavailable' })
      expect(JSON.stringify(reading)).toContain(`chmod 600 ${file}`)
      expect(JSON.stringify(reading)).not.toContain(SECRET)
      expect(told).toEqual([])
    },
  )

  it('takes a file only its owner may read, even one the owner may not write', async () => {
    await put('{"wecom.corpSecret": "x"}', 0o400)
    await expect(build().secrets.read('wecom.corpSecret')).resolves.toMatchObject({ kind: 'found' })
  })

  it('lets the environment win, also over a file that could not be read', async () => {
    await put('{"wecom.corpSecret": "from the file"}', 0o644)
    const { secrets, told } = build({ DOORPLATE_SECRET_WECOM_CORPSECRET: SECRET })
    await expect(secrets.read('wecom.corpSecret')).resolves.toEqual({ kind: 'found', value: SECRET })
    expect(told).toEqual([SECRET])
    await expect(secrets.strength()).resolves.toBe('environment')
  })

  it('falls back to the file where the variable is set but empty, as unit files leave it', async () => {
    await put('{"wecom.corpSecret": "from the file"}')
    const { secrets } = build({ DOORPLATE_SECRET_WECOM_CORPSECRET: '' })
    await expect(secrets.read('wecom.corpSecret')).resolves.toMatchObject({ value: 'from the file' })
  })

  // "Missing" and "could not look" ask for different remedies; only the first one may be answered by typing a secret.
  it.each([
    ['another secret only', '{"wecom.other": "x"}', 'missing'],
    ['an empty value', '{"wecom.corpSecret": " "}', 'missing'],
    ['a number', '{"wecom.corpSecret": 7}', 'unavailable'],
    ['no object', '["x"]', 'unavailable'],
    ['no JSON', `{"wecom.corpSecret": ${SECRET}}`, 'unavailable'],
    ['an inherited name', '{}', 'missing'],
  ])('tells %s apart', async (_case, content, kind) => {
    await put(content)
    const reading = await build().secrets.read('wecom.corpSecret')
    expect(reading.kind).toBe(kind)
    expect(JSON.stringify(reading)).not.toContain(SECRET)
  })

  it('says that a named file is not there, and is content without any', async () => {
    await expect(build().secrets.read('wecom.corpSecret')).resolves.toMatchObject({ kind: 'unavailable' })
    const { secrets } = build({}, null)
    await expect(secrets.read('wecom.corpSecret')).resolves.toEqual({ kind: 'missing' })
    await expect(secrets.strength()).resolves.toBe('unavailable')
  })

  it('writes nothing', async () => {
    await put('{"wecom.corpSecret": "x"}')
    const { secrets } = build()
    await expect(secrets.write('wecom.corpSecret', 'y')).rejects.toThrow('belong to the operator')
    await expect(secrets.remove('wecom.corpSecret')).rejects.toThrow('belong to the operator')
  })
})
