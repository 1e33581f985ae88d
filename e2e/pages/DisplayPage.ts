import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import type { RoomStatus } from '../../src/shared/domain/roomStatus.ts'
import { readHistory } from './statusHistory.ts'
import type { StatusChange } from './statusHistory.ts'

/** What the door says. */
export type StatusKind = RoomStatus['kind']

/** A text that does not fit where it stands. */
export interface ClippedText {
  readonly text: string
  readonly place: string
}

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
      .poll(() => this.status().catch(() => 'no page'), {
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

  /**
   * Texts that are cut. A text that ends in an ellipsis on purpose is not: it says so by `text-overflow` or a line clamp
   * and still shows its beginning.
   */
  async clippedTexts(): Promise<readonly ClippedText[]> {
    return this.page.evaluate(() => {
      const SLACK_PX = 1
      const endsOnPurpose = (style: CSSStyleDeclaration): boolean =>
        style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none'
      const clips = (style: CSSStyleDeclaration): boolean =>
        [style.overflowX, style.overflowY].some((value) => value === 'hidden' || value === 'clip')

      function boundsOf(node: Text): DOMRect {
        const range = document.createRange()
        range.selectNodeContents(node)
        return range.getBoundingClientRect()
      }
      /** What cuts the text: an ancestor that hides its overflow, or the edge of the screen. */
      function cutter(node: Text): string | null {
        const text = boundsOf(node)
        if (text.width === 0 || text.height === 0) return null
        for (let element = node.parentElement; element; element = element.parentElement) {
          const style = getComputedStyle(element)
          if (style.visibility === 'hidden' || style.opacity === '0') return null
          if (clips(style) && endsOnPurpose(style)) return null
          if (!clips(style)) continue
          // Drawn for assistive technology only.
          if (element.clientWidth <= 1 || element.clientHeight <= 1) return null
          const box = element.getBoundingClientRect()
          const isCut =
            text.left < box.left - SLACK_PX ||
            text.right > box.right + SLACK_PX ||
            text.top < box.top - SLACK_PX ||
            text.bottom > box.bottom + SLACK_PX
          if (isCut) return element.dataset['testid'] ?? `${element.tagName}.${element.className}`
        }
        const isOff =
          text.left < -SLACK_PX ||
          text.top < -SLACK_PX ||
          text.right > innerWidth + SLACK_PX ||
          text.bottom > innerHeight + SLACK_PX
        return isOff ? 'the screen' : null
      }

      const found: { text: string; place: string }[] = []
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!(node instanceof Text) || node.data.trim() === '') continue
        const place = cutter(node)
        if (place !== null) found.push({ text: node.data.trim(), place })
      }
      return found
    })
  }
}
