import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeForScanner } from '../fixtures/scannerCode.ts'
import { WEST_LAKE, wecomSettings } from '../fixtures/panelSettings.ts'
import { expect, test } from '../fixtures/test.ts'
import type { Door } from '../fixtures/test.ts'
import { secretOf } from '../fixtures/testPlatforms.ts'
import { choosePin, openSetUp } from '../pages/firstStart.ts'
import { SettingsPage } from '../pages/SettingsPage.ts'

test.use({ panelSettings: null, expectedConsole: /403|409/ })

const contentFor = ({ line }: Pick<Door, 'line'>) => ({
  settings: wecomSettings(line.url, { rooms: [WEST_LAKE] }),
  secrets: { 'wecom.corpSecret': secretOf('wecom') },
})

let media: string

test.beforeEach(async () => {
  media = await mkdtemp(join(tmpdir(), 'doorplate-stick-'))
  // A panel under an account of its own sees a stick as one that is mounted for all.
  await chmod(media, 0o755)
  process.env['DOORPLATE_MEDIA'] = media
})
test.afterEach(async () => {
  delete process.env['DOORPLATE_MEDIA']
  await rm(media, { recursive: true, force: true })
})

test('a stick sets the panel up in three touches, and loses its secrets', async ({ openDoor, line }) => {
  const door = await openDoor()
  test.skip(door.display.host !== null, 'the files of a host belong to its operator')
  const stick = join(media, 'STICK')
  const settings = new SettingsPage(() => door.screen.page)
  await openSetUp(door, settings)
  // Plugged in while the screen stands open.
  await mkdir(stick)
  await writeFile(join(stick, 'doorplate.json'), JSON.stringify(contentFor({ line })), { flag: 'wx' })
  await chmod(join(stick, 'doorplate.json'), 0o666)
  await door.passUntil('the stick is found', () => settings.part('carried-take').isVisible(), 20_000)
  await expect(settings.part('carried-content')).toContainText('west-lake')
  await settings.part('carried-take').click()
  await settings.part('carried-done').click()
  await door.screen.expectStatus('free')
  await expect(door.screen.part('room-name')).toHaveText('西湖')
  expect(await readFile(join(stick, 'doorplate.json'), 'utf8')).not.toContain(secretOf('wecom'))
  expect(door.display.received(), 'the page never gets the secret').not.toContain(secretOf('wecom'))
})

test('a scanner sets the panel up, and no key of the code is taken for a PIN', async ({ door }) => {
  const settings = new SettingsPage(() => door.screen.page)
  await openSetUp(door, settings)
  if (door.display.host !== null) await choosePin(settings)
  await door.screen.page.keyboard.type(encodeForScanner(contentFor(door)))
  await door.screen.page.keyboard.press('Enter')
  await settings.part('carried-done').click()
  await door.screen.expectStatus('free')
})
