import { spawn } from 'node:child_process'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { exitCodes } from '../../src/core/Core.ts'
import { HOUR_MS, MINUTE_MS } from '../../src/shared/domain/duration.ts'
import type { ElectronRun } from '../electron/ElectronRun.ts'
import { runOf } from '../electron/runOf.ts'
import { askFrom, becomeAdmin } from '../fixtures/AdminClient.ts'
import { commandLine } from '../fixtures/electronDisplay.ts'
import { expect, test } from '../fixtures/test.ts'
import type { Door } from '../fixtures/test.ts'
import { SettingsPage } from '../pages/SettingsPage.ts'

// How the process ends, and what is left of what it was doing: docs/kiosk.md, "Exit codes".

const PIN = '314159'

interface Ended {
  readonly code: number | null
  readonly said: string
}

/** Starts the app once more beside the running one, without a debugger, and waits for its end. */
function startBeside(run: ElectronRun, args: readonly string[] = []): Promise<Ended> {
  const { command, args: own, ...options } = commandLine({ ...run, args })
  const child = spawn(command, own, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => said.push(text))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said: said.join('') })))
}

test('a second start leaves with 12, and the first keeps the door', async ({ door }) => {
  await door.screen.expectStatus('free')
  expect(await startBeside(runOf(door))).toMatchObject({ code: exitCodes.alreadyRunning })
  await door.screen.expectStatus('free')
})

test('a wrong argument ends with 11, said in words', async ({ door }) => {
  await door.screen.expectStatus('free')
  const ended = await startBeside(runOf(door), ['--display=first'])
  expect(ended).toMatchObject({ code: exitCodes.configurationBroken })
  expect(ended.said).toContain('--display')
})

test('the service that stops it gets 0', async ({ door }) => {
  await door.screen.expectStatus('free')
  const run = runOf(door)
  process.kill(run.pid, 'SIGTERM')
  expect(await run.ended).toBe(exitCodes.stayDown)
})

test('an admin leaves the kiosk with the PIN, and it stays down: 0', async ({ door }) => {
  await door.screen.expectStatus('free')
  await becomeAdmin(door.display, PIN)
  const run = runOf(door)
  const settings = new SettingsPage(() => door.screen.page)
  await settings.open()
  await settings.part('gate-enter').waitFor()
  await settings.enterDigits(PIN)
  await settings.openSection('kiosk')
  await settings.part('kiosk-exit').click()
  await settings.part('kiosk-exit-confirm').click()
  expect(await run.ended).toBe(exitCodes.stayDown)
})

test.describe('under a supervisor', () => {
  test.use({
    appEnvironment: { DOORPLATE_SUPERVISED: '1' },
    // So that the process is old enough in its first night.
    startAtMs: Date.parse('2026-11-16T06:00:00+08:00'),
  })

  test('at night a fresh process is asked for: 10', async ({ door }) => {
    await door.screen.expectStatus('free')
    const run = runOf(door)
    await door.advance(20.5 * HOUR_MS)
    expect(run.isRunning()).toBe(true)
    const isOver = (): Promise<boolean> => Promise.resolve(!run.isRunning())
    await door.passUntil('a fresh process is asked for', isOver, 2 * HOUR_MS)
    expect(await run.ended).toBe(exitCodes.restartMe)
    expect(await door.display.log()).toContain('nightly restart')
  })
})

test.describe('killed in the middle of saving', () => {
  test.use({ panelSettings: { checkIn: { mode: 'local' }, actions: { checkIn: 'anyone' } } })

  test('it starts again with whole settings, and remembers who checked in', async ({ door }) => {
    await door.screen.expectStatus('free')
    await door.simulator.addBooking({ room: 12, startInMinutes: -1 })
    await door.passUntilStatus('checkIn', MINUTE_MS)
    await door.screen.part('check-in').click()
    await door.screen.expectStatus('busy')
    const run = runOf(door)
    const saves = await saveUnceasingly(door)
    // At any moment of a save; the file system, not the moment, must make it whole.
    await expect.poll(() => readFile(saves.file, 'utf8')).toContain(saves.mark)
    process.kill(run.pid, 'SIGKILL')
    expect(await run.ended).toBeNull()
    await door.display.restart()
    await door.screen.expectStatus('busy')
    expect(JSON.parse(await readFile(saves.file, 'utf8'))).toMatchObject({ version: 1 })
    const left = await readdir(run.userData)
    expect(left.filter((name) => name.includes('damaged'))).toEqual([])
  })
})

/** Saves one settings document after the other, as fast as they are taken. */
async function saveUnceasingly({ display }: Door): Promise<{ readonly file: string; readonly mark: string }> {
  const token = await becomeAdmin(display, PIN)
  const ask = askFrom(() => display.page())
  const view = await ask('settings.get', {}, token)
  if (!view.ok) throw new Error('the settings cannot be read')
  const { settings } = view.data
  const saveOnce = (round: number): Promise<unknown> => {
    const rooms = settings?.rooms.map((room) => ({ ...room, name: `${MARK}${round}` }))
    return ask('settings.save', { settings: { ...settings, rooms }, secrets: {}, isInsisting: true }, token)
  }
  const saveOn = async (): Promise<void> => {
    for (let round = 0; round < 200; round += 1) await saveOnce(round)
  }
  // Ends with the process it speaks to.
  saveOn().catch(() => undefined)
  return { file: join(runOf({ display }).userData, 'settings.json'), mark: MARK }
}

/** Long enough that half of it would be seen. */
const MARK = 'x'.repeat(40)
