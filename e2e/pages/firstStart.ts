import type { Door } from '../fixtures/test.ts'
import type { SettingsPage } from './SettingsPage.ts'

/** The PIN the specs choose. */
export const PIN = '246810'

/** Opens the set-up: over a network behind the printed code, at the device at once. */
export async function openSetUp(door: Door, settings: SettingsPage): Promise<void> {
  await settings.part('set-up').click()
  if (door.display.host !== null) {
    const code = /code: (\S+)/.exec(await door.display.log())?.[1] ?? ''
    await settings.part('setup-code').fill(code)
    await settings.part('gate-next').click()
  }
  await settings.part('gate-choose').waitFor()
}

/** Chooses the PIN and comes to the account form. */
export async function choosePin(settings: SettingsPage): Promise<void> {
  await settings.enterDigits(PIN)
  await settings.part('gate-repeat').waitFor()
  await settings.enterDigits(PIN)
  await settings.part('first-start').waitFor()
}
