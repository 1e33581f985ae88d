import { nextTick, onBeforeUnmount, onMounted } from 'vue'
import type { Ref } from 'vue'

const REACHABLE =
  'button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled)'

/** What {@link useModalFocus} keeps the keyboard in. */
export interface ModalFocusOptions {
  readonly page: Document
  /** Must be able to take the focus itself (`tabindex="-1"`). */
  readonly root: Readonly<Ref<HTMLElement | null>>
  readonly onEscape: () => void
}

/**
 * The keyboard of a question that lies over everything: it begins in it, stays in it, leaves it by Escape wherever the
 * focus got lost (the focused button was disabled, say), and goes back to where it came from.
 */
export function useModalFocus({ page, root, onEscape }: ModalFocusOptions): void {
  const cameFrom = page.activeElement

  function keepInside(event: KeyboardEvent, element: HTMLElement): void {
    const reachable = [...element.querySelectorAll<HTMLElement>(REACHABLE)]
    const [edge, other] = event.shiftKey ? [reachable[0], reachable.at(-1)] : [reachable.at(-1), reachable[0]]
    const focused = page.activeElement
    const isInside = focused !== element && element.contains(focused)
    if (isInside && focused !== edge) return
    event.preventDefault()
    other?.focus()
  }

  function onKey(event: KeyboardEvent): void {
    if (!root.value) return
    if (event.key === 'Tab') keepInside(event, root.value)
    if (event.key !== 'Escape') return
    event.stopPropagation()
    onEscape()
  }

  page.addEventListener('keydown', onKey, true)
  onMounted(async () => {
    await nextTick()
    root.value?.focus()
  })
  onBeforeUnmount(() => {
    page.removeEventListener('keydown', onKey, true)
    if (cameFrom instanceof HTMLElement && cameFrom.isConnected) cameFrom.focus({ preventScroll: true })
  })
}
