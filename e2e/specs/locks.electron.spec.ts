import { skipWithout } from '../electron/skipWithout.ts'
import { runX11 } from '../electron/runX11.ts'
import { runOf } from '../electron/runOf.ts'
import { expect, test } from '../fixtures/test.ts'
import type { Door } from '../fixtures/test.ts'

// Ways out of the panel, tried with real keys and touches on the real runtime: docs/kiosk.md, "Two layers".

skipWithout('xdotool')

/** Chords as xdotool spells them. Meaning: browser, window, system and developer keys. */
const blocked = [
  ...['F1', 'F3', 'F4', 'F5', 'F6', 'F7', 'F10', 'F11', 'F12'],
  ...['ctrl+r', 'ctrl+shift+r', 'ctrl+w', 'ctrl+q', 'ctrl+n', 'ctrl+t', 'ctrl+shift+t', 'ctrl+shift+n'],
  ...['ctrl+p', 'ctrl+s', 'ctrl+o', 'ctrl+f', 'ctrl+g', 'ctrl+u', 'ctrl+j', 'ctrl+h', 'ctrl+l', 'ctrl+d'],
  ...['ctrl+shift+i', 'ctrl+shift+j', 'ctrl+plus', 'ctrl+minus', 'ctrl+0', 'ctrl+Tab'],
  ...['ctrl+F4', 'ctrl+F5', 'alt+F4', 'alt+Left', 'alt+Right', 'alt+Home', 'alt+d', 'alt+space'],
  ...['super+d', 'super+e', 'XF86Back', 'XF86Reload', 'XF86HomePage', 'XF86WWW', 'Menu', 'Print'],
]

const typed = [
  { chord: '7', key: '7' },
  { chord: 'a', key: 'a' },
  { chord: 'Tab', key: 'Tab' },
  { chord: 'ctrl+a', key: 'a' },
]

/** Modifiers by themselves do nothing. */
const MODIFIERS = /^(?:Control|Shift|Alt|Meta|AltGraph)$/

const press = (door: Door, chords: readonly string[]): Promise<string> =>
  runX11(runOf(door).screen, 'xdotool', [
    'mousemove',
    '640',
    '400',
    'key',
    '--clearmodifiers',
    '--delay',
    '20',
    ...chords,
  ])

async function noteKeys({ screen }: Door): Promise<() => Promise<readonly string[]>> {
  await screen.page.evaluate(() => {
    const seen: string[] = []
    Object.assign(window, { seenKeys: seen })
    window.addEventListener('keydown', ({ key }) => seen.push(key), { capture: true })
  })
  return () => screen.page.evaluate(() => (window as unknown as { seenKeys: string[] }).seenKeys)
}

for (const screenKind of ['xvfb', 'cage'] as const)
  test.describe(`keys on ${screenKind}`, () => {
    test.use({ screenKind })
    if (screenKind === 'cage') skipWithout('cage')

    // Without a window manager the keys go where the pointer is.
    test('those that lead out of the panel do not reach it, typing does', async ({ door }) => {
      await door.screen.expectStatus('free')
      const run = runOf(door)
      const { page } = door.screen
      const seen = await noteKeys(door)
      const typing = typed.map(({ key }) => key)
      // The keyboard is the panel's once one of its keys arrives.
      await expect
        .poll(async () => {
          await press(door, ['7'])
          return (await seen()).length
        })
        .toBeGreaterThan(0)
      const before = (await seen()).length
      await press(door, blocked)
      await press(
        door,
        typed.map(({ chord }) => chord),
      )
      const after = async () => (await seen()).slice(before).filter((key) => !MODIFIERS.test(key))
      await expect.poll(after).toEqual(typing)
      expect(page.url()).toBe('app://panel/index.html')
      expect(run.app.windows()).toHaveLength(1)
      expect(await page.evaluate(() => [devicePixelRatio, window.innerWidth])).toEqual([1, 1280])
      await door.screen.expectStatus('free')
    })
  })

test('pinch, wheel with Ctrl, long press and right click change nothing', async ({ door }) => {
  await door.screen.expectStatus('free')
  const { page } = door.screen
  const { screen, app } = runOf(door)
  const session = await app.context().newCDPSession(page)
  const at = { x: 640, y: 400 }
  await session.send('Input.synthesizePinchGesture', { ...at, scaleFactor: 3, gestureSourceType: 'touch' })
  await session.send('Input.synthesizeTapGesture', { ...at, duration: 900, gestureSourceType: 'touch' })
  await runX11(screen, 'xdotool', [
    'mousemove',
    '640',
    '400',
    'keydown',
    'ctrl',
    'click',
    '--repeat',
    '5',
    '4',
  ])
  await runX11(screen, 'xdotool', ['keyup', 'ctrl', 'click', '3'])
  const [scale, width, selected] = await page.evaluate(() => [
    window.visualViewport?.scale,
    window.innerWidth,
    String(window.getSelection()),
  ])
  expect({ scale, width, selected }).toEqual({ scale: 1, width: 1280, selected: '' })
  // A menu would be a window of its own.
  expect(app.windows()).toHaveLength(1)
  const windows = await runX11(screen, 'xdotool', ['search', '--onlyvisible', '--maxdepth', '1', ''])
  expect(windows.split('\n')).toHaveLength(2)
})

