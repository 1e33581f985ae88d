import { WEST_LAKE } from '../fixtures/panelSettings.ts'
import { expect, test } from '../fixtures/test.ts'
import type { Door } from '../fixtures/test.ts'

/** The interval of the panel as shipped, with its jitter and the way to the screen. */
const NEXT_READ_MS = 36_000
const room = WEST_LAKE.officeRoomId

const statusesOf = async ({ screen }: Door): Promise<readonly string[]> =>
  (await screen.history()).map(({ status }) => status)

test('an empty room is free, and a meeting added elsewhere makes it busy without a reload', async ({
  door,
}) => {
  const { screen, simulator } = door
  await screen.expectStatus('free')
  await expect(screen.panel).toHaveAttribute('data-room', WEST_LAKE.id)
  await expect(screen.part('room-name')).toHaveText('西湖')
  await screen.page.evaluate(() => Object.assign(globalThis, { isSameDocument: true }))

  const { id } = await simulator.addBooking({ room, subject: '版本评审', startInMinutes: -1 })
  await door.passUntilStatus(['busy', 'checkIn'], NEXT_READ_MS)
  await expect(screen.part('meeting-time')).toBeVisible()

  await simulator.cancelBooking(id)
  await door.passUntilStatus('free', NEXT_READ_MS)
  expect(await screen.page.evaluate(() => 'isSameDocument' in globalThis)).toBe(true)
})

test('a meeting starts and ends on the second, with no call made', async ({ door }) => {
  const { screen, simulator } = door
  await screen.expectStatus('free')
  const lengthMs = 2000
  const startMs = door.now() + NEXT_READ_MS + 3000
  await simulator.addBooking({ room, startMs, endMs: startMs + lengthMs })
  await door.passUntilStatus('soon', NEXT_READ_MS)
  await door.advance(Math.max(0, startMs - door.now() - 3000))
  // Whatever was due is read by now; from here on only the clock may move the door.
  await expect.poll(() => door.now(), { intervals: [100] }).toBeGreaterThan(startMs - 2000)
  const { callsTotal } = await simulator.state()
  await screen.expectStatus('busy')
  await screen.expectStatus('free')
  expect((await simulator.state()).callsTotal).toBe(callsTotal)

  const realMs = (atMs: number): number => atMs - door.now() + Date.now()
  const [started, ended] = (await screen.history()).slice(-2)
  expect(started?.status).toBe('busy')
  expect(Math.abs((started?.atMs ?? 0) - realMs(startMs)), 'ms beside the start').toBeLessThan(1000)
  expect(Math.abs((ended?.atMs ?? 0) - realMs(startMs + lengthMs)), 'ms beside the end').toBeLessThan(1000)
})

test('back-to-back meetings never flash free', async ({ door }) => {
  const { screen, simulator } = door
  await screen.expectStatus('free')
  const changeMs = door.now() + 120_000
  await simulator.addBooking({ room, subject: '前一场', startMs: changeMs - 1_800_000, endMs: changeMs })
  await simulator.addBooking({ room, subject: '后一场', startMs: changeMs, endMs: changeMs + 1_800_000 })
  await door.passUntilStatus('busy', NEXT_READ_MS)
  const before = await screen.part('meeting-time').textContent()
  const isNext = async (): Promise<boolean> => (await screen.part('meeting-time').textContent()) !== before
  await door.passUntil('the next meeting is shown', isNext, 160_000)
  expect(await statusesOf(door)).toEqual(expect.arrayContaining(['free', 'busy']))
  expect((await statusesOf(door)).slice((await statusesOf(door)).indexOf('busy'))).toEqual(['busy'])
})

test('a booking that waits for approval says so', async ({ door }) => {
  await door.screen.expectStatus('free')
  await door.simulator.addBooking({ room, status: 'inApproval', startInMinutes: -1 })
  await door.passUntilStatus('pending', NEXT_READ_MS)
})

test('a state nobody knows counts as busy and is logged', async ({ door }) => {
  await door.screen.expectStatus('free')
  await door.simulator.addBooking({ room, status: 77, startInMinutes: -1 })
  await door.passUntilStatus('busy', NEXT_READ_MS)
  expect(await door.display.log()).toContain('77')
})
