import { onMounted, onUnmounted } from 'vue'
import type { Clock } from '../time/Clock.ts'

/** What every code begins with. */
const PREFIX = 'doorplate:'
/** A scanner types faster than this; whoever types by hand begins anew. */
const PAUSE_MS = 1000

/**
 * Listens for a scanner that types a code on the page, ended by Enter. From the first letters of a code on its keys reach
 * nothing else: they would be taken for a PIN, or press a button.
 */
export function useScannedCode(deps: {
  readonly page: Pick<Window, 'addEventListener' | 'removeEventListener'>
  readonly clock: Clock
  readonly onCode: (code: string) => void
}): void {
  const { page, clock, onCode } = deps
  let typed = ''
  let lastAtMs = -Infinity

  function follow(key: string): void {
    const longer = typed + key
    if (longer.startsWith(PREFIX) || PREFIX.startsWith(longer)) typed = longer
    else typed = PREFIX.startsWith(key) ? key : ''
  }

  function onKey(event: KeyboardEvent): void {
    const { key, target } = event
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return
    if (clock.monotonic() - lastAtMs > PAUSE_MS) typed = ''
    lastAtMs = clock.monotonic()
    const isCode = typed.startsWith(PREFIX)
    if (key.length === 1) follow(key)
    if (!isCode) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (key !== 'Enter') return
    onCode(typed)
    typed = ''
  }

  onMounted(() => page.addEventListener('keydown', onKey, true))
  onUnmounted(() => page.removeEventListener('keydown', onKey, true))
}
