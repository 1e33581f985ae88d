import { expect } from '@playwright/test'
import type { Platform } from '../../src/shared/domain/platform.ts'
import type { FaultInput } from '../fixtures/SimulatorClient.ts'
import type { Door } from '../fixtures/test.ts'
import { screenText } from '../fixtures/texts.ts'

/** The sentence of a refusal as the screen words it. */
export const refusal = (reason: string): string => screenText('zh-CN', `actions.refusal.${reason}`)

/** Presses a button as a finger does, and confirms where the screen asks a second time. */
export async function press({ screen }: Door, button: string, asks: 'asksAgain' | 'once'): Promise<void> {
  await screen.part(button).click()
  if (asks === 'asksAgain') await screen.part('confirm').click()
}

/** Presses twice within one frame, as a finger that slips. */
export async function pressTwice({ screen }: Door, button: string): Promise<void> {
  await screen.part(button).evaluate((element: HTMLElement) => {
    element.click()
    element.click()
  })
}

/** Waits for what came of a press, reads it, and taps it away. */
export async function expectTold({ screen }: Door, tone: 'done' | 'refused', text?: string): Promise<void> {
  const told = screen.part('action-message')
  await expect(told).toHaveAttribute('data-tone', tone)
  if (text !== undefined) await expect(told).toContainText(text)
  await expect(screen.part('actions')).toHaveAttribute('data-pending', 'false')
  await told.click()
  await expect(told).toHaveCount(0)
}

type Writing = 'book' | 'extend' | 'end'

/** The calls that write, as a fault names them. */
const writeCalls: Readonly<
  Record<Platform, Readonly<Record<Writing, Pick<FaultInput, 'route' | 'method'>>>>
> = {
  wecom: {
    book: { route: 'oa/meetingroom/book', method: 'POST' },
    extend: { route: 'oa/meetingroom/book', method: 'POST' },
    end: { route: 'oa/meetingroom/cancel_book', method: 'POST' },
  },
  dingtalk: {
    book: { route: '/calendars/primary/events', method: 'POST' },
    extend: { route: '/calendars/primary/events/', method: 'PUT' },
    // What is left of these meetings is shorter than the room allows, so the room is taken out of them.
    end: { route: 'meetingRooms/batchRemove', method: 'POST' },
  },
  feishu: {
    book: { route: '/attendees', method: 'POST' },
    extend: { route: '/attendees', method: 'POST' },
    end: { route: 'meeting_room/instance/reply', method: 'POST' },
  },
}

/** Lets the platform do what the next call asks, and loses its answer. */
export const loseAnswer = ({ simulator }: Door, platform: Platform, action: Writing): Promise<void> =>
  simulator.addFault({ kind: 'drop', times: 1, when: 'after', ...writeCalls[platform][action] })

/** Takes the app's right to do this away. @returns gives it back */
export async function forbid(
  { simulator }: Door,
  platform: Platform,
  action: Writing,
): Promise<() => Promise<void>> {
  if (platform === 'dingtalk' || (platform === 'feishu' && action !== 'end')) {
    const { scopes } = (await simulator.state())[platform]
    const of = platform === 'dingtalk' ? 'app' : 'feishu'
    const right = platform === 'dingtalk' ? 'Calendar.Event.Write' : 'calendar:calendar.event:create'
    await simulator.changeApp(of, { scopes: scopes.filter((scope) => scope !== right) })
    return () => simulator.changeApp(of, { scopes })
  }
  const errcode = platform === 'wecom' ? 48002 : 121005
  await simulator.addFault({ kind: 'errcode', errcode, ...writeCalls[platform][action] })
  return () => simulator.clearFaults()
}
