// Takes the pictures of the display the README shows, from the running demo. Run by hand after the screen changed; the results are committed.
import { mkdirSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { startProgram } from './lib/children.mjs'
import { inProject } from './lib/projectRoot.mjs'

const folder = inProject('docs', 'images')
async function openDemo(language) {
  const args = [inProject('scripts', 'demo.mjs'), '--no-open', '--language', language, '--theme', 'light']
  const { child, ready } = startProgram('demo', args)
  return { child, ...(await ready) }
}

async function takeDisplay(browser, { url, simulator }, language) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(url)
  await page.locator('[data-testid=panel][data-status=free]').waitFor()
  await page.screenshot({ path: `${folder}/display-free-${language}.png` })
  await fetch(new URL('/__sim/bookings', simulator), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      room: '西湖',
      subject: '临时评审',
      booker: 'chenlu',
      startInMinutes: -12,
      durationMinutes: 45,
    }),
  })
  await page.locator('[data-testid=panel][data-status=busy]').waitFor({ timeout: 40_000 })
  await page.screenshot({ path: `${folder}/display-busy-${language}.png` })
  await page.close()
}

mkdirSync(folder, { recursive: true })
const executablePath = process.env['PLAYWRIGHT_CHROMIUM'] ?? '/usr/bin/chromium'
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
for (const language of ['zh-CN', 'en-US']) {
  const demo = await openDemo(language)
  await takeDisplay(browser, demo, language)
  await demo.child.stop()
}
await browser.close()
