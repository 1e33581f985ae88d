import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../testing/fakeClock.ts'
import { reachCode } from './createNetworkProbe.ts'
import { englishTexts } from './doctorTexts.ts'
import { chineseTexts } from './doctorTextsZh.ts'
import { found } from './Finding.ts'
import { probeDisk } from './probeDisk.ts'
import { readAccount } from './readAccount.ts'
import { runDoctor } from './runDoctor.ts'
import type { DoctorDeps } from './runDoctor.ts'
import { tellFindings } from './tellFindings.ts'

const settings = {
  version: 1,
  account: { platform: 'wecom', corpId: 'ww0' },
  rooms: [{ id: 'west-lake', source: { officeRoomId: 1 } }],
}
const clock = createFakeClock(Date.UTC(2026, 10, 23, 2))
const deps: DoctorDeps = {
  clock,
  platform: 'linux',
  run: () => Promise.resolve({ kind: 'absent' }),
  network: {
    ignoredProxy: null,
    isPanelsTrust: true,
    lookUp: () => Promise.resolve(null),
    findProxy: () => Promise.resolve(null),
    reach: () => Promise.resolve({ kind: 'answered', dateMs: clock.now(), atMs: clock.now() }),
    findIssuer: () => Promise.resolve(null),
  },
  readAccount: () =>
    Promise.resolve(readAccount('/f/settings.json', '/f', { kind: 'text', text: JSON.stringify(settings) })),
  probeDisk: () => Promise.resolve({ folder: '/f', writeCode: '', freeMegabytes: 9000, freeFiles: null }),
  hostChecks: {},
}
const outcomes = (findings: Awaited<ReturnType<typeof runDoctor>>) =>
  Object.fromEntries(findings.map(({ check, outcome }) => [check, outcome]))

describe('runDoctor', () => {
  it('looks at what every host has, and at what this one brings', async () => {
    const findings = await runDoctor({ ...deps, hostChecks: { gpu: () => found('warn', 'gpuSoftware') } })
    expect(outcomes(findings)).toEqual({
      settings: 'ok',
      disk: 'ok',
      gpu: 'warn',
      clock: 'ok',
      dns: 'ok',
      proxy: 'ok',
      certificates: 'ok',
    })
  })

  it('asks nothing of the network before an account is set up', async () => {
    const network = { ...deps.network, reach: () => Promise.reject(new Error('asked')) }
    const none = () => Promise.resolve(readAccount('/f/settings.json', '/f', { kind: 'absent' }))
    expect(outcomes(await runDoctor({ ...deps, network, readAccount: none }))).toMatchObject({
      settings: 'warn',
      dns: 'unknown',
      proxy: 'unknown',
    })
  })

  // A keyring that waits for a password must not make the doctor wait with it.
  it('ends in time whatever hangs, and survives whatever fails', async () => {
    const run = runDoctor({
      ...deps,
      hostChecks: {
        keyring: () => new Promise(() => undefined),
        gpu: () => Promise.reject(Object.assign(new Error(), { code: 'EIO' })),
      },
    })
    for (let step = 0; step < 4; step += 1) await clock.advance(5000)
    const findings = await run
    expect(findings).toContainEqual({
      check: 'keyring',
      outcome: 'fail',
      text: 'overdue',
      facts: { seconds: 15 },
    })
    expect(findings).toContainEqual({
      check: 'gpu',
      outcome: 'unknown',
      text: 'failed',
      facts: { code: 'EIO' },
    })
  })
})

describe('readAccount', () => {
  it.each<[string, Parameters<typeof readAccount>[2], string, string]>([
    ['nothing', { kind: 'absent' }, 'warn', 'settingsNone'],
    ['a file of another user', { kind: 'unreadable', code: 'EACCES' }, 'fail', 'settingsForbidden'],
    ['no JSON', { kind: 'text', text: '{' }, 'fail', 'settingsUnreadable'],
    ['wrong fields', { kind: 'text', text: '{"version":1}' }, 'fail', 'settingsWrong'],
  ])('%s is told as such', (_name, read, outcome, text) => {
    expect(readAccount('/f/settings.json', '/f', read)).toMatchObject({
      settings: null,
      finding: { outcome, text },
    })
  })
})

describe('what is told', () => {
  const findings = [
    { check: 'disk', ...found('ok', 'diskFine', { folder: '/f', free: 9000 }) },
    { check: 'fonts', ...found('warn', 'fontsNoTool') },
  ] as const

  it('is a line for each in the language of the reader', () => {
    const told = tellFindings(findings, { language: 'zh-CN', isJson: false, version: '1.2.3' })
    expect(told.output).toBe(
      'Doorplate 1.2.3\n[正常] 磁盘：/f 可以写入，剩余 9000 MB\n[注意] 字体：缺少 fc-list，无法列出字体；请安装：sudo apt install fontconfig\n',
    )
    expect(told.exitCode).toBe(0)
    expect(tellFindings(findings, { language: 'en-US', isJson: false, version: '1' }).output).toContain(
      ' disk: /f can be written; 9000 MB are free\n',
    )
  })

  it('is one line of JSON for a program, and fails when something does', () => {
    const worse = [...findings, { check: 'gpu', ...found('fail', 'overdue', { seconds: 15 }) } as const]
    const told = tellFindings(worse, { language: 'en-US', isJson: true, version: '1' })
    expect(told.exitCode).toBe(1)
    expect(JSON.parse(told.output)).toMatchObject({
      version: '1',
      checks: [{ check: 'disk', outcome: 'ok' }, {}, {}],
    })
  })

  it.each(Object.entries(englishTexts))('%s names the same facts in both languages', (name, english) => {
    const chinese = Object.entries(chineseTexts).find(([key]) => key === name)?.[1] ?? ''
    const factsOf = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()
    expect(factsOf(chinese)).toEqual(factsOf(english))
    expect(chinese).toMatch(/\p{Script=Han}|^\{reason\}$/u)
  })
})

it.each<[unknown, string]>([
  [new Error('net::ERR_CERT_AUTHORITY_INVALID'), 'ERR_CERT_AUTHORITY_INVALID'],
  [new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ENOTFOUND' }) }), 'ENOTFOUND'],
  [new TypeError('other'), 'TypeError'],
])('a failure of the network is known by its code: %s', (error, code) => {
  expect(reachCode(error)).toBe(code)
})

it('looks at a disk without making the folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'doorplate-disk-'))
  expect(await probeDisk(join(folder, 'not/yet'))).toMatchObject({ writeCode: '' })
  await writeFile(join(folder, 'file'), '')
  expect(await probeDisk(join(folder, 'file'))).toMatchObject({ writeCode: 'ENOTDIR' })
  await rm(folder, { recursive: true })
})
