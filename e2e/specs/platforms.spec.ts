import { MINUTE_MS } from '../../src/shared/domain/duration.ts'
import { platforms } from '../../src/shared/domain/platform.ts'
import { WEST_LAKE } from '../fixtures/panelSettings.ts'
import { screenText } from '../fixtures/texts.ts'
import { expect, test } from '../fixtures/test.ts'

const NEXT_READ_MS = 36_000
/** The panel as shipped believes an empty plan for so long. */
const LIMIT_MS = 15 * MINUTE_MS
/** Longest pause between two attempts after faults of the network. */
const LONGEST_PAUSE_MS = 6 * MINUTE_MS
const room = WEST_LAKE.officeRoomId

for (const platform of platforms) {
  test.describe(platform, () => {
    test.use({ platform })

    test('the door follows its room, keeps the plan through a cut, ends in unknown and recovers', async ({
      door,
    }) => {
      const { screen, simulator, line } = door
      await screen.expectStatus('free')
      await expect(screen.part('room-name')).toHaveText('西湖')
      const { id } = await simulator.addBooking({ room, startInMinutes: -1, durationMinutes: 10 })
      await door.passUntilStatus(['busy', 'checkIn'], NEXT_READ_MS)
      await simulator.cancelBooking(id)
      await door.passUntilStatus('free', NEXT_READ_MS)
      await simulator.addBooking({ room, startInMinutes: 180, durationMinutes: 30 })
      const hasPlan = async (): Promise<boolean> => (await screen.part('timeline-row').count()) === 1
      await door.passUntil('the next meeting is on the timeline', hasPlan, NEXT_READ_MS)

      await line.cut()
      await door.passUntilStatus('unknown', LIMIT_MS + 2 * MINUTE_MS)
      const named = screenText('zh-CN', `platform.${platform}`)
      await expect(screen.part('status-lead')).toHaveText(
        screenText('zh-CN', 'cause.network', { platform: named }),
      )
      await expect(screen.part('timeline-row')).toHaveCount(1)

      await line.restore()
      await door.passUntilStatus('free', LONGEST_PAUSE_MS)
      await screen.expectStale(false)
    })
  })
}
