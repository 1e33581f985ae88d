import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { createServer as createTcpServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFakeClock } from '../core/testing/fakeClock.ts'
import type { FakeClock } from '../core/testing/fakeClock.ts'
import { runHost } from './runHost.ts'

const SECRET = 'sentinel-Secret-0123456789-AbCdEfGh'
const settings = {
  version: 1,
  account: { platform: 'wecom', baseUrl: 'http://127.0.0.1:9', corpId: 'ww1' },
  rooms: [
    { id: 'west-lake', name: '西湖', source: { officeRoomId: 1 } },
    { id: 'orchid', source: { officeRoomId: 2 } },
  ],
  defaultRoomId: 'orchid',
}

let directory: string
const at = (name: string): string => join(directory, name)
const put = (name: string, content: unknown, mode = 0o600) =>
  writeFile(at(name), typeof content === 'string' ? content : JSON.stringify(content), { mode })

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'doorplate-host-'))
  await mkdir(at('screen'))
  await put('screen/index.html', '<!doctype html>')
  await put('panel.json', settings)
  await put('secrets.json', { 'wecom.corpSecret': SECRET })
})
afterEach(() => rm(directory, { recursive: true, force: true }))

/** A vendor that refuses everything, and keeps what it was asked. */
function refusingVendor() {
  const asked: string[] = []
  const fetch = (url: string): Promise<Response> => {
    asked.push(url)
    return Promise.resolve(Response.json({ errcode: 40001, errmsg: `invalid credential ${SECRET}` }))
  }
  return { asked, fetch }
}

interface Run {
  readonly ready: Promise<string>
  readonly stop: () => void
  readonly code: Promise<number>
  readonly out: () => string
  readonly err: () => string
  readonly asked: string[]
  readonly clock: FakeClock
}

/** The program in this process, with the usual files unless `args` says otherwise. */
function run(args: readonly string[], environment: Record<string, string> = {}): Run {
  const { asked, fetch } = refusingVendor()
  const clock = createFakeClock(Date.UTC(2026, 10, 23, 2))
  let [out, err] = ['', '']
  let stop: () => void = () => undefined
  let isReady: (url: string) => void
  const ready = new Promise<string>((resolve) => (isReady = resolve))
  const code = runHost({
    args,
    environment,
    defaults: { stateDirectory: at('state'), screenDirectory: at('screen') },
    version: '1.2.3',
    writeOut: (text) => {
      out += text
      if (text.startsWith('{')) isReady((JSON.parse(text) as { url: string }).url)
    },
    writeError: (text) => (err += text),
    stopAsked: new Promise((resolve) => (stop = resolve)),
    world: { clock, random: () => 0.5, fetch },
  })
  return { ready, code, asked, clock, stop: () => stop(), out: () => out, err: () => err }
}

/** Lets the panel come to its first call. */
const untilAsked = ({ asked, clock }: Run) =>
  expect
    .poll(async () => {
      await clock.advance(1000)
      return asked.length
    })
    .toBeGreaterThan(0)

const usual = () => ['--config', at('panel.json'), '--secrets', at('secrets.json'), '--port', '0']

