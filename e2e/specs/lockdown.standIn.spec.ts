import { ipcChannels } from '../../src/shared/api/bridge.ts'
import { expect, test } from '../fixtures/test.ts'
import type { Door } from '../fixtures/test.ts'
import type { StandInRun } from '../standIn/launchStandIn.ts'
import type { FrameFacts } from '../standIn/wire.ts'

const PANEL = 'app://panel/index.html'

function runOf({ display }: Door): StandInRun {
  if (!display.standIn) throw new Error('this spec needs the stand-in')
  return display.standIn
}

const windowOf = (run: StandInRun): number => [...run.pages.open.keys()][0] ?? 0

test('the window is asked for with every lock, in front of everything', async ({ door }) => {
  await door.screen.expectStatus('free')
  const run = runOf(door)
  const [options] = run.calls('BrowserWindow.new')[0] ?? []
  expect(options).toMatchObject({
    kiosk: true,
    fullscreen: true,
    frame: false,
    closable: false,
    alwaysOnTop: true,
    width: 1280,
    height: 800,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      devTools: false,
      disableDialogs: true,
      navigateOnDragDrop: false,
      allowRunningInsecureContent: false,
    },
  })
  expect(run.calls('BrowserWindow.new')).toHaveLength(1)
  expect(run.calls('app.enableSandbox')).toHaveLength(1)
  expect(run.calls('Menu.setApplicationMenu')).toEqual([[null]])
  expect(run.calls('powerSaveBlocker.start')).toEqual([['prevent-display-sleep']])
})

test('the scheme loosens nothing, and every page of it carries the policy', async ({ door }) => {
  const run = runOf(door)
  const [schemes] = run.calls('protocol.registerSchemesAsPrivileged')[0] ?? []
  expect(schemes).toEqual([
    {
      scheme: 'app',
      privileges: expect.not.objectContaining({ bypassCSP: true, allowServiceWorkers: true }) as unknown,
    },
  ])
  const page = await run.app.call('fetchPage', { url: PANEL, method: 'GET', headers: {} })
  const policy = page?.headers['content-security-policy'] ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/unsafe-|\*|https?:/)
  // Print, alert and their kin open a box that waits for somebody, and nobody is there.
  expect(policy).toMatch(/sandbox allow-/)
  expect(policy).not.toContain('allow-modals')
  expect(page?.headers['x-content-type-options']).toBe('nosniff')
})

const noPages = [
  'app://panel/../package.json',
  'app://panel/..%2f..%2fpackage.json',
  'app://panel/%2e%2e/main/index.js',
  'app://panel/assets/..%5c..%5cmain/index.js',
  'app://panel//etc/passwd',
  'app://other/index.html',
  'app://panel.evil.example/index.html',
]

test('nothing but the built pages can be fetched, however the address is written', async ({ door }) => {
  for (const url of noPages) {
    const answer = await runOf(door).app.call('fetchPage', { url, method: 'GET', headers: {} })
    expect(answer?.status, url).toBe(404)
    expect(answer?.body, url).toHaveLength(0)
  }
})

test('permissions, devices, windows, other pages and downloads are denied', async ({ door }) => {
  const run = runOf(door)
  const ask = (question: string, ...args: readonly unknown[]) =>
    run.app.call('ask', question, windowOf(run), ...args)
  for (const permission of [
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'fullscreen',
    'openExternal',
  ]) {
    expect(await ask('permission', permission), permission).toBe(false)
    expect(await ask('permissionCheck', permission), permission).toBe(false)
  }
  expect(await ask('device')).toBe(false)
  expect(await ask('download')).toBe(true)
  expect(await ask('windowOpen', 'https://example.com/')).toBe('deny')
  for (const url of [
    'https://example.com/',
    'file:///etc/passwd',
    'app://panel.evil.example/',
    'javascript:alert(1)',
  ]) {
    expect(await ask('navigation', url), url).toBe(true)
  }
  expect(await run.app.call('emit', 'webContents', 'will-attach-webview', {}, {})).toBe(true)
})

test('the page itself cannot leave, and knows nothing of Node', async ({ door }) => {
  const { page } = door.screen
  await door.screen.expectStatus('free')
  expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true)
  await page.evaluate(() => {
    location.href = 'http://example.com/'
  })
  const names = await page.evaluate(() =>
    ['require', 'process', 'module', 'global', 'Buffer'].filter((name) => name in globalThis),
  )
  expect(names).toEqual([])
  expect(
    await page.evaluate(() => Object.keys((globalThis as unknown as { doorplate: object }).doorplate)),
  ).toEqual(['request', 'on'])
  await door.screen.expectStatus('free')
})

