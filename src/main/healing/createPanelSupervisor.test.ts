import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createFakeClock } from '../../core/testing/fakeClock.ts'
import { createRecordingLogger } from '../../core/testing/recordingLogger.ts'
import { FakeWindow } from '../testing/fakeBrowserWindow.ts'
import { createPanelSupervisor } from './createPanelSupervisor.ts'

const URL = 'app://panel/index.html'

function build(prepare: (window: FakeWindow) => void = () => undefined) {
  const clock = createFakeClock(0)
  const windows: FakeWindow[] = []
  const exits: number[] = []
  const onAnswer = vi.fn()
  const onHealthy = vi.fn()
  const supervisor = createPanelSupervisor({
    url: URL,
    clock,
    log: createRecordingLogger(),
    exit: { request: (code) => exits.push(code), isRequested: () => exits.length > 0 },
    onAnswer,
    onHealthy,
    openWindow: () => {
      const window = new FakeWindow()
      prepare(window)
      windows.push(window)
      return window.asWindow()
    },
  })
  supervisor.open()
  const last = (): FakeWindow => windows.at(-1)!
  const die = (reason: string): void =>
    void last().webContents.emit('render-process-gone', {}, { reason, exitCode: 1 })
  return { clock, windows, exits, onAnswer, onHealthy, supervisor, last, die }
}

