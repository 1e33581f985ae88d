import { cleanup, render, screen } from '@testing-library/vue'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { createFakeClock, settle } from '../../../../core/testing/fakeClock.ts'
import type { ApiResult } from '../../../../shared/api/errors.ts'
import type { ActionOutcome } from '../../../../shared/domain/action.ts'
import type { RoomSnapshot } from '../../../../shared/domain/roomSnapshot.ts'
import type { PanelConfig } from '../../../../shared/settings/panelConfig.ts'
import { createFakeApi } from '../../api/fakeApi.ts'
import { GALLERY_NOW_MS, at, galleryConfig, meeting } from '../../gallery/gallerySnapshot.ts'
import { allActions, scenarios } from '../../gallery/scenarios.ts'
import { createDisplayI18n } from '../../i18n/createDisplayI18n.ts'
import { addressKey, apiKey, clockKey } from '../../injection.ts'
import DisplayView from '../../views/DisplayView.vue'
// The display loads it when it is idle; here it is in the cache already.
import '../../views/ActionView.vue'
import './VideoCode.vue'

const done: ApiResult<ActionOutcome> = {
  ok: true,
  data: { kind: 'done', meeting: { id: 'm', startMs: at(10, 19), endMs: at(10, 34) } },
}

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
  }))
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = vi.fn()
      disconnect = vi.fn()
    },
  )
  Element.prototype.animate = () => ({ pause: () => undefined, cancel: () => undefined }) as Animation
})
afterEach(cleanup)

const fresh = {
  freshness: { staleAtMs: at(40), unknownAtMs: at(41) },
  horizon: { fromMs: at(0), untilMs: at(48) },
}
type Answer = () => ApiResult<ActionOutcome> | Promise<ApiResult<ActionOutcome>>

async function show(
  snapshot: Partial<RoomSnapshot>,
  { config = {}, answer = () => done }: { config?: Partial<PanelConfig>; answer?: Answer } = {},
) {
  const clock = createFakeClock(GALLERY_NOW_MS)
  const published = {
    snapshot: { ...scenarios.free.snapshot, ...fresh, ...snapshot },
    sentAtMs: GALLERY_NOW_MS,
  }
  const api = createFakeApi({
    'panel.open': () => ({
      ok: true,
      data: { config: { ...galleryConfig, actions: allActions, ...config }, published },
    }),
    'room.refresh': () => ({ ok: true, data: { outcome: 'fresh' } }),
    'meeting.checkIn': answer,
    'room.book': answer,
    'meeting.extend': answer,
    'meeting.end': answer,
    'checkIn.noteShown': () => ({ ok: true, data: { isDone: true } }),
  })
  const view = render(DisplayView, {
    props: { isCovered: false },
    global: {
      plugins: [createPinia(), createDisplayI18n('zh-CN')],
      provide: {
        [apiKey as symbol]: api,
        [clockKey as symbol]: clock,
        [addressKey as symbol]: { roomId: null },
      },
    },
  })
  if (Object.values({ ...allActions, ...config.actions }).some((one) => one !== 'off'))
    await vi.waitFor(() => screen.getByTestId('actions'))
  const asked = (route: string): readonly unknown[] =>
    api.requests.filter((one) => one.route === route).map(({ input }) => input)
  const press = async (testid: string): Promise<void> => {
    screen.getByTestId(testid).click()
    await settle()
    await nextTick()
  }
  return { view, api, clock, asked, press, published }
}

const buttons = (): (string | undefined)[] =>
  screen.queryAllByRole('button').map(({ dataset }) => dataset['testid'])
const text = (testid: string): string => screen.getByTestId(testid).textContent.replace(/\s+/g, ' ').trim()
const actionsOf = (changes: Partial<PanelConfig['actions']>) => ({ actions: { ...allActions, ...changes } })
const local = { ...galleryConfig.rules.checkIn, mode: 'local' } as const
const checkInOn = { rules: { ...galleryConfig.rules, checkIn: local } }
const releaseOn = { rules: { ...galleryConfig.rules, checkIn: { ...local, isReleaseOn: true } } }
const started = (minute: number, second = 0) => [meeting(at(10, minute, second), at(11), '周会', null)]

