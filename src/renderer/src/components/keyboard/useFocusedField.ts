import { onScopeDispose, shallowRef, watch } from 'vue'
import type { ShallowRef } from 'vue'
import type { Clock } from '../../time/Clock.ts'
import { isEditable } from './editField.ts'
import type { EditableField } from './editField.ts'

/** A press ends with a click; the keyboard comes and goes after it, or the page would move from under the finger. */
const AFTER_PRESS_MS = 80

/** The field the keys write to, and a way to put the keyboard away. */
export interface FocusedField {
  readonly field: Readonly<ShallowRef<EditableField | null>>
  readonly hide: () => void
}

/**
 * Follows the focus inside an element. The on-screen keyboard belongs to the focused field; it steps aside as soon as
 * somebody types on a real one and comes back with the next touch of a field.
 */
export function useFocusedField(root: Readonly<ShallowRef<HTMLElement | null>>, clock: Clock): FocusedField {
  const field = shallowRef<EditableField | null>(null)
  let hasRealKeyboard = false
  let isPressed = false
  /** What the focus went to; its keyboard may have to wait for the press to end. */
  let awaited: EventTarget | null = null
  let cancelClose = (): void => undefined

  function show(target: EventTarget | null): void {
    if (!isEditable(target) || hasRealKeyboard || target.dataset['keyboard'] === 'none') return
    cancelClose()
    field.value = target
  }

  function closeSoon(delayMs: number): void {
    cancelClose()
    cancelClose = clock.schedule(delayMs, () => {
      if (field.value !== root.value?.ownerDocument.activeElement) field.value = null
    })
  }

  function onFocusIn({ target }: FocusEvent): void {
    awaited = target
    if (!isPressed) show(target)
  }
  const onFocusOut = (): void => {
    awaited = null
    if (field.value && !isPressed) closeSoon(0)
  }
  function onPointerDown({ target }: PointerEvent): void {
    isPressed = true
    hasRealKeyboard = false
    // Focused already, and the keyboard was put away: the press asks for it again.
    if (target === root.value?.ownerDocument.activeElement) awaited = target
  }
  function onPointerEnd(): void {
    isPressed = false
    show(awaited)
    if (field.value) closeSoon(AFTER_PRESS_MS)
  }
  function onKeyDown({ target, key }: KeyboardEvent): void {
    // The on-screen keys send no key events, so this is a real keyboard.
    if (!isEditable(target) || (key.length !== 1 && key !== 'Backspace')) return
    hasRealKeyboard = true
    awaited = null
    field.value = null
  }

  /** A field that is taken away while it has the focus says nothing. */
  const watchdog = new MutationObserver(() => {
    if (field.value?.isConnected === false) field.value = null
  })

  function listen(element: HTMLElement): () => void {
    const page = element.ownerDocument
    element.addEventListener('focusin', onFocusIn)
    element.addEventListener('focusout', onFocusOut)
    element.addEventListener('pointerdown', onPointerDown)
    element.addEventListener('keydown', onKeyDown)
    page.addEventListener('pointerup', onPointerEnd)
    page.addEventListener('pointercancel', onPointerEnd)
    watchdog.observe(element, { childList: true, subtree: true })
    return () => {
      element.removeEventListener('focusin', onFocusIn)
      element.removeEventListener('focusout', onFocusOut)
      element.removeEventListener('pointerdown', onPointerDown)
      element.removeEventListener('keydown', onKeyDown)
      page.removeEventListener('pointerup', onPointerEnd)
      page.removeEventListener('pointercancel', onPointerEnd)
      watchdog.disconnect()
    }
  }

  let unlisten = (): void => undefined
  watch(
    root,
    (element) => {
      unlisten()
      unlisten = element ? listen(element) : () => undefined
      if (!element) field.value = null
    },
    { immediate: true, flush: 'post' },
  )
  onScopeDispose(() => {
    cancelClose()
    unlisten()
  })

  function hide(): void {
    const focused = field.value
    awaited = null
    field.value = null
    focused?.blur()
  }

  return { field, hide }
}