describe('createPanelSupervisor', () => {
  it('loads the page and touches the heartbeat only while the page answers', async () => {
    const { clock, last, onAnswer } = build()
    expect(last().webContents.loads).toEqual([URL])
    await clock.advance(45_000)
    expect(onAnswer).toHaveBeenCalledTimes(3)
    last().webContents.life = 'blank'
    await clock.advance(45_000)
    expect(onAnswer).toHaveBeenCalledTimes(3)
  })

  it('loads again after a crash, in the same window', async () => {
    const { clock, windows, last, die } = build()
    die('crashed')
    await clock.advance(500)
    expect(last().webContents.loads).toHaveLength(2)
    expect(windows).toHaveLength(1)
  })

  it('loads again at once when the process ended without an error: the door is as dark as after a crash', async () => {
    const { clock, last, die, exits } = build()
    die('clean-exit')
    await clock.advance(500)
    expect(last().webContents.loads).toHaveLength(2)
    expect(exits).toEqual([])
  })

  it('opens a new window when the memory was full, and the old one is gone', async () => {
    const { clock, windows, die } = build()
    die('oom')
    await clock.advance(1_000)
    expect(windows.map((window) => window.isGone)).toEqual([true, false])
    expect(windows[1]!.webContents.loads).toEqual([URL])
  })

  it.each(['launch-failed', 'integrity-failure'])('asks for a new process at once after %s', (reason) => {
    const { die, exits, windows } = build()
    die(reason)
    expect(exits).toEqual([10])
    expect(windows[0]!.webContents.loads).toHaveLength(1)
  })

  it('ends a crash loop in a new process, though every load succeeds', async () => {
    const { clock, exits, windows, last } = build((window) => {
      const { webContents } = window
      webContents.loadURL = (url) => {
        webContents.loads.push(url)
        webContents.emit('did-finish-load')
        queueMicrotask(() => webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }))
        return Promise.resolve()
      }
    })
    await clock.advance(120_000)
    expect(exits).toEqual([10])
    expect(windows.length).toBeLessThanOrEqual(3)
    expect(last().webContents.loads.length).toBeLessThanOrEqual(4)
  })

  it('forgets old trouble after a healthy minute', async () => {
    const { clock, die, exits, onHealthy } = build()
    for (let day = 0; day < 20; day += 1) {
      die('crashed')
      await clock.advance(120_000)
    }
    expect(exits).toEqual([])
    expect(onHealthy).toHaveBeenCalledTimes(20)
  })

  it('ends a page that hangs for the whole grace, and not one that comes back', async () => {
    const { clock, last } = build()
    last().emit('unresponsive')
    await clock.advance(14_000)
    last().emit('responsive')
    await clock.advance(20_000)
    expect(last().webContents.kills).toBe(0)
    last().webContents.life = 'hang'
    last().emit('unresponsive')
    await clock.advance(15_500)
    expect(last().webContents.kills).toBe(1)
    expect(last().webContents.loads).toHaveLength(2)
  })

  it.each(['hang', 'blank', 'broken'] as const)(
    'notices by itself a page that is %s from its start, within two minutes',
    async (life) => {
      const { clock, last } = build()
      last().webContents.life = life
      await clock.advance(120_000)
      expect(last().webContents.kills).toBeGreaterThanOrEqual(1)
      expect(last().webContents.loads.length).toBeGreaterThanOrEqual(2)
    },
  )

  it('a page that froze and survives being ended is off the glass within a minute, in a new window', async () => {
    const { clock, windows } = build()
    await clock.advance(60_000)
    Object.assign(windows[0]!.webContents, { diesLoudly: false, life: 'hang' })
    await clock.advance(60_000)
    expect(windows.map((window) => window.isGone)).toEqual([true, false])
    expect(windows[0]!.webContents.loads).toHaveLength(1)
    expect(windows[1]!.webContents.loads).toEqual([URL])
  })

  it('a new window that freezes as well ends in a new process, in four minutes', async () => {
    const { clock, windows, exits } = build((window) => {
      Object.assign(window.webContents, { diesLoudly: false, life: 'hang' })
    })
    await clock.advance(240_000)
    expect(windows).toHaveLength(2)
    expect(exits).toEqual([10])
  })

  it('the new window is there before the old one goes: nothing behind them shows', async () => {
    const { clock, windows, die } = build()
    const order: string[] = []
    windows[0]!.on('closed', () => order.push(`closed beside ${windows.length}`))
    die('oom')
    await clock.advance(1_000)
    expect(order).toEqual(['closed beside 2'])
  })

  it('tries a page that does not load again and again, then a new process', async () => {
    const { clock, last, exits } = build((window) => {
      window.webContents.isLoadable = false
      window.webContents.life = 'blank'
    })
    await clock.advance(3_000)
    expect(last().webContents.loads).toHaveLength(3)
    await clock.advance(600_000)
    expect(exits).toEqual([10])
    expect(last().webContents.loads).toHaveLength(11)
  })

  it('starts counting failed loads anew once one succeeded', async () => {
    const { clock, last, exits } = build()
    for (let update = 0; update < 30; update += 1) {
      last().webContents.emit('did-fail-load', {}, -6, '', URL, true, 0, 0)
      await clock.advance(1_000)
      last().webContents.emit('did-finish-load')
    }
    expect(exits).toEqual([])
  })

  it('replaces a window that somebody closed', async () => {
    const { clock, windows, last } = build()
    last().destroy()
    await clock.advance(1_000)
    expect(windows).toHaveLength(2)
    expect(windows[1]!.isGone).toBe(false)
  })

  it('replaces the window of a broken preload and then the process: a page without its bridge shows nothing true', async () => {
    const { clock, windows, exits } = build((window) => {
      window.webContents.loadURL = () => {
        window.webContents.emit('preload-error', {}, '/preload/index.cjs', new Error('SyntaxError'))
        return Promise.resolve()
      }
    })
    await clock.advance(60_000)
    expect(windows).toHaveLength(3)
    expect(exits).toEqual([10])
  })

  it('does nothing any more once the exit was asked for', async () => {
    const { clock, windows, die, exits } = build()
    exits.push(0)
    die('crashed')
    windows[0]!.destroy()
    await clock.advance(600_000)
    expect(windows).toHaveLength(1)
    expect(exits).toEqual([0])
  })

  it('hears nothing of windows it has replaced', async () => {
    const { clock, windows, die, exits } = build()
    die('oom')
    await clock.advance(1_000)
    for (let late = 0; late < 9; late += 1) {
      windows[0]!.webContents.emit('render-process-gone', {}, { reason: 'launch-failed', exitCode: 1 })
    }
    expect(exits).toEqual([])
  })

  it('whatever happens to the pages, in the end there is a living one or a new process', async () => {
    const trouble = fc.record({
      kind: fc.constantFrom(
        'crashed',
        'oom',
        'killed',
        'clean-exit',
        'closed',
        'hang',
        'unresponsive',
        'failed-load',
      ),
      afterMs: fc.integer({ min: 0, max: 40_000 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(trouble, { maxLength: 25 }), async (list) => {
        const { clock, last, exits, supervisor, die } = build()
        for (const { kind, afterMs } of list) {
          await clock.advance(afterMs)
          const window = last()
          if (kind === 'closed') window.destroy()
          else if (kind === 'hang') window.webContents.life = 'hang'
          else if (kind === 'unresponsive') window.emit(kind)
          else if (kind === 'failed-load')
            window.webContents.emit('did-fail-load', {}, -6, '', URL, true, 0, 0)
          else die(kind)
        }
        for (let minute = 0; minute < 10 && exits.length === 0; minute += 1) {
          last().webContents.life = 'alive'
          await clock.advance(60_000)
        }
        expect(exits.length).toBeLessThanOrEqual(1)
        if (exits.length === 0) {
          expect(supervisor.window()).toBe(last())
          expect(last().isGone).toBe(false)
          expect(last().webContents.life).toBe('alive')
        } else expect(exits).toEqual([10])
      }),
      { numRuns: 200 },
    )
  })
})
