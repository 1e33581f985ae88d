import { onScopeDispose, watch } from 'vue'
import type { DisplayApi } from '../../../../shared/api/DisplayApi.ts'
import type { Clock } from '../../time/Clock.ts'

/** Well under the minute after which the core no longer believes that the button is there. */
const EVERY_MS = 20_000

/** Where the button stands. */
export interface ShownNoteOptions {
  readonly api: DisplayApi
  readonly clock: Clock
  readonly page: Document
  /** The meetings whose check-in buttons nothing covers. Reactive. */
  readonly target: () => { readonly roomId: string; readonly meetingIds: readonly string[] }
}

/**
 * Tells the core that a check-in button is really there, every 20 s, while the page is visible: a meeting may only be
 * released if its people could check in.
 */
export function useShownNote({ api, clock, page, target }: ShownNoteOptions): void {
  let cancel = (): void => undefined

  function note(): void {
    cancel()
    const { roomId, meetingIds } = target()
    if (meetingIds.length === 0 || page.visibilityState !== 'visible') return
    for (const meetingId of meetingIds) void api.request('checkIn.noteShown', { roomId, meetingId })
    cancel = clock.schedule(EVERY_MS, note)
  }

  // After the flush: only then the button is in the document.
  watch(() => JSON.stringify(target()), note, { immediate: true, flush: 'post' })
  page.addEventListener('visibilitychange', note)
  onScopeDispose(() => {
    cancel()
    page.removeEventListener('visibilitychange', note)
  })
}
