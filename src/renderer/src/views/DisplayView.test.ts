import { cleanup, render, screen } from '@testing-library/vue'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { PublishedSnapshot } from '../../../shared/api/events.ts'
import type { RoomSnapshot } from '../../../shared/domain/roomSnapshot.ts'
import type { PanelConfig } from '../../../shared/settings/panelConfig.ts'
import { createFakeClock, settle } from '../../../core/testing/fakeClock.ts'
import type { FakeClock } from '../../../core/testing/fakeClock.ts'
import { createFakeApi } from '../api/fakeApi.ts'
import type { FakeApi } from '../api/fakeApi.ts'
import { GALLERY_NOW_MS, at, galleryConfig, gallerySnapshot, meeting } from '../gallery/gallerySnapshot.ts'
import { scenarios } from '../gallery/scenarios.ts'
import { createDisplayI18n } from '../i18n/createDisplayI18n.ts'
import { addressKey, apiKey, clockKey } from '../injection.ts'
import DisplayView from './DisplayView.vue'

interface Shown {
  readonly api: FakeApi
  readonly clock: FakeClock
  readonly container: Element
  readonly unmount: () => void
}

/** The system's preference for dark, in the test's hands. */
const system = { prefersDark: false, tell: (): void => undefined }

beforeEach(() => {
  system.prefersDark = false
  vi.stubGlobal('matchMedia', () => ({
    get matches() {
      return system.prefersDark
    },
    addEventListener: (_type: string, listener: () => void) => {
      system.tell = listener
    },
    removeEventListener: () => undefined,
  }))
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe(): void {
        // A page without layout never changes size.
      }
      disconnect(): void {
        // See observe.
      }
    },
  )
  Element.prototype.animate = () => ({ pause: () => undefined, cancel: () => undefined }) as Animation
})
afterEach(cleanup)

async function show(
  snapshot: Partial<RoomSnapshot>,
  { config = {}, nowMs = GALLERY_NOW_MS }: { config?: Partial<PanelConfig>; nowMs?: number } = {},
): Promise<Shown> {
  const clock = createFakeClock(nowMs)
  const published: PublishedSnapshot = {
    snapshot: { ...gallerySnapshot, ...snapshot },
    sentAtMs: nowMs,
  }
  const api = createFakeApi({
    'panel.open': () => ({ ok: true, data: { config: { ...galleryConfig, ...config }, published } }),
    'room.refresh': () => ({ ok: true, data: { outcome: 'started' } }),
  })
  const rendered = render(DisplayView, {
    global: {
      plugins: [createPinia(), createDisplayI18n('zh-CN')],
      provide: { [apiKey]: api, [clockKey]: clock, [addressKey]: { roomId: null } },
    },
  })
  await settle()
  await nextTick()
  return { api, clock, container: rendered.container, unmount: () => rendered.unmount() }
}

const status = (): string | undefined => screen.getByTestId('panel').dataset['status']
const fresh = {
  freshness: { staleAtMs: at(40), unknownAtMs: at(41) },
  horizon: { fromMs: at(0), untilMs: at(48) },
}

/** Every change below an element, as the names of what was touched. */
function watchChanges(root: Element): { readonly touched: () => string[] } {
  const records: MutationRecord[] = []
  const observer = new MutationObserver((delivered) => records.push(...delivered))
  observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true })
  const nameOf = ({ target, type, attributeName }: MutationRecord): string => {
    const element = target instanceof Element ? target : target.parentElement
    const named = element?.closest('[data-testid]')?.getAttribute('data-testid') ?? 'nothing'
    return `${named} ${type === 'attributes' ? (attributeName ?? '') : 'text'}`
  }
  return { touched: () => [...records, ...observer.takeRecords()].map(nameOf) }
}

describe('the clock drives the screen', () => {
  it('flips at the very instant a meeting starts and ends, with no call made', async () => {
    const { api, clock } = await show({ ...fresh, meetings: [meeting(at(10, 30), at(11), '周会', null)] })
    const asked = api.requests.length
    await clock.advance(at(10, 30) - GALLERY_NOW_MS - 1)
    expect(status()).toBe('soon')
    await clock.advance(1)
    expect(status()).toBe('busy')
    await clock.advance(30 * 60_000 - 1)
    expect(status()).toBe('busy')
    await clock.advance(1)
    expect(status()).toBe('free')
    expect(api.requests).toHaveLength(asked)
  })

  it('flips offline too', async () => {
    const { api, clock } = await show({ ...fresh, meetings: [meeting(at(10, 20), at(11), '周会', null)] })
    api.setConnection('lost')
    await clock.advance(60_000)
    expect(status()).toBe('busy')
  })

  it('never flashes free between two meetings that touch', async () => {
    const { clock } = await show({
      ...fresh,
      meetings: [meeting(at(10), at(11), 'a', null), meeting(at(11), at(12), 'b', null)],
    })
    const seen = new Set<string | undefined>()
    await clock.advance(at(11) - GALLERY_NOW_MS - 1_500)
    for (let step = 0; step < 30; step += 1) {
      seen.add(status())
      await clock.advance(100)
    }
    expect([...seen]).toEqual(['busy'])
    expect(screen.getByTestId('meeting-title').textContent.trim()).toBe('b')
  })

  it('turns free into unknown the moment the reading is too old, and a meeting stays', async () => {
    const { clock } = await show({})
    await clock.advance(gallerySnapshot.freshness.unknownAtMs - GALLERY_NOW_MS - 1)
    expect(status()).toBe('free')
    expect(screen.getByTestId('panel').dataset['stale']).toBe('true')
    await clock.advance(1)
    expect(status()).toBe('unknown')
  })

  it('counts a release down to the second', async () => {
    const { checkIn } = galleryConfig.rules
    const { clock } = await show(
      { ...fresh, meetings: [meeting(at(10, 15), at(11), '周会', null)] },
      {
        config: {
          rules: { ...galleryConfig.rules, checkIn: { ...checkIn, mode: 'local', isReleaseOn: true } },
        },
      },
    )
    const lead = (): string => screen.getByTestId('status-lead').textContent
    expect(lead()).toBe('未签到将在 6 分 00 秒后释放')
    await clock.advance(1_000)
    expect(lead()).toBe('未签到将在 5 分 59 秒后释放')
  })

  it('asks anew when the device clock was set', async () => {
    const { api, clock } = await show(fresh)
    const asked = api.requests.length
    clock.jump(3_600_000)
    await clock.advance(1_000)
    expect(api.requests.slice(asked)).toMatchObject([{ route: 'panel.open' }])
  })
})

