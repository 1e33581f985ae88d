import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import type { RoomStatus } from '../../src/shared/domain/roomStatus.ts'
import { findClippedTexts } from './findClippedTexts.ts'
import type { ClippedText } from './findClippedTexts.ts'
import { readHistory } from './statusHistory.ts'
import type { StatusChange } from './statusHistory.ts'

/** What the door says. */
export type StatusKind = RoomStatus['kind']

/** The room's screen as a person sees it, whatever runtime shows it. */
export class DisplayPage {
  readonly #current: () => Page

  /** @param current the page that shows the screen now: a restart or a crash brings a new one */
  constructor(current: () => Page) {
    this.#current = current
  }

  get page(): Page {
    return this.#current()
  }

  part(testId: string): Locator {
    return this.page.getByTestId(testId)
  }

  get panel(): Locator {
    return this.part('panel')
  }

  /** What the door says at this moment; null while no panel stands on the page. */
  status(): Promise<string | null> {
    return this.page.evaluate(
      () => document.querySelector('[data-testid="panel"]')?.getAttribute('data-status') ?? null,
    )
  }

  async expectStatus(...kinds: readonly StatusKind[]): Promise<void> {
    await expect
      .poll(async () => (await this.status().catch(() => 'no page')) ?? 'no panel', {
        message: `the door says ${kinds.join(' or ')}`,
        intervals: [20, 50, 100, 200],
      })
      .toMatch(new RegExp(`^(?:${kinds.join('|')})$`))
  }

  async expectStale(isStale: boolean): Promise<void> {
    await expect(this.panel).toHaveAttribute('data-stale', String(isStale))
  }

  /** Every status this page has shown since it was opened, in order. */
  history(): Promise<readonly StatusChange[]> {
    return readHistory(this.page)
  }

  /** Whether something can be scrolled that a person at the door would have to scroll. */
  async scrollable(): Promise<readonly string[]> {
    return this.page.evaluate(() => {
      const root = document.documentElement
      const names: string[] = []
      if (root.scrollWidth > root.clientWidth)
        names.push(`page: ${root.scrollWidth} wide in ${root.clientWidth}`)
      if (root.scrollHeight > root.clientHeight)
        names.push(`page: ${root.scrollHeight} high in ${root.clientHeight}`)
      for (const element of document.querySelectorAll<HTMLElement>('body *')) {
        const { overflowX, overflowY } = getComputedStyle(element)
        const scrolls = (value: string): boolean => value === 'auto' || value === 'scroll'
        const isTooWide = scrolls(overflowX) && element.scrollWidth > element.clientWidth
        const isTooHigh = scrolls(overflowY) && element.scrollHeight > element.clientHeight
        if (isTooWide || isTooHigh) names.push(element.dataset['testid'] ?? element.className)
      }
      return names
    })
  }

  /** See {@link findClippedTexts}. */
  async clippedTexts(): Promise<readonly ClippedText[]> {
    return this.page.evaluate(findClippedTexts)
  }
}