describe('what is offered', () => {
  it('a free room: every length that fits and until the next meeting, nothing longer', async () => {
    await show({ meetings: [meeting(at(11), at(12), '周会', null)] })
    expect(buttons()).toEqual(['book-15', 'book-30', 'book-until-next'])
    expect(text('book-15')).toBe('15分钟')
    expect(text('book-until-next')).toBe('至11:00')
  })

  it('on a grid each button shows what will really be booked, once', async () => {
    await show({
      room: scenarios.freeOnGrid.snapshot.room,
      meetings: [meeting(at(11, 30), at(12), '周会', null)],
    })
    expect(screen.getAllByRole('button').map(({ textContent }) => textContent.trim())).toEqual([
      '10:30 – 11:0030 分钟',
      '10:30 – 11:3060 分钟',
    ])
  })

  it('nothing while the state is unknown, pending, out of service, or the platform can do nothing', async () => {
    const cases: Partial<RoomSnapshot>[] = [
      { freshness: { staleAtMs: 0, unknownAtMs: 0 } },
      { fetchedAtMs: null, horizon: null, health: { kind: 'broken', reason: 'auth' } },
      { meetings: [meeting(at(10), at(11), 'x', null, { state: 'pending' })] },
      { closures: [{ fromMs: at(8), untilMs: at(20), reason: null }] },
      { capabilities: galleryCapabilities },
    ]
    for (const one of cases) {
      await show(one)
      expect(buttons()).toEqual([])
      cleanup()
    }
  })

  it('nothing an admin switched off, and its code is not even loaded', async () => {
    await show({}, { config: { actions: { checkIn: 'off', book: 'off', extend: 'off', end: 'off' } } })
    await settle()
    expect(screen.queryByTestId('actions')).toBeNull()
    expect(buttons()).toEqual([])
  })

  it('a busy room: extensions where nothing follows, and the end', async () => {
    await show({ meetings: [meeting(at(10), at(11), 'a', null), meeting(at(11, 20), at(12), 'b', null)] })
    expect(buttons()).toEqual(['extend-15', 'end-now'])
  })

  it('the next group can check in while the present one still meets', async () => {
    const { press, asked } = await show(
      { ...scenarios.busyNextCheckIn.snapshot, ...fresh },
      { config: checkInOn },
    )
    expect(buttons()).toEqual(['check-in-next', 'end-now'])
    await press('check-in-next')
    expect(asked('meeting.checkIn')).toMatchObject([
      { meetingId: expect.stringContaining('供应链') as string },
    ])
  })

  it('nor does it wait for a group that has yet to check in; each button says whose it is', async () => {
    const { press, asked } = await show(
      { ...scenarios.checkInBoth.snapshot, ...fresh },
      { config: checkInOn },
    )
    expect(buttons()).toEqual(['check-in', 'check-in-next'])
    expect(text('check-in-next')).toBe('为 10:25 的会议签到')
    await press('check-in-next')
    expect(asked('meeting.checkIn')).toMatchObject([
      { meetingId: expect.stringContaining('供应链') as string },
    ])
  })
})

const galleryCapabilities = {
  titles: 'all',
  organizers: true,
  approval: true,
  platformCheckIn: false,
} as const