describe('nothing flickers', () => {
  const busyDay = { ...fresh, meetings: scenarios.busy.snapshot.meetings }

  it('a refresh that changes nothing touches nothing', async () => {
    const { api, clock, container } = await show(busyDay)
    await clock.advance(4_000)
    const changes = watchChanges(container)
    const again = structuredClone({ ...gallerySnapshot, ...busyDay, revision: 2, fetchedAtMs: clock.now() })
    api.emit('room.changed', { snapshot: again, sentAtMs: clock.now() })
    await settle()
    await nextTick()
    expect(changes.touched()).toEqual([])
  })

  it('a reconnection that brings the same touches nothing', async () => {
    const { api, container } = await show(busyDay)
    const changes = watchChanges(container)
    api.setConnection('lost')
    api.setConnection('open')
    await settle()
    await nextTick()
    expect(changes.touched()).toEqual([])
  })

  it('a quiet minute changes the clock alone', async () => {
    const { clock, container } = await show({ ...fresh, meetings: [] })
    const changes = watchChanges(container)
    await clock.advance(60_000)
    await nextTick()
    expect([...new Set(changes.touched())]).toEqual(['clock text'])
  })

  it('a quiet minute of a meeting changes clock, time left and progress, once', async () => {
    const { clock, container } = await show(busyDay)
    const changes = watchChanges(container)
    await clock.advance(60_000)
    await nextTick()
    const touched = changes.touched().sort()
    expect(touched).toEqual([
      'clock text',
      'meeting-progress aria-valuenow',
      'meeting-progress style',
      'status-lead text',
    ])
  })
})

describe('the page', () => {
  it('is blank until the first answer, then speaks the language it brings', async () => {
    await show(fresh, { config: { language: 'en-US' } })
    expect(screen.getByTestId('panel').lang).toBe('en-US')
    expect(screen.getByRole('status').textContent.trim()).toBe('Available')
  })

  it('draws the theme that was chosen', async () => {
    await show(fresh, { config: { theme: 'dark' } })
    expect(screen.getByTestId('panel').dataset['theme']).toBe('dark')
  })

  it('follows the system where the theme is automatic', async () => {
    await show(fresh, { config: { theme: 'auto' } })
    expect(screen.getByTestId('panel').dataset['theme']).toBe('light')
    system.prefersDark = true
    system.tell()
    await nextTick()
    expect(screen.getByTestId('panel').dataset['theme']).toBe('dark')
  })

  it('reads the room anew when somebody touches it and its data is old', async () => {
    const { api, clock } = await show(fresh)
    const refreshes = (): number => api.requests.filter(({ route }) => route === 'room.refresh').length
    window.dispatchEvent(new Event('pointerdown'))
    expect(refreshes()).toBe(0)
    await clock.advance(20_000)
    window.dispatchEvent(new Event('pointerdown'))
    window.dispatchEvent(new Event('pointerdown'))
    expect(refreshes()).toBe(1)
  })

  it('says that it cannot reach its service when the first answer is a failure', async () => {
    const clock = createFakeClock(GALLERY_NOW_MS)
    render(DisplayView, {
      global: {
        plugins: [createPinia(), createDisplayI18n('zh-CN')],
        provide: { [apiKey]: createFakeApi({}), [clockKey]: clock, [addressKey]: { roomId: 'peony' } },
      },
    })
    await settle()
    await nextTick()
    expect(screen.getByTestId('panel').dataset).toMatchObject({ status: 'unknown', room: 'peony' })
    expect(screen.getByTestId('status-lead').textContent).toBe('无法连接门牌服务')
  })

  it('leaves neither listener nor timer behind', async () => {
    const { api, clock, unmount } = await show(fresh)
    await clock.advance(5_000)
    unmount()
    expect(api.listenerCount()).toBe(0)
    expect(clock.pending()).toBe(0)
    const asked = api.requests.length
    await clock.advance(60_000)
    window.dispatchEvent(new Event('pointerdown'))
    expect(api.requests).toHaveLength(asked)
  })
})
