import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'

/** The settings screen, used by touch alone: everything is pressed, nothing is typed on a keyboard of the machine. */
export class SettingsPage {
  readonly #current: () => Page

  constructor(current: () => Page) {
    this.#current = current
  }

  get page(): Page {
    return this.#current()
  }

  part(testId: string): Locator {
    return this.page.getByTestId(testId)
  }

  /** Holds the hidden corner until the settings open. */
  async open(): Promise<void> {
    const box = await this.part('settings-entry').boundingBox()
    if (box === null) throw new Error('the corner is not on the screen')
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await this.page.mouse.down()
    await this.part('settings').waitFor()
    await this.page.mouse.up()
  }

  /** Types digits on the panel's own number pad. */
  async enterDigits(digits: string): Promise<void> {
    for (const digit of digits) await this.part(`key-${digit}`).click()
    const finish = this.part('key-finish')
    if (await finish.isVisible()) await finish.click()
  }

  async openSection(name: string): Promise<void> {
    await this.part(`section-${name}`).click()
    await expect(this.part(`section-${name}`)).toHaveAttribute('aria-current', 'page')
  }
}
