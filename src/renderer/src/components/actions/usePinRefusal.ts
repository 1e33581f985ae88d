import { computed, onScopeDispose, shallowRef } from 'vue'
import type { ComputedRef } from 'vue'
import { SECOND_MS } from '../../../../shared/domain/duration.ts'
import type { PressResult } from '../../display/Press.ts'
import { countdown } from '../../display/durationText.ts'
import type { Translate } from '../../i18n/createDisplayI18n.ts'
import type { Clock } from '../../time/Clock.ts'

/** What the PIN sheet has to say about the last attempt. */
export interface PinRefusal {
  /** Why it was refused, and how long to wait. */
  readonly error: ComputedRef<string | null>
  readonly isLocked: ComputedRef<boolean>
  /** Takes in what came of a press. @returns whether it is about the PIN alone: the next attempt may be right */
  readonly take: (result: PressResult) => boolean
  /** Forgets it: the next sheet is about another press. */
  readonly clear: () => void
}

function refusalIn(result: PressResult): { isWrong: boolean; waitMs: number } | null {
  const waitMs = result.kind === 'refused' || result.kind === 'error' ? (result.waitMs ?? 0) : 0
  const why = result.kind === 'refused' ? result.reason : result.kind === 'error' ? result.code : null
  if (why === 'wrongPin') return { isWrong: true, waitMs }
  if (why === 'locked' || why === 'pin') return { isWrong: false, waitMs }
  return null
}

/** Tells wrong attempts and the time to wait, second by second. */
export function usePinRefusal(clock: Clock, t: Translate): PinRefusal {
  const refusal = shallowRef<{ isWrong: boolean; waitMs: number } | null>(null)
  const leftMs = shallowRef(0)
  let untilMs = 0
  let cancel = (): void => undefined

  function tick(): void {
    cancel()
    leftMs.value = Math.max(0, untilMs - clock.monotonic())
    if (leftMs.value > 0) cancel = clock.schedule(Math.min(SECOND_MS, leftMs.value), tick)
  }

  function clear(): void {
    cancel()
    refusal.value = null
    leftMs.value = 0
  }

  onScopeDispose(() => cancel())
  return {
    isLocked: computed(() => leftMs.value > 0),
    error: computed(() => {
      if (!refusal.value) return null
      const { isWrong } = refusal.value
      if (leftMs.value > 0)
        return t(isWrong ? 'actions.pin.wrongWait' : 'actions.pin.wait', { wait: countdown(leftMs.value, t) })
      return isWrong ? t('actions.pin.wrong') : null
    }),
    take(result) {
      clear()
      refusal.value = refusalIn(result)
      if (!refusal.value) return false
      untilMs = clock.monotonic() + refusal.value.waitMs
      tick()
      return true
    },
    clear,
  }
}
