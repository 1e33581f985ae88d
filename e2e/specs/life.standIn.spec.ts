import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { exitCodes } from '../../src/core/Core.ts'
import { MINUTE_MS } from '../../src/shared/domain/duration.ts'
import { SIMULATED_SECRETS, wecomSettings } from '../fixtures/panelSettings.ts'
import { launchPanel } from '../fixtures/standInDisplay.ts'
import { expect, test } from '../fixtures/test.ts'
import type { Door } from '../fixtures/test.ts'
import { isViolation } from '../standIn/launchStandIn.ts'
import type { StandInRun } from '../standIn/launchStandIn.ts'

const viewport = { width: 1280, height: 800 }
const SECRET = SIMULATED_SECRETS['wecom.corpSecret']

function runOf({ display }: Door): StandInRun {
  if (!display.standIn) throw new Error('this spec needs the stand-in')
  return display.standIn
}

test('a second start leaves with its code and does not disturb the first', async ({
  door,
  context,
}, info) => {
  await door.screen.expectStatus('free')
  const run = runOf(door)
  const userData = String(run.calls('app.setPath').find(([name]) => name === 'userData')?.[1])
  const second = await launchPanel({ context, userData, homeDirectory: info.outputDir, viewport })
  expect(await second.ended).toBe(exitCodes.alreadyRunning)
  expect(second.calls('BrowserWindow.new')).toEqual([])
  await door.screen.expectStatus('free')
})

test('a wrong argument is a broken configuration, said in words', async ({ context }, info) => {
  const run = await launchPanel({
    context,
    userData: info.outputPath('data'),
    homeDirectory: info.outputDir,
    viewport,
    args: ['--display=first'],
  })
  expect(await run.ended).toBe(exitCodes.configurationBroken)
  expect(run.output()).toContain('--display')
})

test('asked by the system to go, the panel stays down, by exit and not by relaunch', async ({ door }) => {
  await door.screen.expectStatus('free')
  const run = runOf(door)
  await run.stop()
  expect(await run.ended).toBe(exitCodes.stayDown)
  expect(run.calls('app.exit')).toEqual([[exitCodes.stayDown]])
  expect(run.calls('forbidden app.relaunch')).toEqual([])
})

test('a page that dies is back with the plan, and no box is opened', async ({ door }) => {
  await door.screen.expectStatus('free')
  await door.simulator.addBooking({ room: 12, startInMinutes: -1 })
  await door.passUntilStatus('busy', 36_000)
  const run = runOf(door)
  const dead = run.page()
  await run.app.call('emit', 'app', 'child-process-gone', { type: 'GPU', reason: 'crashed', exitCode: 1 })
  const [windowId = 0] = run.pages.open.keys()
  await run.pages.crash(windowId)
  const isBack = async (): Promise<boolean> =>
    run.page() !== dead && (await door.screen.status().catch(() => null)) === 'busy'
  await door.passUntil('the plan is back on screen', isBack, 2 * MINUTE_MS)
  expect(run.isRunning()).toBe(true)
  expect(run.record.filter(({ api }) => api.startsWith('forbidden'))).toEqual([])
})

test('full screen that a window manager took away without a word is taken back', async ({ door }) => {
  await door.screen.expectStatus('free')
  const run = runOf(door)
  const [windowId = 0] = run.pages.open.keys()
  await run.app.call('ask', 'takeFullScreen', windowId)
  await expect.poll(() => run.page().viewportSize()).toEqual({ width: 400, height: 300 })
  const isBack = (): Promise<boolean> => Promise.resolve(run.page().viewportSize()?.width === viewport.width)
  await door.passUntil('the panel fills the screen', isBack, 5_000)
})

test('a page process that ended without an error is back at once', async ({ door }) => {
  await door.screen.expectStatus('free')
  const run = runOf(door)
  const loads = run.calls('webContents.loadURL').length
  const [windowId = 0] = run.pages.open.keys()
  await run.app.call('rendererGone', windowId, 'clean-exit')
  const isLoaded = (): Promise<boolean> => Promise.resolve(run.calls('webContents.loadURL').length > loads)
  await door.passUntil('the page is loaded again', isLoaded, 2_000)
  await door.screen.expectStatus('free')
})

test('after sleep the room is read anew before it is believed', async ({ door }) => {
  await door.screen.expectStatus('free')
  const before = (await door.simulator.state()).callsTotal
  await runOf(door).app.call('emit', 'powerMonitor', 'suspend')
  await runOf(door).app.call('emit', 'powerMonitor', 'resume')
  const hasRead = async (): Promise<boolean> => (await door.simulator.state()).callsTotal > before
  await door.passUntil('the room is read', hasRead, 15_000)
})

test.describe('a key store that only obfuscates', () => {
  test.use({ sealing: 'obfuscated' })

  test('works', async ({ door }) => {
    await door.screen.expectStatus('free')
  })
})

for (const sealing of ['unavailable', 'hanging', 'changedKey'] as const) {
  test.describe(`a key store that is ${sealing}`, () => {
    test.use({ sealing })

    test('leaves the door unfree and the sealed secret as it was', async ({ door }) => {
      const { screen, display } = door
      await door.passUntilStatus('unknown', 2 * MINUTE_MS)
      for (let minute = 0; minute < 5; minute += 1) await door.advance(MINUTE_MS)
      const shown = (await screen.history()).map(({ status }) => status)
      expect(shown).not.toContain('free')
      expect(shown).not.toContain('unconfigured')
      expect(await display.written()).toContain('"wecom.corpSecret":{"method":"v11"')
    })
  })
}

for (const place of ['named', 'in the folder'] as const)
  test(`a provisioning file (${place}) sets the panel up and is left without its secrets`, async ({
    context,
    line,
    clock,
  }, info) => {
    const userData = info.outputPath('data')
    await mkdir(userData, { recursive: true })
    const isNamed = place === 'named'
    const file = isNamed ? info.outputPath('provision.json') : join(userData, 'provisioning.json')
    const settings = wecomSettings(line.url, {})
    await writeFile(file, JSON.stringify({ settings, secrets: SIMULATED_SECRETS }))
    const run = await launchPanel({
      context,
      userData,
      homeDirectory: info.outputDir,
      viewport,
      args: isNamed ? [`--provision=${file}`] : [],
      aheadMs: clock.now() - Date.now(),
    })
    const page = (): Page | null => [...run.pages.open.values()][0] ?? null
    const status = async (): Promise<unknown> =>
      page()?.locator('[data-status]').getAttribute('data-status', { timeout: 500 })
    await expect.poll(() => status().catch(() => null)).toBe('free')
    const left = await readFile(file, 'utf8')
    expect(left).toContain('west-lake')
    expect(left).not.toContain(SECRET)
    await run.stop()
    expect(run.record.filter(isViolation)).toEqual([])
  })

test('the secret is nowhere but sealed: not in a log, a message, an address or the record', async ({
  door,
}) => {
  const { simulator, display, screen, line } = door
  await screen.expectStatus('free')
  await simulator.rotateTokens()
  await simulator.addFault({ kind: 'errcode', errcode: 40001, route: 'gettoken', times: 2 })
  for (let minute = 0; minute < 15; minute += 1) await door.advance(MINUTE_MS)
  await line.cut()
  await door.advance(MINUTE_MS)
  await line.restore()
  await display.restart()
  const everything = [await display.written(), display.received(), JSON.stringify(runOf(door).record)]
  expect(everything.map((text) => text.includes(SECRET))).toEqual([false, false, false])
})
