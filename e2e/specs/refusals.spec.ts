import { MINUTE_MS } from '../../src/shared/domain/duration.ts'
import { platforms } from '../../src/shared/domain/platform.ts'
import type { Platform } from '../../src/shared/domain/platform.ts'
import { becomeAdmin } from '../fixtures/AdminClient.ts'
import { WEST_LAKE } from '../fixtures/panelSettings.ts'
import { screenText } from '../fixtures/texts.ts'
import { expect, test } from '../fixtures/test.ts'
import type { Door } from '../fixtures/test.ts'
import { expectTold, forbid, loseAnswer, press, pressTwice, refusal } from '../pages/doorPresses.ts'

/** The interval of these panels, with its jitter and the way to the screen. */
const NEXT_READ_MS = 80_000
/** A plan this old is read again before anything is decided. */
const NOT_FRESH_MS = 6_000
const PIN = '314159'
const room = WEST_LAKE.officeRoomId
// Far apart: what happened "a moment ago" must not be read before the press, however slow the machine.
const settings = { canBook: true, checkIn: { mode: 'local' }, polling: { intervalSeconds: 60 } }

/** Until when the room is taken without gaps, epoch milliseconds; null when it is free. */
async function takenUntil(door: Door): Promise<number | null> {
  const nowMs = door.now()
  let untilMs = nowMs
  for (const { startMs, endMs } of await door.simulator.takenIn(room))
    if (startMs <= untilMs) untilMs = Math.max(untilMs, endMs)
  return untilMs > nowMs ? untilMs : null
}

/** A colleague's meeting under way, which the door shows. */
async function meetUntil(
  door: Door,
  platform: Platform,
): Promise<{ readonly id: string; readonly endMs: number }> {
  if (platform === 'wecom') await door.simulator.setQuirks({ mayCancelPeoplesBookings: true })
  // From 10:00 to 10:30, which every platform's grid knows, past its check-in.
  const startMs = Math.floor(door.now() / (30 * MINUTE_MS)) * 30 * MINUTE_MS
  const meeting = await door.simulator.addBooking({ room, startMs, durationMinutes: 30 })
  await door.advance(5 * MINUTE_MS)
  await door.passUntilStatus('busy', 2 * NEXT_READ_MS)
  return meeting
}

async function enterDigits({ screen }: Door, pin: string): Promise<void> {
  for (const digit of pin) await screen.part(`pin-key-${digit}`).click()
}

async function enterPin(door: Door, pin: string): Promise<void> {
  await enterDigits(door, pin)
  await door.screen.part('pin-key-finish').click()
}

for (const platform of platforms) {
  test.describe(platform, () => {
    test.use({ platform, panelSettings: settings })

    test('an extension that cannot be says why, and none is made twice', async ({ door }) => {
      const { screen, simulator, line } = door
      const { endMs } = await meetUntil(door, platform)
      const untilMs = await takenUntil(door)

      await test.step('somebody booked what follows a moment ago', async () => {
        await door.advance(NOT_FRESH_MS)
        const { id } = await simulator.addBooking({ room, startMs: endMs, durationMinutes: 30 })
        await press(door, 'extend-30', 'once')
        await expectTold(door, 'refused', refusal('taken'))
        await expect(screen.part('extend-30')).toHaveCount(0)
        await simulator.cancelBooking(id)
        await door.passUntil(
          'it is offered again',
          () => screen.part('extend-30').isVisible(),
          2 * NEXT_READ_MS,
        )
      })
      await test.step('the app may not', async () => {
        const allow = await forbid(door, platform, 'extend')
        await press(door, 'extend-30', 'once')
        await expectTold(door, 'refused', refusal('permission'))
        await allow()
      })
      await test.step('the line is cut', async () => {
        await door.advance(NOT_FRESH_MS)
        await line.cut()
        await press(door, 'extend-30', 'once')
        await expectTold(door, 'refused', refusal('offline'))
        await line.restore()
        expect(await takenUntil(door)).toBe(untilMs)
      })
      await test.step('pressed twice, and the answer is lost', async () => {
        await loseAnswer(door, platform, 'extend')
        await pressTwice(door, 'extend-30')
        await expectTold(door, 'done')
        expect((await simulator.state()).faults, 'an answer was lost').toEqual([])
        const taken = await simulator.takenIn(room)
        expect(Math.max(...taken.map((one) => one.endMs))).toBe(endMs + 30 * MINUTE_MS)
      })
    })

    test('an end that cannot be says why, and the calendar has the word', async ({ door }) => {
      const { screen, simulator, line } = door
      await meetUntil(door, platform)
      const untilMs = await takenUntil(door)

      await test.step(
        platform === 'wecom' ? 'the tenant keeps people’s bookings' : 'the app may not',
        async () => {
          if (platform === 'wecom') await simulator.setQuirks({ mayCancelPeoplesBookings: false })
          const allow = platform === 'wecom' ? null : await forbid(door, platform, 'end')
          await press(door, 'end-now', 'asksAgain')
          await expectTold(door, 'refused', refusal(platform === 'wecom' ? 'notOwn' : 'permission'))
          await allow?.()
        },
      )
      if (platform === 'wecom') {
        // What the tenant refused once is not offered for that person's bookings any more.
        await expect(screen.part('end-now')).toHaveCount(0)
        return
      }
      await test.step('the line is cut', async () => {
        await door.advance(NOT_FRESH_MS)
        await line.cut()
        await press(door, 'end-now', 'asksAgain')
        await expectTold(door, 'refused', refusal('offline'))
        await line.restore()
        expect(await takenUntil(door)).toBe(untilMs)
      })
      await test.step('pressed twice, and the answer is lost', async () => {
        await loseAnswer(door, platform, 'end')
        await screen.part('end-now').click()
        await pressTwice(door, 'confirm')
        await expectTold(door, 'done')
        expect((await simulator.state()).faults, 'an answer was lost').toEqual([])
        await door.passUntilStatus('free', 2 * MINUTE_MS)
        expect(await takenUntil(door)).toBeNull()
      })
    })

    test.describe('behind the PIN', () => {
      test.use({ panelSettings: { ...settings, actions: { checkIn: 'pin' } } })

      test('checking in: a wrong PIN says so, two presses count once, and no line is needed', async ({
        door,
      }) => {
        const { screen, simulator, line, display } = door
        await screen.expectStatus('free')
        await becomeAdmin(display, PIN)
        await simulator.addBooking({ room, startInMinutes: 5, durationMinutes: 30 })
        await door.passUntilStatus('checkIn', NEXT_READ_MS)

        await test.step('without the PIN nothing happens', async () => {
          await screen.part('check-in').click()
          await screen.part('pin-sheet-cancel').click()
          await screen.expectStatus('checkIn')
        })
        await test.step('a wrong PIN', async () => {
          await screen.part('check-in').click()
          await enterPin(door, '000000')
          await expect(screen.part('pin-sheet-error')).toHaveText(screenText('zh-CN', 'actions.pin.wrong'))
          await screen.expectStatus('checkIn')
        })
        await test.step('the right one, twice, and the line is cut', async () => {
          await line.cut()
          await enterDigits(door, PIN)
          await pressTwice(door, 'pin-key-finish')
          await expectTold(door, 'done')
          await screen.expectStatus('soon')
        })
        await test.step('it is on disk: after a restart nobody is asked again', async () => {
          await line.restore()
          await display.restart()
          await screen.expectStatus('soon')
          expect(await simulator.takenIn(room)).toHaveLength(1)
        })
      })
    })
  })
}
