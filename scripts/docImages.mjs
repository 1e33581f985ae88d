// Takes the pictures the documentation shows, from the running demo. Run by hand after the screen changed; the results are committed.
import { mkdirSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { startProgram } from './lib/children.mjs'
import { inProject } from './lib/projectRoot.mjs'

const folder = inProject('docs', 'images')
const PIN = '246810'
const sections = ['connection', 'room', 'directory', 'display', 'checkIn', 'kiosk', 'diagnostics']

async function openDemo(language) {
  const args = [inProject('scripts', 'demo.mjs'), '--no-open', '--language', language, '--theme', 'light']
  const { child, ready } = startProgram('demo', args)
  return { child, ...(await ready) }
}

async function ask(url, route, input) {
  const answer = await fetch(new URL(`api/${route}`, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
  return answer.json()
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

async function takeSettings(browser, { url }, language, code) {
  await ask(url, 'session.setPin', { pin: PIN, setupCode: code })
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(url)
  const corner = await page.getByTestId('settings-entry').boundingBox()
  await page.mouse.move(corner.x + 20, corner.y + 20)
  await page.mouse.down()
  await page.getByTestId('gate-enter').waitFor()
  await page.mouse.up()
  await page.screenshot({ path: `${folder}/settings-pin-${language}.png` })
  for (const digit of PIN) await page.getByTestId(`key-${digit}`).click()
  if (await page.getByTestId('key-finish').isVisible()) await page.getByTestId('key-finish').click()
  await page.getByTestId('section-rail').waitFor()
  for (const section of sections) {
    const entry = page.getByTestId(`section-${section}`)
    if (!(await entry.isVisible())) continue
    await entry.click()
    await page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => undefined)
    if (section === 'connection') {
      await page.getByTestId('test-run').click()
      await page.getByTestId('test-steps').waitFor()
    }
    await page.screenshot({ path: `${folder}/settings-${section}-${language}.png` })
  }
  await page.close()
}

mkdirSync(folder, { recursive: true })
const executablePath = process.env['PLAYWRIGHT_CHROMIUM'] ?? '/usr/bin/chromium'
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
for (const language of ['zh-CN', 'en-US']) {
  const codes = []
  const write = process.stderr.write.bind(process.stderr)
  process.stderr.write = (text, ...rest) => {
    const code = /code: ([A-Z0-9-]+)/.exec(String(text))?.[1]
    if (code !== undefined) codes.push(code)
    return write(text, ...rest)
  }
  const demo = await openDemo(language)
  await takeDisplay(browser, demo, language)
  await takeSettings(browser, demo, language, codes[0] ?? '')
  await demo.child.stop()
  process.stderr.write = write
}
await browser.close()
