import { onScopeDispose, ref } from 'vue'
import type { Ref } from 'vue'
import { SECOND_MS } from '../../../shared/domain/duration.ts'
import type { Clock } from '../time/Clock.ts'

/** What {@link useIdleReturn} watches and when it acts. */
export interface IdleOptions {
  readonly page: Window
  readonly clock: Clock
  /** Asked at every look. */
  readonly limitMs: () => number
  /** How long before the end the countdown is shown. */
  readonly warnMs: number
  /** Nobody did anything for that long. Called once. */
  readonly onReturn: () => void
  /** Somebody did something. */
  readonly onActivity: () => void
}

const signs = ['pointerdown', 'keydown', 'wheel', 'input'] as const

/**
 * Goes back to the display when nobody is there any more.
 * @returns seconds left, or null while there is no need to warn
 */
export function useIdleReturn({
  page,
  clock,
  limitMs,
  warnMs,
  onReturn,
  onActivity,
}: IdleOptions): Ref<number | null> {
  const secondsLeft = ref<number | null>(null)
  let lastMs = clock.monotonic()
  let cancel = (): void => undefined

  function look(): void {
    const leftMs = lastMs + limitMs() - clock.monotonic()
    if (leftMs <= 0) {
      secondsLeft.value = 0
      onReturn()
      return
    }
    secondsLeft.value = leftMs <= warnMs ? Math.ceil(leftMs / SECOND_MS) : null
    cancel = clock.schedule(leftMs > warnMs ? leftMs - warnMs : leftMs % SECOND_MS || SECOND_MS, look)
  }

  function notice(): void {
    lastMs = clock.monotonic()
    onActivity()
    // The timer that runs finds the later end by itself; only a shown warning has to go at once.
    if (secondsLeft.value === null) return
    cancel()
    look()
  }

  for (const sign of signs) page.addEventListener(sign, notice, { capture: true, passive: true })
  look()
  onScopeDispose(() => {
    cancel()
    for (const sign of signs) page.removeEventListener(sign, notice, { capture: true })
  })
  return secondsLeft
}
