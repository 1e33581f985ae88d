import { onScopeDispose, shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import type { Clock } from '../../time/Clock.ts'

const SHOWN_MS = 10_000

/** A reason somebody asked for; goes away by itself. */
export function useReasonMessage(clock: Clock): {
  readonly text: Readonly<ShallowRef<string | null>>
  readonly show: (text: string) => void
  readonly dismiss: () => void
} {
  const text = shallowRef<string | null>(null)
  let cancel = (): void => undefined

  function dismiss(): void {
    cancel()
    text.value = null
  }

  function show(reason: string): void {
    cancel()
    text.value = reason
    cancel = clock.schedule(SHOWN_MS, dismiss)
  }

  onScopeDispose(() => cancel())
  return { text, show, dismiss }
}