async function post(url: string, route: string, input: unknown): Promise<unknown> {
  const response = await fetch(`${url}api/${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
  return response.json()
}

describe('the host', () => {
  it('serves the configured rooms, says so in one line, and stops when asked', async () => {
    const host = run(usual())
    const url = await host.ready
    expect(host.out()).toBe(`{"event":"ready","url":"${url}"}\n`)
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
    expect(await (await fetch(url)).text()).toBe('<!doctype html>')
    expect(await post(url, 'panel.open', { roomId: null })).toMatchObject({
      ok: true,
      data: {
        config: { version: '1.2.3', rooms: [{ id: 'west-lake', name: '西湖' }, { id: 'orchid' }] },
        published: { snapshot: { room: { id: 'orchid' } } },
      },
    })
    expect(await post(url, 'panel.open', { roomId: 'nowhere' })).toMatchObject({
      ok: false,
      error: { code: 'notFound' },
    })
    expect(await post(url, 'diagnostics.get', {})).toEqual({ ok: false, error: { code: 'forbidden' } })
    host.stop()
    await expect(host.code).resolves.toBe(0)
    await expect(fetch(url)).rejects.toThrow()
  })

  it('tells nobody the secret: not the log, not the browser, not the disk', async () => {
    const host = run([...usual(), '--log-level', 'debug'])
    const url = await host.ready
    await untilAsked(host)
    const answers = [
      await post(url, 'panel.open', { roomId: null }),
      await post(url, 'room.refresh', { roomId: null }),
      await post(url, 'session.getState', {}),
    ]
    host.stop()
    await host.code
    expect(host.asked.join()).toContain(SECRET)
    expect(host.err()).not.toBe('')
    expect(host.err() + host.out() + JSON.stringify(answers)).not.toContain(SECRET)
  })

  it('keeps its state to itself', async () => {
    const host = run(usual())
    await host.ready
    host.stop()
    await host.code
    expect((await stat(at('state'))).mode & 0o777).toBe(0o700)
    for (const name of await readdir(at('state'))) {
      expect((await stat(at(`state/${name}`))).mode & 0o777).toBe(0o600)
    }
  })

  it('takes the secret from the environment alone', async () => {
    const host = run(['--config', at('panel.json'), '--port', '0'], {
      DOORPLATE_SECRET_WECOM_CORPSECRET: SECRET,
    })
    await host.ready
    await untilAsked(host)
    expect(host.asked.join()).toContain(SECRET)
    host.stop()
    await host.code
    expect(host.err()).not.toContain(SECRET)
  })
})

describe('a broken configuration', () => {
  const ends = async (args: readonly string[]) => {
    const host = run(args)
    const code = await host.code
    expect(host.out()).toBe('')
    return { code, lines: host.err().trimEnd().split('\n'), asked: host.asked }
  }

  it('is told field by field with the remedy, and ends in 11', async () => {
    const [room] = settings.rooms
    await put('panel.json', {
      ...settings,
      timeZone: 'Asia/Hangzhou',
      account: { ...settings.account, corpSecret: SECRET },
      rooms: [room, { ...room, name: '' }],
      polling: { intervalSeconds: 1 },
    })
    const { code, lines } = await ends(usual())
    expect(code).toBe(11)
    const file = at('panel.json')
    const about = (path: string) => lines.filter((line) => line.startsWith(`doorplate: ${file}: ${path}: `))
    for (const path of ['timeZone', 'account.corpSecret', 'rooms.1.name', 'polling.intervalSeconds']) {
      expect(about(path), path).toHaveLength(1)
      expect(about(path)[0], path).toMatch(/\. Remedy: .+\.$/)
    }
    expect(about('account.corpSecret')[0]).toContain('--secrets')
    expect(lines.join()).not.toContain(SECRET)
  })

  it("is told of rooms that are not the account's", async () => {
    const rooms = settings.rooms.map((room) => ({ ...room, source: { roomId: 'omm_1' } }))
    await put('panel.json', { ...settings, rooms })
    const { code, lines } = await ends(usual())
    expect(code).toBe(11)
    for (const index of [0, 1])
      expect(lines.join('\n')).toContain(`${at('panel.json')}: rooms.${index}.source`)
  })

  it('names line and column where the file is not JSON', async () => {
    await put('panel.json', '{\n  "version": 1,\n}')
    const { code, lines } = await ends(usual())
    expect(code).toBe(11)
    expect(lines).toEqual([expect.stringContaining(`${at('panel.json')}:2:15: `)])
  })

  it('names the file and both remedies where a secret is missing', async () => {
    await put('secrets.json', {})
    const { code, lines, asked } = await ends(usual())
    expect(code).toBe(11)
    expect(lines).toEqual([expect.stringContaining('DOORPLATE_SECRET_WECOM_CORPSECRET')])
    expect(lines[0]).toContain(`"wecom.corpSecret": "..." into ${at('secrets.json')}`)
    expect(asked).toEqual([])
  })

  it('names the command that closes an open secret file', async () => {
    await chmod(at('secrets.json'), 0o644)
    const { code, lines } = await ends(usual())
    expect(code).toBe(11)
    expect(lines).toEqual([expect.stringContaining(`chmod 600 ${at('secrets.json')}`)])
  })

  // In a directory others may write, a planted link would let us overwrite any file of this user.
  it('is a state directory others may write, which is left as it is', async () => {
    await mkdir(at('shared'))
    await chmod(at('shared'), 0o1777)
    const { code, lines } = await ends([...usual(), '--state', at('shared')])
    expect(code).toBe(11)
    expect(lines).toEqual([expect.stringContaining(`chmod 700 ${at('shared')}`)])
    expect((await stat(at('shared'))).mode & 0o7777).toBe(0o1777)
  })

  it('is a state directory that cannot be one', async () => {
    const { code, lines } = await ends([...usual(), '--state', at('panel.json')])
    expect(code).toBe(11)
    expect(lines).toEqual([expect.stringContaining('--state DIR')])
  })
})

describe('a start that cannot be', () => {
  it('says that the port is taken, and spends no call', async () => {
    const other = createTcpServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const host = run(['--config', at('panel.json'), '--secrets', at('secrets.json'), '--port', String(port)])
    await expect(host.code).resolves.toBe(1)
    other.close()
    expect(host.err()).toContain(`port ${port} of 127.0.0.1 is taken`)
    expect(host.asked).toEqual([])
  })

  it('says how to build the screen', async () => {
    await rm(at('screen'), { recursive: true })
    const host = run(usual())
    await expect(host.code).resolves.toBe(1)
    expect(host.err()).toContain('npm run build')
  })

  it('says what is wrong with the command', async () => {
    const host = run(['--frobnicate'])
    await expect(host.code).resolves.toBe(2)
    expect(host.err()).toMatch(/^doorplate: .*'--frobnicate'.*--help.*\n$/)
  })

  it('prints help and version on request', async () => {
    const [help, version] = [run(['--help']), run(['--version'])]
    await expect(help.code).resolves.toBe(0)
    expect(help.out()).toContain('--allow-host NAME')
    await expect(version.code).resolves.toBe(0)
    expect(version.out()).toBe('1.2.3\n')
  })

  describe('asked to check a file', () => {
    const check = async (content: unknown, ...args: string[]) => {
      await put('checked.json', content)
      const asked = run(['--check-config', at('checked.json'), ...args])
      return { code: await asked.code, text: asked.out() }
    }

    it('says that it fits, with its secrets, and starts nothing', async () => {
      const { code, text } = await check(settings, '--secrets', at('secrets.json'), '--state', at('state'))
      expect(text).toContain('checked.json: this is a settings file: wecom, 2 rooms.\n')
      expect(text).not.toContain(SECRET)
      expect(code).toBe(0)
      await expect(stat(at('state'))).rejects.toThrow()
    })

    it('says what does not, and ends as a start with it would', async () => {
      const { code, text } = await check({ ...settings, rooms: [] })
      expect(text).toMatch(/checked\.json: rooms: at least one room is needed\. Remedy: list 1 to 200 rooms/)
      expect(code).toBe(11)
    })

    it('names the secret that a start would miss, where it was told where to look', async () => {
      await put('empty.json', {})
      expect(await check(settings)).toMatchObject({
        code: 0,
        text: expect.stringContaining('wecom.corpSecret') as string,
      })
      expect(await check(settings, '--secrets', at('empty.json'))).toMatchObject({
        code: 11,
        text: expect.stringContaining('the secret wecom.corpSecret is missing') as string,
      })
    })
  })

  describe('asked for the doctor', () => {
    it('tells what it found as JSON, without a secret, and changes nothing', async () => {
      const args = ['--doctor', '--json', '--language', 'en-US', '--state', at('state')]
      const asked = run([...usual(), ...args], { HTTPS_PROXY: `http://user:${SECRET}@proxy.example:3128` })
      const code = await asked.code
      const { checks } = JSON.parse(asked.out()) as {
        checks: { check: string; outcome: string; text: string }[]
      }
      const outcomes = Object.fromEntries(checks.map(({ check, outcome }) => [check, outcome]))
      // Nobody listens at the account's address, and Node passes the proxy by.
      expect(outcomes).toMatchObject({ settings: 'ok', secrets: 'ok', disk: 'ok', dns: 'ok', proxy: 'fail' })
      expect(Object.keys(outcomes)).not.toContain('keyring')
      expect(checks.find(({ check }) => check === 'proxy')?.text).toContain('proxy.example:3128')
      expect(asked.out()).not.toContain(SECRET)
      expect(code).toBe(1)
      await expect(stat(at('state'))).rejects.toThrow()
    })

    it('speaks the language of the settings, and names the secret that is missing', async () => {
      const asked = run(['--doctor', '--config', at('panel.json'), '--state', at('state')])
      expect(await asked.code).toBe(1)
      expect(asked.out()).toContain('[失败] 密钥：缺少密钥 wecom.corpSecret')
    })
  })
})
