import { spawn } from 'node:child_process'
import { SECOND_MS } from '../../src/shared/domain/duration.ts'
import { resizeCage } from '../electron/openCage.ts'
import { skipWithout } from '../electron/skipWithout.ts'
import { turnXorg } from '../electron/openXorg.ts'
import { runX11 } from '../electron/runX11.ts'
import { runOf } from '../electron/runOf.ts'
import { expect, test } from '../fixtures/test.ts'
import type { Door } from '../fixtures/test.ts'

// Screens that turn, and windows that get in the way: docs/kiosk.md, "Healing".

const upright = { width: 1280, height: 800 }
const turned = { width: 800, height: 1280 }

/** What a person sees: the page is as large as the screen. */
const pageSize = (door: Door) =>
  door.screen.page.evaluate(() => ({ width: window.innerWidth, height: window.innerHeight }))

async function expectFills(
  door: Door,
  size: { readonly width: number; readonly height: number },
): Promise<void> {
  const fills = async (): Promise<boolean> => {
    const { width, height } = await pageSize(door)
    return width === size.width && height === size.height
  }
  await door.passUntil(`the panel fills ${size.width} × ${size.height}`, fills, 10 * SECOND_MS)
}

test.describe('a screen of X11 that changes', () => {
  test.use({ screenKind: 'xorg' })
  skipWithout('Xorg', 'xrandr')
  test.skip(process.getuid?.() !== 0, 'an X server whose screen can be turned needs root')

  test('is filled after it was turned', async ({ door }) => {
    await door.screen.expectStatus('free')
    await expectFills(door, upright)
    await turnXorg(runOf(door).screen)
    await expectFills(door, turned)
    await door.screen.expectStatus('free')
  })
})

test.describe('a screen that is not plugged in', () => {
  test.use({ appArgs: ['--display=2'] })

  test('may be named all the same, which X11 programs mean otherwise', async ({ door }) => {
    await door.screen.expectStatus('free')
    await expectFills(door, upright)
  })
})

test.describe('under cage', () => {
  test.use({ screenKind: 'cage' })
  skipWithout('cage', 'xdotool')

  test('the panel fills the screen, also after it was turned', async ({ door }) => {
    await door.screen.expectStatus('free')
    await expectFills(door, upright)
    await resizeCage(runOf(door).screen, turned)
    await expectFills(door, turned)
    await door.simulator.addBooking({ room: 12, startInMinutes: -1 })
    await door.passUntilStatus('busy', 40 * SECOND_MS)
  })
})

test.describe('with a window manager', () => {
  skipWithout('openbox', 'wmctrl', 'xprop', 'xmessage')

  test('full screen that is taken away is taken back', async ({ door }) => {
    await door.screen.expectStatus('free')
    const end = await startManager(door)
    const [panel = ''] = await panelWindows(door)
    const narrowest = await noteWidths(door)
    await runX11(runOf(door).screen, 'wmctrl', ['-i', '-r', panel, '-b', 'remove,fullscreen,above'])
    await runX11(runOf(door).screen, 'wmctrl', ['-i', '-r', panel, '-e', '0,100,100,640,480'])
    await expect.poll(narrowest).toBeLessThan(upright.width)
    await expectFills(door, upright)
    end()
  })

  test('a window that is put above the panel is below it again', async ({ door }) => {
    await door.screen.expectStatus('free')
    const end = await startManager(door)
    const { screen } = runOf(door)
    const other = spawn('xmessage', ['-title', 'in the way', '-geometry', '400x300+100+100', 'text'], {
      env: { ...process.env, DISPLAY: screen.x11 },
      stdio: 'ignore',
    })
    await expect.poll(() => windowsBottomUp(door)).toHaveLength(2)
    await runX11(screen, 'wmctrl', ['-r', 'in the way', '-b', 'add,above'])
    await runX11(screen, 'wmctrl', ['-a', 'in the way'])
    const isInFront = async (): Promise<boolean> => {
      const [panel] = await panelWindows(door)
      return (await windowsBottomUp(door)).at(-1) === Number(panel)
    }
    await door.passUntil('the panel is in front', isInFront, 10 * SECOND_MS)
    other.kill()
    end()
  })
})

/** @returns asks for the least width the page has had since */
async function noteWidths({ screen: { page } }: Door): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const widths = [window.innerWidth]
    Object.assign(window, { seenWidths: widths })
    window.addEventListener('resize', () => widths.push(window.innerWidth))
  })
  return () => page.evaluate(() => Math.min(...(window as unknown as { seenWidths: number[] }).seenWidths))
}

/** @returns ends it */
async function startManager(door: Door): Promise<() => void> {
  const { screen } = runOf(door)
  const manager = spawn('openbox', [], { env: { ...process.env, DISPLAY: screen.x11 }, stdio: 'ignore' })
  await expect.poll(() => panelWindows(door).catch(() => [])).not.toEqual([])
  return () => manager.kill()
}

async function panelWindows(door: Door): Promise<readonly string[]> {
  const list = await runX11(runOf(door).screen, 'wmctrl', ['-l', '-p'])
  const ours = list.split('\n').filter((line) => line.split(/\s+/)[2] === String(runOf(door).pid))
  return ours.map((line) => line.split(/\s+/)[0] ?? '')
}

/** X11's ids of all windows, the topmost last. */
async function windowsBottomUp(door: Door): Promise<readonly number[]> {
  const said = await runX11(runOf(door).screen, 'xprop', ['-root', '_NET_CLIENT_LIST_STACKING'])
  return [...said.matchAll(/0x[0-9a-f]+/g)].map(([id]) => Number(id))
}
