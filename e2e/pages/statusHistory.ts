import type { BrowserContext, Page } from '@playwright/test'

/** One status the door showed. */
export interface StatusChange {
  readonly status: string
  /** The machine's wall time, whatever time the page was put on; epoch milliseconds. */
  readonly atMs: number
  /** Milliseconds since the page was asked for. */
  readonly sinceNavigationMs: number
}

const STORE = '__doorplateHistory'

/** Runs in the page before its own scripts, so that not even a single frame of a wrong status goes unseen. */
function keepHistory(store: string): void {
  if (window.top !== window) return
  const history: StatusChange[] = []
  // Taken hold of before a test's clock takes their place.
  const wallMs = Date.now.bind(Date)
  const monotonicMs = performance.now.bind(performance)
  Object.defineProperty(globalThis, store, { value: history })
  const look = (): void => {
    const status = document.querySelector('[data-testid="panel"]')?.getAttribute('data-status')
    if (status === null || status === undefined || history.at(-1)?.status === status) return
    history.push({ status, atMs: wallMs(), sinceNavigationMs: monotonicMs() })
  }
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['data-status'],
  })
}

/** From now on every page of the context keeps what its door has said. */
export const watchStatuses = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(keepHistory, STORE)

/** See {@link watchStatuses}. */
export const readHistory = (page: Page): Promise<readonly StatusChange[]> =>
  page.evaluate((store) => (globalThis as unknown as Record<string, StatusChange[]>)[store] ?? [], STORE)
