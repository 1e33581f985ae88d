import type { Page } from '@playwright/test'
import { WEST_LAKE } from '../e2e/fixtures/panelSettings.ts'
import { platforms } from '../src/shared/domain/platform.ts'
import type { Platform } from '../src/shared/domain/platform.ts'
import { median } from './Figure.ts'
import type { Figure } from './Figure.ts'
import { openWorkbench } from './Workbench.ts'
import type { Workbench } from './Workbench.ts'

const ROUNDS = 2
const ANSWER_MS = 30_000
const HALF_HOUR_MS = 30 * 60_000
const room = WEST_LAKE.officeRoomId

const names: Readonly<Record<Platform, string>> = { wecom: 'WeCom', dingtalk: 'DingTalk', feishu: 'Feishu' }
/** The simulated room of Feishu thinks for 1.5 s about every booking; the two others answer at once. */
const confirmedTargetMs: Readonly<Record<Platform, number>> = { wecom: 500, dingtalk: 500, feishu: 3_000 }

/** One press as its person saw it, milliseconds from the press. */
interface Pressed {
  /** The frame that shows that something is under way. */
  readonly progressMs: number
  /** The frame that says what the calendar says now. */
  readonly confirmedMs: number
  readonly tone: string
}

/** Runs in the page: presses, and notes the frames in which progress and outcome are drawn. */
function pressAndWatch([button, deadlineMs]: readonly [string, number]): Promise<Pressed> {
  return new Promise((resolve, reject) => {
    const find = (id: string): HTMLElement | null => document.querySelector(`[data-testid="${id}"]`)
    const drawn = (then: (atMs: number) => void): void => {
      // The frame is on its way to the screen once a task behind it runs.
      requestAnimationFrame(() => setTimeout(() => then(performance.now())))
    }
    let startedMs = 0
    let [hasProgress, isTold, progressMs] = [false, false, 0]
    const look = (): void => {
      if (!hasProgress && find('actions')?.dataset['pending'] === 'true') {
        hasProgress = true
        drawn((atMs) => (progressMs = atMs - startedMs))
      }
      const tone = find('action-message')?.dataset['tone']
      if (!hasProgress || isTold || tone === undefined || tone === 'sending') return
      isTold = true
      observer.disconnect()
      drawn((atMs) => resolve({ progressMs, confirmedMs: atMs - startedMs, tone }))
    }
    const observer = new MutationObserver(look)
    observer.observe(document, { subtree: true, childList: true, attributes: true })
    setTimeout(() => reject(new Error(`${button} was not answered`)), deadlineMs)
    const start = (id: string): void => {
      startedMs = performance.now()
      find(id)?.click()
    }
    start(button)
    // Where the screen asks a second time, that press is the one that counts.
    drawn(() => {
      if (find('confirm')) start('confirm')
    })
  })
}

async function press(page: Page, button: string): Promise<Pressed> {
  await page.getByTestId('action-message').waitFor({ state: 'detached' })
  await page.getByTestId(button).waitFor()
  const pressed = await page.evaluate(pressAndWatch, [button, ANSWER_MS] as const)
  if (pressed.tone !== 'done') throw new Error(`${button} ended in ${pressed.tone}`)
  await page.getByTestId('action-message').click()
  return pressed
}

/** The shortest length of the row: on a grid the hour decides which of them are there. */
const BOOK = 'book-15'

async function clearRoom({ simulator }: Workbench, page: Page): Promise<void> {
  for (const { id } of await simulator.takenIn(room)) await simulator.cancelBooking(id)
  await page.locator('[data-status="free"]').waitFor()
}

/** Somebody books; somebody else extends a meeting of the door that runs, and ends it. Several times over. */
async function pressAll(bench: Workbench, page: Page): Promise<readonly Pressed[]> {
  const presses: Pressed[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    presses.push(await press(page, BOOK))
    await clearRoom(bench, page)
    // A booking of WeCom may begin half an hour later, and what has not begun is neither extended nor ended.
    const startMs = Math.floor(Date.now() / HALF_HOUR_MS) * HALF_HOUR_MS
    const running = { startMs, endMs: startMs + 2 * HALF_HOUR_MS, booker: 'doorplate', ownApp: true }
    await bench.simulator.addBooking({ room, ...running })
    for (const button of ['extend-30', 'end-now']) presses.push(await press(page, button))
    await clearRoom(bench, page)
  }
  return presses
}

async function measurePlatform(executablePath: string, platform: Platform): Promise<readonly Pressed[]> {
  // Feishu asks people to check in to what began lately: the buttons of a running meeting would wait for that.
  const settings = { canBook: true, checkIn: { mode: 'off' }, polling: { intervalSeconds: 10 } }
  const bench = await openWorkbench(executablePath, 'empty', settings, platform)
  try {
    const page = await bench.browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.goto(bench.url)
    return await pressAll(bench, page)
  } finally {
    await bench.close()
  }
}

/** From a finger on a button to the frame that shows that something happens, and to the one that says what came of it. */
export async function measureActions(executablePath: string): Promise<readonly Figure[]> {
  const progress: number[] = []
  const confirmed: Figure[] = []
  for (const platform of platforms) {
    const presses = await measurePlatform(executablePath, platform)
    progress.push(...presses.map(({ progressMs }) => progressMs))
    const times = presses.map(({ confirmedMs }) => confirmedMs)
    confirmed.push({
      name: `actions: press to what the calendar says, ${names[platform]}`,
      unit: 'ms',
      ours: median(times),
      target: confirmedTargetMs[platform],
      peer: null,
      detail: `median of ${times.length} bookings, extensions and ends, slowest ${Math.round(Math.max(...times))}, against the simulator: the panel's own part of it, without the way to the platform${platform === 'feishu' ? '; its room answers after 1.5 s' : ''}`,
    })
  }
  return [
    {
      name: 'actions: press to visible progress',
      unit: 'ms',
      ours: Math.max(...progress),
      target: 100,
      peer: null,
      detail: `slowest of ${progress.length} on three platforms, to the drawn frame; median ${Math.round(median(progress))}`,
    },
    ...confirmed,
  ]
}
