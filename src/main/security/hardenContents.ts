import type { WebContents } from 'electron'
import type { Logger } from '../../core/ports/Logger.ts'

/** What is looked at of a navigation; a part of Electron's event. */
interface Leaving {
  preventDefault(): void
}

/**
 * Nails a page to its place: it cannot go anywhere, open anything, or hold another page. What we load ourselves does not
 * pass these events.
 */
export function hardenContents(contents: WebContents, log: Logger): void {
  const stay = (event: Leaving): void => {
    log.warn('navigation refused')
    event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => {
    log.warn('a new window was refused')
    return { action: 'deny' }
  })
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault()
    choose('')
  })
  // A page that asks before it lets go would hold up a reload for ever.
  contents.on('will-prevent-unload', (event) => event.preventDefault())
}
