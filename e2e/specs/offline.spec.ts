import { MINUTE_MS } from '../../src/shared/domain/duration.ts'
import { WEST_LAKE } from '../fixtures/panelSettings.ts'
import { screenText } from '../fixtures/texts.ts'
import { expect, test } from '../fixtures/test.ts'
import type { Door } from '../fixtures/test.ts'

const NEXT_READ_MS = 36_000
/** The panel as shipped believes an empty plan for so long. */
const LIMIT_MS = 15 * MINUTE_MS
/** Longest pause between two attempts after faults of the network. */
const LONGEST_PAUSE_MS = 6 * MINUTE_MS
const room = WEST_LAKE.officeRoomId

const statusesOf = async ({ screen }: Door): Promise<readonly string[]> =>
  (await screen.history()).map(({ status }) => status)

test('with the line cut the plan stays with its age, and free ends in unknown', async ({ door }) => {
  const { screen, simulator, line } = door
  const platform = screenText('zh-CN', 'platform.wecom')
  await screen.expectStatus('free')
  await simulator.addBooking({ room, startInMinutes: 180, durationMinutes: 30 })
  const hasPlan = async (): Promise<boolean> => (await screen.part('timeline-row').count()) === 1
  await door.passUntil('the meeting is on the timeline', hasPlan, NEXT_READ_MS)

  await line.cut()
  const cutAtMs = door.now()
  const isStale = async (): Promise<boolean> => (await screen.panel.getAttribute('data-stale')) === 'true'
  await door.passUntil('the age is shown', isStale, 5 * MINUTE_MS)
  expect(await screen.status(), 'within the limit').toBe('free')
  await expect(screen.part('data-age')).toBeVisible()

  await door.passUntilStatus('unknown', LIMIT_MS + MINUTE_MS)
  // The limit counts from the last reading, which may be an interval older than the cut.
  expect(door.now() - cutAtMs).toBeGreaterThan(LIMIT_MS - 2 * MINUTE_MS)
  await expect(screen.part('status-lead')).toHaveText(screenText('zh-CN', 'cause.network', { platform }))
  await expect(screen.part('timeline-row')).toHaveCount(1)
  await expect(screen.part('timeline-outdated')).toBeVisible()

  // Past the meeting of the plan and out again.
  for (let step = 0; step < 24; step += 1) await door.advance(10 * MINUTE_MS)
  const isOld = async (): Promise<boolean> =>
    (await screen.part('data-age').textContent())?.includes(
      screenText('zh-CN', 'duration.hours', { n: '4' }).trim(),
    ) === true
  await door.passUntil('the age is four hours', isOld, 30 * MINUTE_MS)
  const shown = await statusesOf(door)
  expect(shown.slice(shown.indexOf('unknown')), 'after the limit').not.toContain('free')

  await line.restore()
  await door.passUntilStatus('free', LONGEST_PAUSE_MS)
  await screen.expectStale(false)
})

test('a meeting of the last plan stays busy to its end, and is not followed by free', async ({ door }) => {
  const { screen, simulator, line } = door
  await screen.expectStatus('free')
  await simulator.addBooking({ room, startInMinutes: -10, durationMinutes: 70 })
  await door.passUntilStatus('busy', NEXT_READ_MS)

  await line.cut()
  await door.passUntilStatus('unknown', 70 * MINUTE_MS)
  await screen.expectStale(true)
  const shown = await screen.history()
  expect(shown.map(({ status }) => status)).toEqual(
    ['unknown', 'free', 'busy', 'unknown'].slice(-shown.length),
  )
})

test('after a restart the last plan is on screen before any answer', async ({ door }) => {
  const { screen, simulator, display } = door
  await screen.expectStatus('free')
  await simulator.addBooking({ room, startInMinutes: -10, durationMinutes: 60 })
  await door.passUntilStatus('busy', NEXT_READ_MS)
  const time = await screen.part('meeting-time').textContent()

  await simulator.addFault({ kind: 'delay', ms: 600_000 })
  await display.restart()
  await screen.expectStatus('busy')
  await expect(screen.part('meeting-time')).toHaveText(time ?? '')
  await screen.expectStale(true)
  await expect(screen.part('data-age')).toBeVisible()
  // The first thing this page ever said.
  expect(await statusesOf(door)).toEqual(['busy'])

  await simulator.clearFaults()
  const isFresh = async (): Promise<boolean> => (await screen.panel.getAttribute('data-stale')) === 'false'
  await door.passUntil('the plan is read anew', isFresh, 3 * MINUTE_MS)
})

test('a plan from before a long pause proves nothing', async ({ door }) => {
  const { screen, simulator, display, line } = door
  await screen.expectStatus('free')
  await line.cut()
  await simulator.addBooking({ room, startInMinutes: 30, durationMinutes: 60 })
  await door.advance(45 * MINUTE_MS)
  await display.restart()
  await screen.expectStatus('unknown')
  expect(await statusesOf(door)).toEqual(['unknown'])
})
