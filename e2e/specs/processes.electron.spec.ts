import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { exitCodes } from '../../src/core/Core.ts'
import { MINUTE_MS, SECOND_MS } from '../../src/shared/domain/duration.ts'
import { askPage, doorStatus } from '../electron/ElectronRun.ts'
import type { AppProcess, ElectronRun } from '../electron/ElectronRun.ts'
import { runOf } from '../electron/runOf.ts'
import { expect, test } from '../fixtures/test.ts'
import type { Door } from '../fixtures/test.ts'

// Processes that die or stop under a running panel: docs/kiosk.md, "Healing".

async function processOf(run: ElectronRun, isIt: (one: AppProcess) => boolean): Promise<number> {
  let found: AppProcess | undefined
  await expect.poll(async () => (found = (await run.processes()).find(isIt)) !== undefined).toBe(true)
  return found?.pid ?? 0
}

const isPage = ({ type }: AppProcess): boolean => type === 'Tab'
const isGpu = ({ type }: AppProcess): boolean => type === 'GPU'
const isNetwork = ({ service }: AppProcess): boolean => service.includes('NetworkService')

/** A meeting begins, so that an old status could be told from the present one. */
async function beginMeeting({ simulator }: Door): Promise<void> {
  await simulator.addBooking({ room: 12, startInMinutes: -1 })
}

/** The door says it, at the latest after so much of the panel's own time. */
async function expectWithin(door: Door, status: string, atMostMs: number): Promise<void> {
  const isSaid = async (): Promise<boolean> => (await doorStatus(runOf(door))) === status
  await door.passBehindPage(`the door says ${status}`, isSaid, atMostMs)
}

/** Another page process is there; asked before the page itself, which may never answer. */
async function expectAnother(door: Door, dead: number, atMostMs: number): Promise<void> {
  const isThere = async (): Promise<boolean> =>
    (await runOf(door).processes()).some((one) => isPage(one) && one.pid !== dead)
  await door.passBehindPage('another page process is there', isThere, atMostMs)
}

/** A page that has answered before is believed to hang sooner than one that may still be starting. */
async function awaitAnswer(door: Door): Promise<void> {
  await door.screen.expectStatus('free')
  const hasAnswered = (): Promise<boolean> =>
    Promise.resolve(existsSync(join(runOf(door).userData, 'run', 'heartbeat')))
  await door.passUntil('the page has answered', hasAnswered, 20 * SECOND_MS)
}

test('a page that is killed is back with the present plan', async ({ door }) => {
  await door.screen.expectStatus('free')
  const run = runOf(door)
  const dead = await processOf(run, isPage)
  await beginMeeting(door)
  process.kill(dead, 'SIGKILL')
  await expectWithin(door, 'busy', 40 * SECOND_MS)
  expect(await processOf(run, isPage)).not.toBe(dead)
})

test('a page that is killed again and again gets a new window, and in the end a new process', async ({
  door,
}) => {
  await door.screen.expectStatus('free')
  const run = runOf(door)
  const seen = new Set<number>()
  const killNext = async (): Promise<boolean> => {
    const pages = await run.processes().then(
      (all) => all.filter(isPage),
      () => [],
    )
    for (const { pid } of pages.filter((page) => !seen.has(page.pid))) {
      seen.add(pid)
      process.kill(pid, 'SIGKILL')
    }
    return !run.isRunning()
  }
  await door.passBehindPage('a new process is asked for', killNext, 2 * MINUTE_MS)
  expect(await run.ended).toBe(exitCodes.restartMe)
  const repairs = (await door.display.log()).match(/the page is repaired.*/g) ?? []
  expect(repairs.map((line) => /"by":"(\w+)"/.exec(line)?.[1])).toEqual([
    ...['reload', 'reload', 'reload'],
    ...['recreate', 'recreate'],
  ])
})

test('a page that is stopped, and cannot even be ended, gives way to a new window', async ({ door }) => {
  await awaitAnswer(door)
  const run = runOf(door)
  const stopped = await processOf(run, isPage)
  await beginMeeting(door)
  process.kill(stopped, 'SIGSTOP')
  try {
    await expectAnother(door, stopped, 4 * MINUTE_MS)
    await expectWithin(door, 'busy', 30 * SECOND_MS)
  } finally {
    process.kill(stopped, 'SIGKILL')
  }
})

test('a page whose script never ends is ended, and is back', async ({ door }) => {
  await awaitAnswer(door)
  const run = runOf(door)
  const hung = await processOf(run, isPage)
  await beginMeeting(door)
  void askPage(run, 'for (;;) {}')
  await expectAnother(door, hung, 45 * SECOND_MS)
  await expectWithin(door, 'busy', 30 * SECOND_MS)
})

test.describe('a page that may fill little memory', () => {
  test.use({ appArgs: ['--js-flags=--max-old-space-size=128'] })

  test('runs out of it and is back', async ({ door }) => {
    await door.screen.expectStatus('free')
    const run = runOf(door)
    const full = await processOf(run, isPage)
    await beginMeeting(door)
    // Grows until V8 gives up; one block at a time, so that the machine does not feel it.
    void askPage(run, 'const kept = []; for (;;) kept.push(new Array(4_000_000).fill(kept.length + 0.5))')
    await expect
      .poll(async () => (await run.processes()).some(({ pid }) => pid === full), { timeout: 40_000 })
      .toBe(false)
    await expectWithin(door, 'busy', 40 * SECOND_MS)
    expect(await door.display.log()).toContain('render process gone')
  })
})

test('a GPU process that is killed is replaced, and the picture stays', async ({ door }) => {
  await door.screen.expectStatus('free')
  const run = runOf(door)
  const dead = await processOf(run, isGpu)
  process.kill(dead, 'SIGKILL')
  expect(await processOf(run, (one) => isGpu(one) && one.pid !== dead)).toBeGreaterThan(0)
  await beginMeeting(door)
  await expectWithin(door, 'busy', 40 * SECOND_MS)
  // A picture is drawn again: a page without one would wait for it until the test ends.
  expect(await askPage(run, 'new Promise((seen) => requestAnimationFrame(() => seen("drawn")))')).toBe(
    'drawn',
  )
})

test.describe('a network process that is killed', () => {
  test.use({ appEnvironment: { DOORPLATE_SUPERVISED: '1' } })

  test('is replaced, or the whole app asks for a fresh start', async ({ door }) => {
    await door.screen.expectStatus('free')
    const run = runOf(door)
    process.kill(await processOf(run, isNetwork), 'SIGKILL')
    await beginMeeting(door)
    const isHealed = async (): Promise<boolean> => !run.isRunning() || (await doorStatus(run)) === 'busy'
    await door.passBehindPage('the room is read again, or a fresh process asked for', isHealed, 5 * MINUTE_MS)
    if (!run.isRunning()) expect(await run.ended).toBe(exitCodes.restartMe)
    else expect(await processOf(run, isNetwork)).toBeGreaterThan(0)
  })
})
