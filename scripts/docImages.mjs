// Takes the pictures the README shows, from running demos: `display`, `door`, or both. Run by hand after the screen changed; the results are committed.
import { mkdirSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { askSimulator } from './lib/askSimulator.mjs'
import { startProgram } from './lib/children.mjs'
import { DEFAULT_ROOM } from './lib/demoSettings.mjs'
import { inProject } from './lib/projectRoot.mjs'

const folder = inProject('docs', 'images')
async function openDemo(language, ...more) {
  const args = [
    inProject('scripts', 'demo.mjs'),
    '--no-open',
    '--language',
    language,
    '--theme',
    'light',
    ...more,
  ]
  const { child, ready } = startProgram('demo', args)
  return { child, ...(await ready) }
}

async function takeDisplay(browser, { url, simulator }, language) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(url)
  await page.locator('[data-testid=panel][data-status=free]').waitFor()
  await page.getByTestId('book-row').waitFor()
  await page.screenshot({ path: `${folder}/display-free-${language}.png` })
  await askSimulator(simulator, 'POST', 'bookings', {
    room: DEFAULT_ROOM,
    subject: '临时评审',
    booker: 'chenlu',
    startInMinutes: -12,
    durationMinutes: 45,
  })
  await page.locator('[data-testid=panel][data-status=busy]').waitFor({ timeout: 40_000 })
  await page.screenshot({ path: `${folder}/display-busy-${language}.png` })
  await page.close()
}

/** A believable meeting of somebody else's in the room the demo shows. */
const addMeeting = (simulator, startInMinutes) =>
  askSimulator(simulator, 'POST', 'bookings', {
    room: DEFAULT_ROOM,
    subject: '版本评审',
    booker: 'wangbo',
    startInMinutes,
    durationMinutes: 20,
  })

async function openDoor(browser, { url, simulator }, language) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(url)
  const until = (status) =>
    page.locator(`[data-testid=panel][data-status=${status}]`).waitFor({ timeout: 90_000 })
  const find = (id) => page.getByTestId(id)
  await until('free')
  await find('book-row').waitFor()
  return {
    page,
    find,
    until,
    take: (name) => page.screenshot({ path: `${folder}/door-${name}-${language}.png` }),
    addMeeting: (startInMinutes) => addMeeting(simulator, startInMinutes),
    async end() {
      await find('end-now').click()
      await find('confirm').click()
      await until('free')
    },
  }
}

/** Half of the steps in each language: together they are one walk through everything a door can do. */
const walks = {
  'en-US': async ({ find, until, take, addMeeting, end }) => {
    await take('book')
    await find('book-30').click()
    await find('end-now').click()
    await find('confirm-sheet').waitFor()
    await take('end')
    await find('confirm-cancel').click()
    await end()
    await addMeeting(0)
    await until('checkIn')
    await find('keep-room').waitFor()
    await take('keep')
  },
  'zh-CN': async ({ page, find, until, take, addMeeting, end }) => {
    await find('book-15').click()
    await page.locator('[data-testid=action-message][data-tone=done]').waitFor()
    await find('extend-15').waitFor()
    await take('booked')
    await end()
    await addMeeting(0)
    await find('book-row').locator('button').first().click()
    await page.locator('[data-testid=action-message][data-tone=refused]').waitFor()
    await until('checkIn')
    await find('check-in').waitFor()
    await take('refused')
    await find('action-message').click()
    await take('check-in')
  },
}

/** Check-in windows: a minute for the countdown, a usual one for the rest. */
const windowMinutes = { 'en-US': '1', 'zh-CN': '10' }

mkdirSync(folder, { recursive: true })
const wanted = process.argv.slice(2)
const isWanted = (part) => wanted.length === 0 || wanted.includes(part)
const executablePath = process.env['PLAYWRIGHT_CHROMIUM'] ?? '/usr/bin/chromium'
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })

async function withDemo(language, flags, run) {
  const demo = await openDemo(language, ...flags)
  try {
    await run(demo)
  } finally {
    await demo.child.stop()
  }
}

try {
  for (const language of ['zh-CN', 'en-US']) {
    const flags = ['--platform', 'dingtalk', '--actions', '--check-in-minutes', windowMinutes[language]]
    if (isWanted('display')) await withDemo(language, [], (demo) => takeDisplay(browser, demo, language))
    if (isWanted('door'))
      await withDemo(language, flags, async (demo) =>
        walks[language](await openDoor(browser, demo, language)),
      )
  }
} finally {
  await browser.close()
}
