import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { BrowserContext, TestInfo } from '@playwright/test'
import { launchPanel } from '../fixtures/standInDisplay.ts'
import { expect, test } from '../fixtures/test.ts'
import { isViolation } from '../standIn/launchStandIn.ts'

const settingsOf = (baseUrl: string) => ({
  version: 1,
  account: { platform: 'wecom', corpId: 'ww0123456789abcdef', baseUrl },
  rooms: [{ id: 'west-lake', source: { officeRoomId: 12 } }],
  display: { language: 'en-US' },
})

/** Runs the built app with a command in the folder of a panel, to its end. */
async function runCommand(
  context: BrowserContext,
  info: TestInfo,
  settings: object,
  args: readonly string[],
) {
  const userData = info.outputPath('userData')
  await mkdir(userData, { recursive: true })
  await writeFile(join(userData, 'settings.json'), JSON.stringify(settings))
  const run = await launchPanel({
    context,
    userData,
    homeDirectory: info.outputPath('home'),
    viewport: { width: 800, height: 600 },
    args,
  })
  const exitCode = await run.ended
  return { run, exitCode, left: await readdir(userData), violations: run.record.filter(isViolation) }
}

// Asked beside a panel that runs: whatever it took or wrote there would be the panel's.
test('the doctor looks at the machine and leaves the folder of the panel as it was', async ({
  context,
}, info) => {
  const platform = createServer((_request, response) => response.end('{}'))
  await new Promise<void>((resolve) => platform.listen(0, '127.0.0.1', resolve))
  const { port } = platform.address() as AddressInfo
  const settings = settingsOf(`http://127.0.0.1:${port}`)
  const { run, exitCode, left, violations } = await runCommand(context, info, settings, [
    '--doctor',
    '--json',
  ])
  platform.close()

  const [json = ''] = /^\{.*\}$/m.exec(run.output()) ?? []
  const { checks } = JSON.parse(json) as { checks: { check: string; outcome: string; text: string }[] }
  const outcomes = Object.fromEntries(checks.map(({ check, outcome }) => [check, outcome]))
  expect(outcomes).toMatchObject({ settings: 'ok', disk: 'ok' })
  expect(['ok', 'warn']).toContain(outcomes['clock'])
  expect(outcomes).toMatchObject({ dns: 'ok', proxy: 'ok', certificates: 'warn' })
  // With a screen of its own or without: the machine that tests decides.
  expect(['ok', 'unknown']).toContain(outcomes['keyring'])
  expect(Object.keys(outcomes)).toEqual(expect.arrayContaining(['instance', 'sandbox', 'gpu', 'fonts']))
  expect(exitCode).toBe(checks.some(({ outcome }) => outcome === 'fail') ? 1 : 0)

  expect(left).toEqual(['settings.json'])
  expect(run.calls('app.requestSingleInstanceLock')).toEqual([])
  expect(run.pages.open.size).toBe(0)
  expect(violations).toEqual([])
})

test('a file is checked before Chromium starts', async ({ context }, info) => {
  const wrong = { ...settingsOf('https://qyapi.weixin.qq.com'), rooms: [] }
  const args = ['--check-config', join(info.outputPath('userData'), 'settings.json')]
  const { run, exitCode, left, violations } = await runCommand(context, info, wrong, args)
  expect(run.output()).toContain('rooms: at least one room is needed. Remedy: list 1 to 200 rooms')
  expect(exitCode).toBe(11)
  expect(left).toEqual(['settings.json'])
  expect(run.calls('app.requestSingleInstanceLock')).toEqual([])
  expect(violations).toEqual([])
})
