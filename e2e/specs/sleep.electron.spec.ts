import { MINUTE_MS, SECOND_MS } from '../../src/shared/domain/duration.ts'
import { runOf } from '../electron/runOf.ts'
import { expect, test } from '../fixtures/test.ts'
import type { Door } from '../fixtures/test.ts'

// Time that went on without the panel: docs/kiosk.md, "Healing".

const callsOf = async ({ simulator }: Door): Promise<number> => (await simulator.state()).callsTotal

/** The room is read again, although the next reading was not due. */
async function expectReadAnew(door: Door, before: number, atMostMs: number): Promise<void> {
  const hasRead = async (): Promise<boolean> => (await callsOf(door)) > before
  await door.passUntil('the room is read again', hasRead, atMostMs)
}

test.use({ panelSettings: { polling: { intervalSeconds: 600 } } })

for (const sign of ['resume', 'unlock-screen'] as const)
  test(`${sign}: the room is read anew before it is believed`, async ({ door }) => {
    await door.screen.expectStatus('free')
    const before = await callsOf(door)
    await door.simulator.addBooking({ room: 12, startInMinutes: -1 })
    await runOf(door).app.evaluate(({ powerMonitor }, event) => {
      powerMonitor.emit('suspend')
      powerMonitor.emit(event)
    }, sign)
    await expectReadAnew(door, before, 15 * SECOND_MS)
    await door.screen.expectStatus('busy')
  })

test('every process stopped and let go, as a machine that slept without a word: the room is read anew', async ({
  door,
}) => {
  await door.screen.expectStatus('free')
  const run = runOf(door)
  const all = (await run.processes()).map(({ pid }) => pid)
  const before = await callsOf(door)
  for (const pid of all) process.kill(pid, 'SIGSTOP')
  await door.simulator.addBooking({ room: 12, startInMinutes: -1 })
  for (const pid of all) process.kill(pid, 'SIGCONT')
  // What a sleep does to the clocks: the time of day goes on, the timers find out late.
  await door.advance(10 * MINUTE_MS)
  await expectReadAnew(door, before, MINUTE_MS)
  await door.screen.expectStatus('busy')
  expect(run.isRunning()).toBe(true)
})

test('a clock that is set an hour ahead is noticed, and the room is read anew', async ({ door }) => {
  await door.screen.expectStatus('free')
  const before = await callsOf(door)
  await runOf(door).app.evaluate(() => {
    const realNow = Date.now.bind(Date)
    Date.now = () => realNow() + 3_600_000
  })
  await expectReadAnew(door, before, 30 * SECOND_MS)
  expect(await door.display.log()).toContain('awake')
})