/** Each tries to leave, from the page's own world, with the rights a press gives. */
const departures: Readonly<Record<string, string>> = {
  location: `location.href = 'https://example.com/'`,
  replace: `location.replace('file:///etc/passwd')`,
  script: `location.href = 'javascript:document.body.remove()'`,
  history: `history.back(); history.go(-2)`,
  link: `const a = document.createElement('a'); a.href = 'https://example.com/'; document.body.append(a); a.click(); a.remove()`,
  blank: `const b = document.createElement('a'); b.href = 'https://example.com/'; b.target = '_blank'; document.body.append(b); b.click(); b.remove()`,
  form: `const f = document.createElement('form'); f.action = 'https://example.com/'; document.body.append(f); f.submit(); f.remove()`,
  open: `window.open('https://example.com/')`,
  download: `const d = document.createElement('a'); d.href = 'data:text/plain,x'; d.download = 'x.txt'; document.body.append(d); d.click(); d.remove()`,
  mail: `location.href = 'mailto:nobody@example.com'`,
}

test.describe('a page that wants to leave', () => {
  // The content policy says on the console what it refused.
  test.use({ expectedConsole: /./ })

  test('stays, opens nothing and saves nothing', async ({ door }) => {
    await door.screen.expectStatus('free')
    const { app } = runOf(door)
    // What the test itself showed first; no panel has a page before its own.
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.navigationHistory.clear(),
    )
    for (const [name, code] of Object.entries(departures)) {
      await app.evaluate(
        ({ BrowserWindow }, script) =>
          BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(`{ ${script} }; 0`, true),
        code,
      )
      expect(door.screen.page.url(), name).toBe('app://panel/index.html')
      await door.screen.expectStatus('free')
    }
    expect(app.windows()).toHaveLength(1)
    // Refusals are said; what never reached Electron was stopped by the page's own policy.
    expect(await door.display.log()).toContain('navigation refused')
  })

  test('that is handed a file stays', async ({ door }) => {
    await door.screen.expectStatus('free')
    const session = await runOf(door).app.context().newCDPSession(door.screen.page)
    const data = { items: [], files: ['/etc/hostname'], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, x: 640, y: 400, data })
    await door.screen.expectStatus('free')
    expect(door.screen.page.url()).toBe('app://panel/index.html')
  })

  test('gets no permission', async ({ door }) => {
    await door.screen.expectStatus('free')
    const answers = await door.screen.page.evaluate(async () => {
      const nameOf = (error: unknown): string => (error instanceof DOMException ? error.name : String(error))
      const media = (wanted: MediaStreamConstraints): Promise<string> =>
        navigator.mediaDevices.getUserMedia(wanted).then(() => 'granted', nameOf)
      return {
        camera: await media({ video: true }),
        microphone: await media({ audio: true }),
        place: await new Promise((resolve) =>
          navigator.geolocation.getCurrentPosition(
            () => resolve('granted'),
            ({ code }) => resolve(code),
          ),
        ),
        notifications: await Notification.requestPermission(),
        clipboard: await navigator.clipboard.readText().then(() => 'granted', nameOf),
      }
    })
    expect(answers).toEqual({
      camera: expect.stringMatching(/NotAllowed|NotFound/) as unknown,
      microphone: expect.stringMatching(/NotAllowed|NotFound/) as unknown,
      place: 1,
      notifications: 'denied',
      clipboard: 'NotAllowedError',
    })
  })

  test('cannot block itself with a box of the system', async ({ door }) => {
    await door.screen.expectStatus('free')
    const { page } = door.screen
    const boxes: string[] = []
    page.on('dialog', (dialog) => {
      boxes.push(dialog.type())
      dialog.dismiss().catch(() => undefined)
    })
    const answers = await page.evaluate(() => {
      window.print()
      window.alert('x')
      return window.confirm('x')
    })
    expect(answers).toBe(false)
    expect(boxes).toEqual([])
    await door.screen.expectStatus('free')
    const windows = await runX11(runOf(door).screen, 'xdotool', [
      'search',
      '--onlyvisible',
      '--maxdepth',
      '1',
      '',
    ])
    expect(windows.split('\n')).toHaveLength(2)
  })
})