describe('a press', () => {
  it('sends one request however often it is pressed, and shows at once that it is on its way', async () => {
    let answer: (result: ApiResult<ActionOutcome>) => void = () => undefined
    const { press, asked } = await show({}, { answer: () => new Promise((resolve) => (answer = resolve)) })
    await press('book-15')
    await press('book-15')
    await press('book-30')
    expect(asked('room.book')).toMatchObject([{ startMs: null, minutes: 15, pin: null }])
    expect(screen.getByTestId('book-15').dataset['pending']).toBe('true')
    expect(screen.getByTestId<HTMLButtonElement>('book-30').disabled).toBe(true)
    answer(done)
    await settle()
    expect(screen.getByTestId('book-15').dataset['pending']).toBe('false')
    expect(text('action-message')).toContain('已预订 10:19 – 10:34')
  })

  it('what was shown as a range is asked for as that range, after a second look where the grid moved it', async () => {
    const { press, asked } = await show({ room: scenarios.freeOnGrid.snapshot.room, meetings: [] })
    await press('book-15')
    expect(asked('room.book')).toEqual([])
    expect(text('confirm-sheet')).toContain('10:30 – 11:00')
    await press('confirm')
    expect(asked('room.book')).toMatchObject([{ startMs: at(10, 30), minutes: 30 }])
  })

  it('ends a meeting only by a second press', async () => {
    const { press, asked } = await show({ meetings: [meeting(at(10), at(11), 'a', null)] })
    await press('end-now')
    await press('confirm-cancel')
    expect(asked('meeting.end')).toEqual([])
    await press('end-now')
    await press('confirm')
    expect(asked('meeting.end')).toHaveLength(1)
    expect(screen.queryByTestId('confirm-sheet')).toBeNull()
  })

  it('a transport that fails is told, as unclear and without a code', async () => {
    const { press } = await show({}, { answer: () => ({ ok: false, error: { code: 'unavailable' } }) })
    await press('book-15')
    expect(screen.getByTestId('action-message').dataset['tone']).toBe('unclear')
  })

  it('a message goes away by a tap', async () => {
    const { press } = await show(
      {},
      { answer: () => ({ ok: true, data: { kind: 'refused', reason: 'taken' } }) },
    )
    await press('book-15')
    expect(text('action-message')).toContain('订走')
    await press('action-message')
    expect(screen.queryByTestId('action-message')).toBeNull()
  })

  it('a finger held on the row asks why a length is missing and books nothing', async () => {
    const { clock, asked } = await show({ meetings: [meeting(at(11), at(12), '周会', null)] })
    const button = screen.getByTestId('book-15')
    button.dispatchEvent(new MouseEvent('pointerdown', { bubbles: true }))
    await clock.advance(600)
    button.dispatchEvent(new MouseEvent('pointerup', { bubbles: true }))
    button.click()
    await settle()
    expect(text('action-message')).toContain('45 分钟 · 60 分钟：之后已有预订')
    expect(asked('room.book')).toEqual([])
    button.click()
    await settle()
    expect(asked('room.book')).toHaveLength(1)
  })
})

describe('a PIN', () => {
  it('is asked for first; a wrong one is told and asked again, with the time to wait', async () => {
    const answers: ApiResult<ActionOutcome>[] = [
      { ok: true, data: { kind: 'refused', reason: 'wrongPin', waitMs: 2_000 } },
      done,
    ]
    const { press, asked, clock } = await show(
      {},
      { config: actionsOf({ book: 'pin' }), answer: () => answers.shift() ?? done },
    )
    await press('book-15')
    expect(asked('room.book')).toEqual([])
    for (const digit of '1357') await press(`pin-key-${digit}`)
    expect(screen.getByTestId('pin-sheet-dots').dataset['length']).toBe('4')
    await press('pin-key-finish')
    expect(asked('room.book')).toMatchObject([{ pin: '1357' }])
    expect(text('pin-sheet-error')).toBe('PIN 不正确，0 分 02 秒后可再试。')
    expect(screen.getByTestId<HTMLButtonElement>('pin-key-1').disabled).toBe(true)
    await clock.advance(2_000)
    expect(text('pin-sheet-error')).toBe('PIN 不正确，请再试一次。')
    await press('pin-key-1')
    await press('pin-key-finish')
    expect(screen.queryByTestId('pin-sheet')).toBeNull()
    expect(text('action-message')).toContain('已预订')
  })

  it('is never left in the document and the prompt goes away by itself', async () => {
    const { press, clock, view } = await show({}, { config: actionsOf({ book: 'pin' }) })
    await press('book-15')
    for (const digit of '9876') await press(`pin-key-${digit}`)
    expect(view.container.innerHTML).not.toContain('9876')
    await clock.advance(30_000)
    expect(screen.queryByTestId('pin-sheet')).toBeNull()
  })

  it('a core that wants one although the screen did not know asks for it', async () => {
    const { press } = await show(
      {},
      { answer: () => ({ ok: true, data: { kind: 'refused', reason: 'pin' } }) },
    )
    await press('book-15')
    expect(screen.queryByTestId('pin-sheet')).not.toBeNull()
  })
})

