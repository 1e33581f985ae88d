import type { Page } from '@playwright/test'
import { MINUTE_MS } from '../../src/shared/domain/duration.ts'
import { BROKEN_BRIDGE, WEST_LAKE } from '../fixtures/panelSettings.ts'
import { screenText } from '../fixtures/texts.ts'
import { expect, test } from '../fixtures/test.ts'
import type { Door } from '../fixtures/test.ts'
import { DisplayPage } from '../pages/DisplayPage.ts'

const NEXT_READ_MS = 36_000

test.use({ panelSettings: { rooms: [WEST_LAKE, BROKEN_BRIDGE] } })

/** One more screen of the same host. */
async function openScreen({ screen, display }: Door, path: string): Promise<DisplayPage> {
  const page: Page = await screen.page.context().newPage()
  await page.goto(new URL(path, display.host?.url).href)
  return new DisplayPage(() => page)
}

test('every room has its own address, and the default one needs none', async ({ door }) => {
  const bridge = await openScreen(door, '/rooms/broken-bridge')
  await expect(door.screen.panel).toHaveAttribute('data-room', WEST_LAKE.id)
  await expect(bridge.panel).toHaveAttribute('data-room', BROKEN_BRIDGE.id)
  await expect(bridge.part('room-name')).toHaveText('断桥')

  await door.simulator.addBooking({ room: BROKEN_BRIDGE.officeRoomId, startInMinutes: -1 })
  const isBusy = async (): Promise<boolean> => (await bridge.status()) === 'busy'
  await door.passUntil('the other room is busy', isBusy, NEXT_READ_MS)
  await door.screen.expectStatus('free')
})

test('two screens of one room say the same and cost no more calls', async ({ door }) => {
  await door.screen.expectStatus('free')
  const callsOfOneRead = async (): Promise<number> => {
    const before = (await door.simulator.state()).callsTotal
    const hasRead = async (): Promise<boolean> => (await door.simulator.state()).callsTotal > before
    await door.passUntil('a read is made', hasRead, NEXT_READ_MS)
    return (await door.simulator.state()).callsTotal - before
  }
  const alone = await callsOfOneRead()
  const twin = await openScreen(door, '/')
  await twin.expectStatus('free')
  expect(await callsOfOneRead()).toBe(alone)

  await door.simulator.addBooking({ room: WEST_LAKE.officeRoomId, startInMinutes: -1 })
  await door.passUntilStatus('busy', NEXT_READ_MS)
  await twin.expectStatus('busy')
})

test.describe('a wrong address', () => {
  test.use({ expectedConsole: /404/ })

  test('says that there is no such room and is never free', async ({ door }) => {
    const nowhere = await openScreen(door, '/rooms/no-such-room')
    await nowhere.expectStatus('unknown')
    await expect(nowhere.part('status-lead')).toHaveText(screenText('zh-CN', 'cause.noRoom'))
  })
})

test.describe('the host goes away', () => {
  test.use({ expectedConsole: /ERR_|Failed to load resource/ })

  test('a screen without its host ends in unknown by its own clock, and recovers by itself', async ({
    door,
  }) => {
    const { screen, display } = door
    await screen.expectStatus('free')
    await display.host?.stop()
    await expect.poll(() => screen.status()).toBe('free')
    await door.passUntilStatus('unknown', 17 * MINUTE_MS)
    await expect(screen.part('status-lead')).toHaveText(screenText('zh-CN', 'cause.core'))
    const shown = (await screen.history()).map(({ status }) => status)
    expect(shown.slice(shown.indexOf('free'))).toEqual(['free', 'unknown'])

    await display.host?.start()
    await door.passUntilStatus('free', 2 * MINUTE_MS)
    await screen.expectStale(false)
  })
})