const keys = [
  { key: 'F5', isStopped: true },
  { key: 'F11', isStopped: true },
  { key: 'F12', isStopped: true },
  { key: 'r', control: true, isStopped: true },
  { key: 'w', control: true, isStopped: true },
  { key: 'I', control: true, shift: true, isStopped: true },
  { key: 'F4', alt: true, isStopped: true },
  { key: 'ArrowLeft', alt: true, isStopped: true },
  { key: 'd', meta: true, isStopped: true },
  { key: '7', isStopped: false },
  { key: '议', isStopped: false },
  { key: 'Enter', isStopped: false },
] as const

test('keys that lead out of the panel do not reach it', async ({ door }) => {
  const run = runOf(door)
  for (const { isStopped, ...input } of keys) {
    const event = { type: 'keyDown', control: false, shift: false, alt: false, meta: false, ...input }
    const wasStopped = await run.app.call('emit', 'webContents', 'before-input-event', event)
    expect(wasStopped, JSON.stringify(input)).toBe(isStopped)
  }
  expect(await run.app.call('emit', 'window', 'close'), 'closing the window').toBe(true)
})

const strangers: readonly { readonly name: string; readonly frame: FrameFacts }[] = [
  { name: 'a frame that is gone', frame: null },
  { name: 'a frame inside our page', frame: { url: PANEL, isTop: false } },
  {
    name: 'another site',
    frame: { url: 'https://example.com/', isTop: true, origin: 'https://example.com' },
  },
  { name: 'another page of our scheme', frame: { url: 'app://evil/', isTop: true, origin: 'app://evil' } },
  {
    name: 'a name that begins like ours',
    frame: { url: 'app://panel.evil/', isTop: true, origin: 'app://panel.evil' },
  },
  { name: 'a file', frame: { url: 'file:///tmp/index.html', isTop: true, origin: 'file://' } },
  { name: 'a blank page', frame: { url: 'about:blank', isTop: true, origin: 'null' } },
  { name: 'our page cut off from its origin', frame: { url: PANEL, isTop: true, origin: 'null' } },
]

const routes = [
  'panel.open',
  'room.getSnapshot',
  'room.refresh',
  'session.unlock',
  'settings.get',
  'diagnostics.get',
  'kiosk.exit',
]

test('a stranger is answered nothing, whatever it asks', async ({ door }) => {
  await door.screen.expectStatus('free')
  for (const { name, frame } of strangers) {
    for (const route of routes) {
      const answer = await runOf(door).invokeFrom(frame, ipcChannels.request, route, {}, null)
      expect(answer, `${name} asks ${route}`).toEqual({ ok: false, error: { code: 'forbidden' } })
    }
  }
})

test('our own page is refused what it may not ask, with a code', async ({ door }) => {
  await door.screen.expectStatus('free')
  const run = runOf(door)
  const ask = async (...args: readonly unknown[]): Promise<unknown> => {
    const answer = (await run.invokeFrom({ url: PANEL, isTop: true }, ipcChannels.request, ...args)) as {
      readonly ok: boolean
      readonly error?: { readonly code: string }
    }
    return answer.ok ? 'ok' : answer.error?.code
  }
  expect(await ask('panel.open', { roomId: null })).toBe('ok')
  expect(await ask('panel.open', { roomId: 7 })).toBe('badRequest')
  expect(await ask('panel.open', { roomId: null, more: 1 })).toBe('badRequest')
  expect(await ask('panel.open', null)).toBe('badRequest')
  expect(await ask('panel.open', { roomId: 'x'.repeat(10_000_000) })).toBe('badRequest')
  expect(await ask('no.such')).toBe('unknownRoute')
  expect(await ask(['panel.open'])).toBe('unknownRoute')
  expect(await ask('toString', {})).toBe('unknownRoute')
  expect(await ask('settings.get', {}, 'a-made-up-token')).toBe('forbidden')
  expect(await ask('kiosk.exit', {}, null)).toBe('forbidden')
})

test('one channel is open and no other', async ({ door }) => {
  const run = runOf(door)
  const channels = await run.app.call('ask', 'channels', windowOf(run))
  expect(channels).toEqual([ipcChannels.request])
  await expect(run.invokeFrom({ url: PANEL, isTop: true }, 'electron-store-get-data')).rejects.toThrow(
    /No handler/,
  )
})