describe('check-in', () => {
  it('counts the last minute down on the button that keeps the room; the same press', async () => {
    const { clock, press, asked } = await show({ meetings: started(10, 5) }, { config: releaseOn })
    expect(buttons()).toEqual(['check-in'])
    await clock.advance(21_000)
    expect(buttons()).toEqual(['keep-room'])
    expect(text('release-countdown')).toBe('0 分 44 秒后释放')
    await clock.advance(1_000)
    expect(text('release-countdown')).toBe('0 分 43 秒后释放')
    await press('keep-room')
    expect(asked('meeting.checkIn')).toHaveLength(1)
  })

  it('warns of nothing where this meeting is never released', async () => {
    const meetings = started(10, 5).map((one) => ({ ...one, endMs: one.startMs + 5 * 3_600_000 }))
    const { clock } = await show({ meetings }, { config: releaseOn })
    await clock.advance(21_000)
    expect(buttons()).toEqual(['check-in'])
  })

  it('warns of nothing where nothing is released', async () => {
    const { clock } = await show({ meetings: started(10) }, { config: checkInOn })
    await clock.advance(16_000)
    expect(buttons()).toEqual(['check-in'])
  })
})

describe('the note that the check-in button is there', () => {
  it('is sent at once and every 20 s', async () => {
    const { clock, asked } = await show({ meetings: started(15) }, { config: checkInOn })
    await settle()
    expect(asked('checkIn.noteShown')).toHaveLength(1)
    await clock.advance(60_000)
    expect(asked('checkIn.noteShown')).toHaveLength(4)
  })

  it('speaks for every group that can check in, or its meeting could never be given back', async () => {
    const { asked } = await show({ ...scenarios.checkInBoth.snapshot, ...fresh }, { config: checkInOn })
    await settle()
    expect(asked('checkIn.noteShown')).toMatchObject(
      scenarios.checkInBoth.snapshot.meetings.slice(1).map(({ id }) => ({ meetingId: id })),
    )
  })

  it('stops while the settings cover it and while the page is hidden, and goes on after', async () => {
    const { clock, asked, view } = await show({ meetings: started(15) }, { config: checkInOn })
    await view.rerender({ isCovered: true })
    const before = asked('checkIn.noteShown').length
    await clock.advance(60_000)
    expect(asked('checkIn.noteShown')).toHaveLength(before)
    await view.rerender({ isCovered: false })
    expect(asked('checkIn.noteShown')).toHaveLength(before + 1)
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    document.dispatchEvent(new Event('visibilitychange'))
    await clock.advance(60_000)
    expect(asked('checkIn.noteShown')).toHaveLength(before + 1)
    visibility.mockReturnValue('visible')
    document.dispatchEvent(new Event('visibilitychange'))
    expect(asked('checkIn.noteShown')).toHaveLength(before + 2)
    visibility.mockRestore()
  })

  it('stops while a sheet covers it', async () => {
    const { clock, asked, press } = await show(
      { meetings: started(15) },
      { config: { ...checkInOn, ...actionsOf({ checkIn: 'pin' }) } },
    )
    await press('check-in')
    const before = asked('checkIn.noteShown').length
    await clock.advance(25_000)
    expect(asked('checkIn.noteShown')).toHaveLength(before)
  })

  it('is never sent where no button is', async () => {
    const { clock, asked } = await show(
      { meetings: started(15) },
      { config: { ...checkInOn, ...actionsOf({ checkIn: 'off' }) } },
    )
    await clock.advance(60_000)
    expect(asked('checkIn.noteShown')).toEqual([])
  })
})

