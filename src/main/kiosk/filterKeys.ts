import type { WebContents } from 'electron'
import { isKeyAllowed } from './isKeyAllowed.ts'

/** Lets only typing reach the page; see {@link isKeyAllowed}. */
export function filterKeys(contents: WebContents): void {
  contents.setIgnoreMenuShortcuts(true)
  contents.on('before-input-event', (event, input) => {
    if (!isKeyAllowed(input)) event.preventDefault()
  })
}
