import { render } from '@testing-library/vue'
import type { RenderResult } from '@testing-library/vue'
import { createPinia } from 'pinia'
import { vi } from 'vitest'
import { createFakeClock, settle } from '../../../../core/testing/fakeClock.ts'
import type { FakeClock } from '../../../../core/testing/fakeClock.ts'
import type { Language } from '../../../../shared/settings/panelConfig.ts'
import { createDisplayI18n } from '../../i18n/createDisplayI18n.ts'
import { apiKey, clockKey } from '../../injection.ts'
import SettingsView from '../../views/SettingsView.vue'
import { createFakeAdmin, PIN } from './createFakeAdmin.ts'
import type { FakeAdmin, FakeAdminWorld } from './createFakeAdmin.ts'

/** The settings screen over a fake core, driven as a finger would. */
export interface SettingsScreen extends RenderResult {
  readonly api: FakeAdmin
  readonly clock: FakeClock
  readonly hasLeft: () => boolean
  readonly get: (testid: string) => HTMLElement
  readonly find: (testid: string) => HTMLElement | null
  /** Presses and lets everything settle. */
  readonly press: (testid: string) => Promise<void>
  readonly type: (testid: string, text: string) => Promise<void>
  readonly enterPin: (pin: string) => Promise<void>
}

/** What jsdom lacks of a browser. */
export function completeJsdom(): void {
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }))
  vi.stubGlobal('isSecureContext', false)
  Element.prototype.scrollIntoView = () => undefined
  if (!('PointerEvent' in window)) vi.stubGlobal('PointerEvent', MouseEvent)
}

/** Mounts the screen. @param start what differs from a panel in use */
export async function mountSettings(
  start: Partial<FakeAdminWorld> = {},
  language: Language = 'en-US',
): Promise<SettingsScreen> {
  completeJsdom()
  const api = createFakeAdmin(start)
  const clock = createFakeClock(1_000_000)
  let hasLeft = false
  const result = render(SettingsView, {
    props: { language, theme: 'light', onLeave: () => (hasLeft = true) },
    global: {
      plugins: [createPinia(), createDisplayI18n(language)],
      provide: { [apiKey as symbol]: api, [clockKey as symbol]: clock },
    },
  })
  await settle()
  const get = (testid: string): HTMLElement => result.getByTestId(testid)

  async function press(testid: string): Promise<void> {
    const target = get(testid)
    target.dispatchEvent(new MouseEvent('pointerdown', { bubbles: true, cancelable: true }))
    target.dispatchEvent(new MouseEvent('pointerup', { bubbles: true, cancelable: true }))
    target.click()
    await settle()
  }

  const screen: SettingsScreen = {
    ...result,
    api,
    clock,
    hasLeft: () => hasLeft,
    get,
    find: (testid) => result.queryByTestId(testid),
    press,
    async type(testid, text) {
      const field = get(testid) as HTMLInputElement
      field.focus()
      field.value = text
      field.dispatchEvent(new Event('input', { bubbles: true }))
      await settle()
    },
    async enterPin(pin) {
      for (const digit of pin) await press(`key-${digit}`)
      await press('key-finish')
    },
  }
  return screen
}

/** The same, behind the PIN. */
export async function openSettings(
  start: Partial<FakeAdminWorld> = {},
  language: Language = 'en-US',
): Promise<SettingsScreen> {
  const screen = await mountSettings(start, language)
  await screen.enterPin(PIN)
  return screen
}
