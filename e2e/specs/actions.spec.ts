import { MINUTE_MS } from '../../src/shared/domain/duration.ts'
import { platforms } from '../../src/shared/domain/platform.ts'
import type { Platform } from '../../src/shared/domain/platform.ts'
import { WEST_LAKE } from '../fixtures/panelSettings.ts'
import { expect, test } from '../fixtures/test.ts'
import type { Door } from '../fixtures/test.ts'
import { expectTold, forbid, loseAnswer, press, pressTwice, refusal } from '../pages/doorPresses.ts'

/** The interval of these panels, with its jitter and the way to the screen. */
const NEXT_READ_MS = 80_000
const room = WEST_LAKE.officeRoomId

/** What half an hour from 10:07:30 is on each platform: WeCom books on half hours. */
const booked: Readonly<Record<Platform, readonly [string, string]>> = {
  wecom: ['10:00', '11:00'],
  dingtalk: ['10:07', '10:37'],
  feishu: ['10:07', '10:37'],
}
const timeOf = (atMs: number): string => new Date(atMs + 8 * 60 * MINUTE_MS).toISOString().slice(11, 16)

/** Bookings that still take the room from this minute on, as the simulated calendar has them. */
async function standing(door: Door): Promise<readonly (readonly [string, string])[]> {
  const taken = await door.simulator.takenIn(room)
  return taken
    .filter(({ endMs }) => endMs > door.now() + MINUTE_MS)
    .map(({ startMs, endMs }) => [timeOf(startMs), timeOf(endMs)])
}

async function clearRoom(door: Door): Promise<void> {
  const taken = await door.simulator.takenIn(room)
  for (const { id } of taken) await door.simulator.cancelBooking(id)
  await door.passUntilStatus('free', 2 * NEXT_READ_MS)
}

/** WeCom shows the half hours it books before the press is final. */
const asking = (platform: Platform) => (platform === 'wecom' ? 'asksAgain' : 'once')

for (const platform of platforms) {
  test.describe(platform, () => {
    test.use({
      platform,
      panelSettings: {
        canBook: true,
        checkIn: { mode: 'local' },
        // Far apart: what happened "a moment ago" must not be read before the press, however slow the machine.
        polling: { intervalSeconds: 60 },
      },
    })

    test('people book, extend, end and check in, and the calendar says what the door says', async ({
      door,
    }) => {
      const { screen, simulator } = door
      const [from, until] = booked[platform]
      const later = timeOf(Date.parse(`1970-01-01T${until}:00Z`) - 8 * 60 * MINUTE_MS + 30 * MINUTE_MS)

      await screen.expectStatus('free')
      await expect(screen.part('actions')).toHaveAttribute('data-offer', 'book')
      await press(door, 'book-30', asking(platform))
      await expectTold(door, 'done', until)
      await screen.expectStatus('busy')
      expect(await standing(door)).toEqual([[from, until]])
      await expect(screen.part('meeting-title')).toHaveText('现场预订')

      await press(door, 'extend-30', 'once')
      await expectTold(door, 'done', later)
      expect((await standing(door)).at(-1)?.[1]).toBe(later)

      await press(door, 'end-now', 'asksAgain')
      await expectTold(door, 'done')
      await door.passUntilStatus('free', 2 * MINUTE_MS)
      expect(await standing(door)).toEqual([])

      await simulator.addBooking({ room, startInMinutes: 5, durationMinutes: 30 })
      await door.passUntilStatus('checkIn', NEXT_READ_MS)
      await press(door, 'check-in', 'once')
      await expectTold(door, 'done')
      await screen.expectStatus('soon')
      await door.passUntilStatus('busy', 6 * MINUTE_MS)
      expect(await standing(door)).toHaveLength(1)
    })

    test('a press that comes to nothing says why, and none books twice', async ({ door }) => {
      const { screen, simulator, line } = door
      await screen.expectStatus('free')

      await test.step('somebody else was faster', async () => {
        await door.advance(6_000)
        const { id } = await simulator.addBooking({ room, durationMinutes: 30 })
        await press(door, 'book-30', asking(platform))
        await expectTold(door, 'refused', refusal('taken'))
        await screen.expectStatus('checkIn')
        expect((await simulator.takenIn(room)).map((one) => one.id)).toEqual([id])
        await clearRoom(door)
      })
      await test.step('the app may not book', async () => {
        const allow = await forbid(door, platform, 'book')
        await press(door, 'book-30', asking(platform))
        await expectTold(door, 'refused', refusal('permission'))
        await allow()
      })
      await test.step('the line is cut', async () => {
        await door.advance(6_000)
        await line.cut()
        await press(door, 'book-30', asking(platform))
        await expectTold(door, 'refused', refusal('offline'))
        await line.restore()
        expect(await standing(door)).toEqual([])
      })
      await test.step('pressed twice, and the answer is lost', async () => {
        await loseAnswer(door, platform, 'book')
        if (platform === 'wecom') await screen.part('book-30').click()
        await pressTwice(door, platform === 'wecom' ? 'confirm' : 'book-30')
        await expectTold(door, 'done')
        await screen.expectStatus('busy')
        expect(await standing(door)).toHaveLength(1)
        expect((await simulator.state()).faults, 'an answer was lost').toEqual([])
      })
      await test.step('the room wants an approval from now on', async () => {
        await clearRoom(door)
        await simulator.changeRoom(room, { needsApproval: true })
        await press(door, 'book-30', asking(platform))
        await expectTold(door, 'refused', refusal('approval'))
        expect(await standing(door)).toEqual([])
      })
    })
  })
}