describe('a later slot', () => {
  /** jsdom has no layout: the track stands for the whole day from 0 to 1440, a pixel a minute. */
  const tap = async (hour: number, minute: number): Promise<void> => {
    const track = screen.getByTestId('timeline').querySelector<HTMLElement>('.track')!
    track.getBoundingClientRect = () => ({ top: 0, height: 1_440 }) as DOMRect
    track.dispatchEvent(new MouseEvent('click', { bubbles: true, clientY: hour * 60 + minute }))
    await settle()
    await nextTick()
  }

  it('is booked by a tap on the day, from the quarter that was meant', async () => {
    const { press, asked } = await show({ meetings: [meeting(at(15), at(16), '周会', null)] })
    await tap(14, 20)
    expect(text('slot-sheet')).toContain('14:15')
    expect(screen.getByTestId('slot-45').textContent).toContain('14:15 – 15:00')
    await press('slot-15')
    expect(asked('room.book')).toMatchObject([{ startMs: at(14, 15), minutes: 15 }])
    expect(screen.queryByTestId('slot-sheet')).toBeNull()
  })

  it('begins where the meeting before it ends', async () => {
    await show({ meetings: [meeting(at(13), at(14, 20), '周会', null)] })
    await tap(14, 25)
    expect(text('slot-sheet')).toContain('14:20')
  })

  it('is not offered in the past, in an unknown room, or where booking is off', async () => {
    await show({})
    await tap(8, 0)
    expect(screen.queryByTestId('slot-sheet')).toBeNull()
    cleanup()
    await show({ freshness: { staleAtMs: 0, unknownAtMs: 0 } })
    await tap(14, 0)
    expect(screen.queryByTestId('slot-sheet')).toBeNull()
    cleanup()
    await show({}, { config: actionsOf({ book: 'off' }) })
    await tap(14, 0)
    expect(screen.queryByTestId('slot-sheet')).toBeNull()
  })

  it('says why it cannot be had', async () => {
    const { press } = await show({ meetings: [meeting(at(15), at(16), '周会', null)] })
    await tap(14, 45)
    await press('slot-later')
    expect(screen.queryByTestId('slot-15')).toBeNull()
    expect(text('slot-reason')).toContain('已有预订')
  })
})

describe('a running video meeting', () => {
  const withVideo = (url: string | null, isRunning = true) => [
    { ...meeting(at(10), at(11), 'a', null), video: { topic: '评审', url, isRunning } },
  ]

  it('can be joined by its code, with its topic', async () => {
    await show({ meetings: withVideo('https://meeting.example/abc') })
    await vi.waitFor(() => screen.getByTestId('video-qr'))
    expect(text('video-topic')).toBe('评审')
    expect(screen.getByTestId('video-qr').querySelector('svg')).not.toBeNull()
  })

  it('has none without an address, or before it runs', async () => {
    await show({ meetings: withVideo(null) })
    await settle()
    expect(screen.queryByTestId('video-qr')).toBeNull()
    cleanup()
    await show({ meetings: withVideo('https://meeting.example/abc', false) })
    await settle()
    expect(screen.queryByTestId('video-qr')).toBeNull()
  })
})

describe('nothing flickers', () => {
  it.each([
    ['free', [meeting(at(12), at(13), '周会', null)], ['clock', 'status-lead']],
    ['busy', [meeting(at(10), at(11), '周会', null)], ['clock', 'meeting-progress', 'status-lead']],
  ] as const)(
    'a quiet minute of a %s room with buttons touches no button',
    async (_kind, meetings, expected) => {
      const { view, clock } = await show({ meetings })
      await clock.advance(2_000)
      const touched: string[] = []
      const observer = new MutationObserver((records) => {
        for (const { target } of records) {
          const element = target instanceof Element ? target : target.parentElement
          touched.push(element?.closest('[data-testid]')?.getAttribute('data-testid') ?? 'nothing')
        }
      })
      observer.observe(view.container, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      })
      await clock.advance(60_000)
      await nextTick()
      expect([...new Set(touched)].sort()).toEqual(expected)
    },
  )

  it('a refresh that brings the same touches nothing', async () => {
    const { view, api, clock, published } = await show({ meetings: [meeting(at(12), at(13), '周会', null)] })
    let touches = 0
    new MutationObserver((records) => (touches += records.length)).observe(view.container, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    })
    const again = structuredClone({ ...published.snapshot, revision: 9 })
    api.emit('room.changed', { snapshot: again, sentAtMs: clock.now() })
    await settle()
    await nextTick()
    expect(touches).toBe(0)
  })
})
