import type { TestInfo } from '@playwright/test'
import { MINUTE_MS } from '../../src/shared/domain/duration.ts'
import { WEST_LAKE_HARDWARE } from '../fixtures/panelSettings.ts'
import { screenText } from '../fixtures/texts.ts'
import { expect, test } from '../fixtures/test.ts'
import type { Door } from '../fixtures/test.ts'
import type { StatusKind } from '../pages/DisplayPage.ts'

const { meetingRoomId } = WEST_LAKE_HARDWARE

const sizes = [
  { width: 1024, height: 600 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 800, height: 1280 },
] as const

/** As long as people write them, with nothing to break at in the second one. */
const titles = {
  'zh-CN':
    '关于下半年华东大区重点客户联合解决方案（含数据中台、移动办公与会议门牌试点）落地节奏及跨部门资源协调的专题讨论会',
  'en-US':
    'Donaudampfschifffahrtsgesellschaftskapitänspatentprüfung: preparations, responsibilities and the open questions of everyone involved',
} as const

const looks = [
  { language: 'zh-CN', theme: 'light', hourCycle: '24' },
  { language: 'zh-CN', theme: 'dark', hourCycle: '24' },
  { language: 'en-US', theme: 'light', hourCycle: '12' },
  { language: 'en-US', theme: 'dark', hourCycle: '24' },
] as const

async function expectTidy({ screen }: Door, kind: StatusKind, info: TestInfo): Promise<void> {
  for (const size of sizes) {
    const name = `${kind} ${size.width}x${size.height}`
    await screen.page.setViewportSize(size)
    await expect.poll(() => screen.scrollable(), { message: `${name}: nothing scrolls` }).toEqual([])
    await expect.poll(() => screen.clippedTexts(), { message: `${name}: no text is cut` }).toEqual([])
    // Kept after a good run too: the eye judges what no assertion can.
    const path = info.outputPath(`${name}.png`)
    await screen.page.screenshot({ path })
    await info.attach(name, { path, contentType: 'image/png' })
  }
}

for (const look of looks) {
  test.describe(`${look.language}, ${look.theme}, ${look.hourCycle} h`, () => {
    test.use({ panelSettings: { rooms: [WEST_LAKE_HARDWARE], display: look } })

    test('every state fits every screen', async ({ openDoor, simulator }, info) => {
      test.slow()
      const subject = titles[look.language]
      for (const startInMinutes of [60, 120, 180, 195, 300]) {
        await simulator.addMeeting({ meetingRoomId, subject, startInMinutes, durationMinutes: 15 })
      }
      const door = await openDoor()
      const { screen, line } = door
      const says = async (kind: StatusKind): Promise<void> => {
        await expect(screen.part('status-word')).toHaveText(screenText(look.language, `status.${kind}`))
        await expectTidy(door, kind, info)
      }

      await screen.expectStatus('free')
      await expect(screen.panel).toHaveAttribute('data-theme', look.theme)
      await says('free')

      await simulator.addMeeting({ meetingRoomId, subject, startInMinutes: 5, durationMinutes: 20 })
      await door.passUntilStatus('soon', MINUTE_MS)
      await says('soon')

      await door.passUntilStatus('busy', 6 * MINUTE_MS)
      await expect(screen.part('meeting-title')).toContainText(subject.slice(0, 10))
      await says('busy')

      await line.cut()
      await door.passUntilStatus('unknown', 30 * MINUTE_MS)
      await says('unknown')
    })
  })
}

test('the look itself sees a text that is cut, off the screen, or only to be reached by scrolling', async ({
  door,
}) => {
  const { screen } = door
  await screen.expectStatus('free')
  const spoil = async (style: string): Promise<void> => {
    await screen.part('status-word').evaluate((element, text) => {
      element.style.cssText = text
    }, style)
  }
  await spoil('width: 20px; overflow: hidden')
  expect(await screen.clippedTexts()).toHaveLength(1)
  await spoil('position: fixed; left: -30px')
  expect(await screen.clippedTexts()).toHaveLength(1)
  await spoil('height: 20px; overflow: auto')
  expect(await screen.scrollable()).toHaveLength(1)
})
