import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { SESSION_HEADER } from '../shared/api/bridge.ts'
import { startHost } from './startHost.ts'

const working = {
  version: 1,
  account: { platform: 'wecom', baseUrl: 'http://127.0.0.1:9', corpId: 'ww1' },
  rooms: [{ id: 'xihu', source: { officeRoomId: 12 } }],
}

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorplate-kept-'))
  return () => rm(folder, { recursive: true, force: true })
})

async function start() {
  const lines: string[] = []
  const screenDirectory = join(folder, 'screen')
  await mkdir(screenDirectory, { recursive: true })
  await writeFile(join(screenDirectory, 'index.html'), '<!doctype html>')
  const host = await startHost({
    settingsFile: null,
    secretsFile: null,
    environment: {},
    stateDirectory: join(folder, 'state'),
    screenDirectory,
    host: '127.0.0.1',
    port: 0,
    allowedHosts: [],
    isGalleryOn: false,
    logLevel: 'info',
    version: 'test',
    writeLog: (line) => lines.push(line),
  })
  let session: string | undefined
  const ask = async (route: string, input: object = {}) => {
    const answer = await fetch(`${host.url}api/${route}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(session === undefined ? {} : { [SESSION_HEADER]: session }),
      },
      body: JSON.stringify(input),
    })
    return (await answer.json()) as { ok: boolean; data?: Record<string, unknown>; error?: { code: string } }
  }
  return { host, ask, lines, use: (token: unknown) => (session = String(token)) }
}

describe('a host that keeps its own settings', () => {
  it('goes from an empty disk to saved settings, through the printed code and a PIN, and finds them again', async () => {
    const first = await start()
    expect(await first.ask('panel.open', { roomId: null })).toMatchObject({
      ok: true,
      data: { published: null },
    })
    const code = /code: (\S+)/.exec(first.lines.join(''))?.[1] ?? ''
    expect(await first.ask('session.setPin', { pin: '135790', setupCode: 'WRON-GONE' })).toMatchObject({
      error: { code: 'wrongPin' },
    })
    const opened = await first.ask('session.setPin', { pin: '135790', setupCode: code })
    expect(opened.ok).toBe(true)
    expect(await first.ask('settings.get')).toMatchObject({ error: { code: 'forbidden' } })
    first.use(opened.data?.['token'])
    const saved = await first.ask('settings.save', {
      settings: working,
      secrets: { 'wecom.corpSecret': 'SENTINEL-SECRET' },
      isInsisting: true,
    })
    expect(saved).toMatchObject({ ok: true, data: { kind: 'saved' } })
    await first.host.stop()
    expect(first.lines.join('')).not.toMatch(/SENTINEL-SECRET|135790/)
    expect(await readFile(join(folder, 'state', 'settings.json'), 'utf8')).not.toContain('SENTINEL-SECRET')

    const second = await start()
    expect(second.lines.join('')).not.toContain('no PIN is set')
    expect(await second.ask('panel.open', { roomId: null })).toMatchObject({
      data: { config: { platform: 'wecom' }, published: { snapshot: { room: { id: 'xihu' } } } },
    })
    expect(await second.ask('session.unlock', { pin: '135791' })).toMatchObject({
      error: { code: 'wrongPin' },
    })
    second.use((await second.ask('session.unlock', { pin: '135790' })).data?.['token'])
    expect(await second.ask('settings.get')).toMatchObject({
      data: { isWritable: true, secrets: [{ name: 'wecom.corpSecret', hasValue: true }] },
    })
    await second.host.stop()
  })
})
