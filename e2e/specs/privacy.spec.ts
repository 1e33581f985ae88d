import { WEST_LAKE_HARDWARE } from '../fixtures/panelSettings.ts'
import { expect, test } from '../fixtures/test.ts'
import type { Door } from '../fixtures/test.ts'

const TITLE = '秘密收购计划SENTINEL'
const BOOKER = '陈璐'
const { officeRoomId: room, meetingRoomId } = WEST_LAKE_HARDWARE
const panel = (privacy: string) => ({ rooms: [WEST_LAKE_HARDWARE], display: { privacy } })

async function bookAndWait({ screen, simulator, display, ...door }: Door): Promise<void> {
  await screen.expectStatus('free')
  const span = { startMs: door.now() - 60_000, durationMinutes: 60 }
  await simulator.addBooking({ room, booker: 'chenlu', subject: TITLE, ...span })
  await simulator.addMeeting({ meetingRoomId, admin: 'chenlu', subject: TITLE, ...span })
  await door.passUntilStatus('busy', 36_000)
  await display.restart()
  await screen.expectStatus('busy')
}

/** Everything the page ever got: what was sent to it, and what stands in it. */
const everythingShown = async ({ display, screen }: Door): Promise<string> =>
  `${display.received()}\n${await screen.page.content()}`

test.describe('full titles', () => {
  test.use({ panelSettings: panel('full') })

  test('the title and who booked are shown', async ({ door }) => {
    await bookAndWait(door)
    expect((await everythingShown(door)).includes(TITLE)).toBe(true)
    await expect(door.screen.part('meeting-title')).toHaveText(TITLE)
  })
})

test.describe('organiser only', () => {
  test.use({ panelSettings: panel('organizer') })

  test('the title never reaches the page', async ({ door }) => {
    await bookAndWait(door)
    const shown = await everythingShown(door)
    expect(shown.includes(TITLE)).toBe(false)
    await expect(door.screen.panel).toContainText(BOOKER)
  })
})

test.describe('busy only', () => {
  test.use({ panelSettings: panel('busy') })

  test('neither title nor person reaches the page, the log or the disk', async ({ door }) => {
    await bookAndWait(door)
    for (const text of [await everythingShown(door), await door.display.written()]) {
      expect(text.includes(TITLE)).toBe(false)
      expect(text.includes(BOOKER)).toBe(false)
    }
  })
})
