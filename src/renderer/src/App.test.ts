import { cleanup, render } from '@testing-library/vue'
import { createPinia } from 'pinia'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createFakeClock, settle } from '../../core/testing/fakeClock.ts'
import type { FakeClock } from '../../core/testing/fakeClock.ts'
import { panelConfigOf } from '../../core/settings/panelConfig.ts'
import App from './App.vue'
import { createDisplayI18n } from './i18n/createDisplayI18n.ts'
import { addressKey, apiKey, clockKey } from './injection.ts'
import { createFakeAdmin, PIN } from './settings/testing/createFakeAdmin.ts'
import type { FakeAdmin, FakeAdminWorld } from './settings/testing/createFakeAdmin.ts'
import { completeJsdom } from './settings/testing/mountSettings.ts'

afterEach(cleanup)

function mountApp(start: Partial<FakeAdminWorld> = {}) {
  completeJsdom()
  const api: FakeAdmin = createFakeAdmin(start)
  const request = api.request.bind(api)
  api.request = (route, input) =>
    route === 'panel.open'
      ? (Promise.resolve({
          ok: true,
          data: {
            config: panelConfigOf(
              { core: { kind: 'unconfigured' }, revision: 1, settings: null, roomId: null },
              { version: 'test' },
            ),
            published: null,
          },
        }) as never)
      : request(route, input)
  const clock: FakeClock = createFakeClock(1_000_000)
  const view = render(App, {
    global: {
      plugins: [createPinia(), createDisplayI18n('zh-CN')],
      provide: {
        [apiKey as symbol]: api,
        [clockKey as symbol]: clock,
        [addressKey as symbol]: { roomId: null },
      },
    },
  })
  const pointer = (testid: string, kind: string): void =>
    void view.getByTestId(testid).dispatchEvent(new MouseEvent(kind, { bubbles: true, cancelable: true }))
  return { view, api, clock, pointer }
}

describe('the way into the settings', () => {
  it('is the top left corner, held for a second and a half, with a ring that shows it', async () => {
    const { view, clock, pointer } = mountApp()
    await settle()
    pointer('settings-entry', 'pointerdown')
    await settle()
    expect(view.getByTestId('settings-entry').querySelector('.ring')).not.toBeNull()
    await clock.advance(1_499)
    expect(view.queryByTestId('settings')).toBeNull()
    await clock.advance(1)
    await vi.waitFor(() => expect(view.queryByTestId('settings')).not.toBeNull())
    expect(view.getByTestId('panel').closest('[hidden]')).not.toBeNull()
  })

  it.each(['pointerup', 'pointerleave', 'pointercancel'])(
    'a hold that ends early by %s opens nothing',
    async (end) => {
      const { view, clock, pointer } = mountApp()
      await settle()
      pointer('settings-entry', 'pointerdown')
      await clock.advance(1_400)
      pointer('settings-entry', end)
      await clock.advance(10_000)
      await settle()
      expect(view.queryByTestId('settings')).toBeNull()
      expect(view.getByTestId('settings-entry').querySelector('.ring')).toBeNull()
    },
  )

  it('a short tap opens nothing, a key does: it has no length', async () => {
    const { view } = mountApp()
    await settle()
    const entry = view.getByTestId('settings-entry')
    entry.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }))
    await settle()
    expect(view.queryByTestId('settings')).toBeNull()
    entry.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 0 }))
    await vi.waitFor(() => expect(view.queryByTestId('settings')).not.toBeNull())
  })

  it('is a button in plain sight while nothing is configured; leaving comes back to the display', async () => {
    const { view, api, pointer } = mountApp({ pin: PIN })
    await settle()
    view.getByTestId('set-up').click()
    await vi.waitFor(() => expect(view.queryByTestId('gate-enter')).not.toBeNull())
    pointer('key-1', 'pointerdown')
    view.getByTestId('settings-leave').click()
    await settle()
    expect(view.queryByTestId('settings')).toBeNull()
    expect(view.getByTestId('panel').closest('[hidden]')).toBeNull()
    expect(api.world.tokens.at(-1)).toBeNull()
  })
})
