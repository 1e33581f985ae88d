import { expect, test } from '../fixtures/test.ts'
import { WEST_LAKE } from '../fixtures/panelSettings.ts'

test('an empty room is free, and a meeting added elsewhere makes it busy without a reload', async ({
  door,
}) => {
  const { screen, simulator } = door
  await screen.expectStatus('free')
  await expect(screen.panel).toHaveAttribute('data-room', WEST_LAKE.id)
  await screen.page.evaluate(() => Object.assign(globalThis, { sameDocument: true }))

  await simulator.addBooking({ room: WEST_LAKE.officeRoomId, subject: '版本评审', startInMinutes: -1 })
  await door.advance(31_000)
  await screen.expectStatus('busy', 'checkIn')
  expect(await screen.page.evaluate(() => 'sameDocument' in globalThis)).toBe(true)

  const { bookings } = await simulator.state()
  await simulator.cancelBooking(bookings[0]!.id)
  await door.advance(31_000)
  await screen.expectStatus('free')
})
