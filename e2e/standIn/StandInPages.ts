import { readFileSync } from 'node:fs'
import type { BrowserContext, Frame, Page, Request, Route } from '@playwright/test'
import { appAddress, isShownApp, shownAddress } from './appAddress.ts'
import { pageBridgeScript } from './pageBridge.ts'
import type { PageAnswer, PageMessage } from './pageBridge.ts'
import type { Peer } from './Peer.ts'
import type { AppSide, FrameFacts, ScreenSize } from './wire.ts'

const BINDING = '__standInCall'
const MAILBOX = '__standInMailbox'

interface OpenPage {
  page: Page
  readonly preload: string | null
  size: ScreenSize
  /** The address the app asked for; going anywhere else is the page's own idea. */
  wanted: string | null
}

/** The Chromium pages behind the app's windows. */
export interface StandInPages {
  readonly open: ReadonlyMap<number, Page>
  openWindow(windowId: number, size: ScreenSize, preload: string | null): Promise<void>
  load(windowId: number, url: string): Promise<void>
  reload(windowId: number): Promise<void>
  closeWindow(windowId: number): Promise<void>
  sendToPage(windowId: number, channel: string, args: readonly unknown[]): Promise<void>
  crash(windowId: number): Promise<void>
  resize(windowId: number, size: ScreenSize): Promise<void>
  runScript(windowId: number, code: string): Promise<unknown>
  /** Every message the app gave to a page: answers and events. */
  readonly sent: readonly string[]
  /** Requests that went past the app's own protocol: a panel has no business there. */
  readonly strayRequests: readonly string[]
}

const factsOf = (frame: Frame): FrameFacts => ({
  url: appAddress(frame.url()),
  isTop: frame.parentFrame() === null,
})

/** @param onPage told every page that is opened, in place of a crashed one too */
export function createStandInPages(
  context: BrowserContext,
  app: () => Peer<AppSide>,
  onPage: (page: Page) => void,
): StandInPages {
  const windows = new Map<number, OpenPage>()
  const strayRequests: string[] = []
  const sent: string[] = []
  const note = <T>(value: T): T => {
    sent.push(JSON.stringify(value))
    return value
  }

  const opened = (windowId: number): OpenPage => {
    const found = windows.get(windowId)
    if (!found) throw new Error(`window ${windowId} is not open`)
    return found
  }

  async function answer(windowId: number, frame: Frame, message: PageMessage): Promise<PageAnswer> {
    const { kind, channel, args } = message
    try {
      if (kind === 'windowOpen') return { value: await app().call('ask', 'windowOpen', windowId, args[0]) }
      const method = kind === 'invoke' ? 'invoke' : 'sendToMain'
      return note({ value: await app().call(method, windowId, factsOf(frame), channel, args) })
    } catch (error: unknown) {
      return { error: error instanceof Error ? error.message : String(error) }
    }
  }

  async function fulfill(windowId: number, route: Route, request: Request): Promise<void> {
    const url = request.url()
    const window = opened(windowId)
    const isTop = request.isNavigationRequest() && request.frame() === window.page.mainFrame()
    if (isTop && url !== window.wanted) {
      const isStopped = await app().call('ask', 'navigation', windowId, appAddress(url))
      if (isStopped === true) return route.abort('aborted')
    }
    if (!isShownApp(url)) {
      strayRequests.push(url)
      return route.abort('blockedbyclient')
    }
    const found = await app().call('fetchPage', {
      url: appAddress(url),
      method: request.method(),
      headers: await request.allHeaders(),
    })
    if (found === null) return route.abort('failed')
    return route.fulfill({ ...found, body: Buffer.from(found.body) })
  }

  async function createPage(windowId: number, size: ScreenSize, preload: string | null): Promise<Page> {
    const page = await context.newPage()
    onPage(page)
    await page.setViewportSize(size)
    await page.exposeBinding(BINDING, ({ frame }, message: PageMessage) => answer(windowId, frame, message))
    if (preload !== null) {
      const source = { binding: BINDING, mailbox: MAILBOX }
      await page.addInitScript(pageBridgeScript(source, readFileSync(preload, 'utf8')))
    }
    // The line may be cut while a page still asks: the page is on its way out then.
    await page.route('**', (route, request) => fulfill(windowId, route, request).catch(() => undefined))
    page.on('crash', () => {
      // Chromium cannot bring a crashed page back under a test; Electron can. A fresh one will stand in for it.
      const told = page.close().then(() => app().call('rendererGone', windowId, 'crashed'))
      void told.catch(() => undefined)
    })
    return page
  }

  async function load(windowId: number, url: string): Promise<void> {
    const window = opened(windowId)
    if (window.page.isClosed()) window.page = await createPage(windowId, window.size, window.preload)
    window.wanted = shownAddress(url)
    const response = await window.page.goto(window.wanted, { waitUntil: 'load' })
    if (response && !response.ok()) throw new Error(`HTTP ${response.status()}`)
  }

  return {
    get open() {
      return new Map([...windows].map(([id, { page }]) => [id, page]))
    },
    strayRequests,
    sent,
    async openWindow(windowId, size, preload) {
      windows.set(windowId, { page: await createPage(windowId, size, preload), preload, size, wanted: null })
    },
    load,
    reload: (windowId) => load(windowId, appAddress(opened(windowId).wanted ?? 'about:blank')),
    async closeWindow(windowId) {
      const window = windows.get(windowId)
      windows.delete(windowId)
      await window?.page.close()
    },
    async sendToPage(windowId, channel, args) {
      const { page } = opened(windowId)
      note([channel, args])
      await page.evaluate(
        ([mailbox, name, values]) => {
          type Deliver = (channel: string, args: readonly unknown[]) => void
          const deliver = (globalThis as unknown as Record<string, Deliver | undefined>)[mailbox]
          deliver?.(name, values)
        },
        [MAILBOX, channel, args] as const,
      )
    },
    async crash(windowId) {
      const { page } = opened(windowId)
      const session = await context.newCDPSession(page)
      // Never answers: whoever would is gone.
      void session.send('Page.crash').catch(() => undefined)
    },
    async resize(windowId, size) {
      const window = opened(windowId)
      window.size = size
      await window.page.setViewportSize(size)
    },
    runScript: (windowId, code) => opened(windowId).page.evaluate(code),
  }
}
