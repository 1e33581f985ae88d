import type { WebContents } from 'electron'
import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { createFakeClock } from '../../core/testing/fakeClock.ts'
import { createRecordingLogger } from '../../core/testing/recordingLogger.ts'
import { FakeWindow } from '../testing/fakeBrowserWindow.ts'
import { createKiosk } from './createKiosk.ts'
import { filterKeys } from './filterKeys.ts'
import { setAutostart } from './setAutostart.ts'

const screenBounds = { x: 0, y: 0, width: 1280, height: 800 }

function build() {
  const clock = createFakeClock(0)
  const window = new FakeWindow()
  const state = { isExiting: false, isOnTop: true, window: window as FakeWindow | null }
  const kiosk = createKiosk({
    clock,
    log: createRecordingLogger(),
    window: () => state.window?.asWindow() ?? null,
    bounds: () => screenBounds,
    isAlwaysOnTop: () => state.isOnTop,
    isExiting: () => state.isExiting,
  })
  kiosk.guard(window.asWindow())
  return { clock, window, kiosk, state }
}

describe('createKiosk', () => {
  it('takes the whole screen, above the taskbar, and the focus', async () => {
    const { clock, window, kiosk } = build()
    window.minimized = true
    kiosk.disturbed('shown')
    await clock.advance(0)
    expect(window.calls).toEqual([
      'restore',
      'setBounds',
      'setKiosk',
      'setFullScreen',
      'everywhere',
      'onTop:screen-saver',
      'moveTop',
      'focus',
    ])
    expect(window.bounds).toEqual(screenBounds)
  })

  it('stays among the other windows when the admin wants it so', async () => {
    const { clock, window, kiosk, state } = build()
    state.isOnTop = false
    kiosk.disturbed('shown')
    await clock.advance(0)
    expect(window.isOnTop).toBe(false)
  })

  it('asks for nothing that is so already: every call may bring another event', async () => {
    const { clock, window, kiosk } = build()
    kiosk.disturbed('shown')
    await clock.advance(0)
    window.calls.length = 0
    kiosk.disturbed('display')
    await clock.advance(2_000)
    expect(window.calls).toEqual(['onTop:screen-saver', 'moveTop'])
  })

  it.each(['blur', 'leave-full-screen', 'minimize', 'hide'])('answers %s', async (event) => {
    const { clock, window } = build()
    window.emit(event)
    await clock.advance(1_000)
    expect(window.calls).toContain('moveTop')
  })

  it.each(['resize', 'move'])(
    'takes full screen anew when %s tells that it was taken away without a word',
    async (event) => {
      const { clock, window, kiosk } = build()
      kiosk.disturbed('shown')
      await clock.advance(60_000)
      window.calls.length = 0
      // The window manager's doing: the window still believes to be full screen.
      window.bounds = { x: 100, y: 100, width: 400, height: 300 }
      window.emit(event)
      await clock.advance(1_000)
      expect(window.calls).toEqual([
        ...['setFullScreen', 'setBounds', 'setFullScreen', 'onTop:screen-saver', 'moveTop'],
      ])
      expect(window.bounds).toEqual(screenBounds)
      expect(window.fullScreen).toBe(true)
    },
  )

  it('hears nothing in the moves it asked for itself', async () => {
    const { clock, window, kiosk } = build()
    const setBounds = window.setBounds
    window.setBounds = (bounds) => {
      setBounds(bounds)
      window.emit('resize')
      window.emit('move')
    }
    kiosk.disturbed('shown')
    await clock.advance(60_000)
    expect(window.calls.filter((call) => call === 'moveTop')).toHaveLength(1)
  })

  it('flips full screen once where the system gives other bounds than it was asked for, as Wayland does', async () => {
    const { clock, window, kiosk } = build()
    Object.assign(window, { setBounds: () => undefined, fullScreen: true })
    for (let turn = 0; turn < 5; turn += 1) {
      kiosk.disturbed('display')
      await clock.advance(10_000)
    }
    expect(window.calls.filter((call) => call === 'setFullScreen')).toHaveLength(2)
  })

  it('stays calm in a fight: a window that steals the focus back at once does not heat the tablet', async () => {
    const { clock, window, kiosk } = build()
    window.focus = () => {
      window.calls.push('focus')
      window.emit('blur')
    }
    kiosk.disturbed('blur')
    await clock.advance(600_000)
    expect(window.calls.filter((call) => call === 'focus').length).toBeLessThanOrEqual(61)
  })

  it('lets go when the app is leaving, and waits while there is no window', async () => {
    const { clock, window, kiosk, state } = build()
    state.window = null
    kiosk.disturbed('resume')
    await clock.advance(5_000)
    state.window = window
    window.isGone = true
    kiosk.disturbed('resume')
    await clock.advance(5_000)
    window.isGone = false
    kiosk.disturbed('resume')
    state.isExiting = true
    await clock.advance(5_000)
    expect(window.calls).toEqual([])
  })
})

describe('filterKeys', () => {
  it('stops what is not typing before the page sees it', () => {
    const contents = Object.assign(new EventEmitter(), { setIgnoreMenuShortcuts: vi.fn() })
    filterKeys(contents as unknown as WebContents)
    const press = (key: string, control = false) => {
      const event = { preventDefault: vi.fn() }
      contents.emit('before-input-event', event, { key, control, alt: false, meta: false })
      return event.preventDefault.mock.calls.length === 1
    }
    expect([press('a'), press('F11'), press('r', true)]).toEqual([false, true, true])
    expect(contents.setIgnoreMenuShortcuts).toHaveBeenCalledWith(true)
  })
})

describe('setAutostart', () => {
  it.each([
    [null, 'win32', undefined],
    ['on', 'win32', { openAtLogin: true }],
    ['off', 'win32', { openAtLogin: false }],
    ['on', 'linux', undefined],
  ] as const)('%s on %s', (wish, platform, settings) => {
    const setLoginItemSettings = vi.fn()
    setAutostart(wish, { setLoginItemSettings }, platform, createRecordingLogger())
    expect(setLoginItemSettings.mock.calls).toEqual(settings ? [[settings]] : [])
  })
})
