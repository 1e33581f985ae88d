import type { Core } from '../../core/Core.ts'
import type { Logger } from '../../core/ports/Logger.ts'
import { ipcChannels } from '../../shared/api/bridge.ts'

/** What is needed of a page to tell it something; a part of Electron's `WebContents`. */
export interface EventTarget {
  isDestroyed(): boolean
  isCrashed(): boolean
  send(channel: string, name: string, payload: unknown): void
}

/**
 * Passes every event of the core on to the pages that live at that moment.
 * @returns stops it
 */
export function broadcastEvents(
  core: Pick<Core, 'subscribe'>,
  livePages: () => readonly EventTarget[],
  log: Logger,
): () => void {
  return core.subscribe(({ name, payload }) => {
    for (const page of livePages()) {
      if (page.isDestroyed() || page.isCrashed()) continue
      try {
        page.send(ipcChannels.event, name, payload)
      } catch {
        // A page may die between the look and the send; it asks for the whole snapshot when it is back.
        log.warn('an event could not be sent', { name })
      }
    }
  })
}
