import { computed, onScopeDispose, shallowRef } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import { SECOND_MS } from '../../../../shared/domain/duration.ts'
import type { Press, PressResult } from '../../display/Press.ts'
import { countdown } from '../../display/durationText.ts'
import type { Translate } from '../../i18n/createDisplayI18n.ts'
import type { Clock } from '../../time/Clock.ts'

/** A press that waits for its PIN. */
export interface PinPrompt {
  readonly press: Readonly<ShallowRef<Press | null>>
  /** Why the last attempt was refused, and how long to wait. */
  readonly error: ComputedRef<string | null>
  readonly isLocked: ComputedRef<boolean>
  readonly ask: (press: Press) => void
  readonly close: () => void
  /** Takes in what came of an attempt. @returns whether the prompt stays and tells it itself */
  readonly take: (press: Press, result: PressResult) => boolean
}

/** Whether a result is about the PIN alone: nothing was done, and the next attempt may be right. */
function pinRefusal(result: PressResult): { isWrong: boolean; waitMs: number } | null {
  const waitMs = result.kind === 'refused' || result.kind === 'error' ? (result.waitMs ?? 0) : 0
  const why = result.kind === 'refused' ? result.reason : result.kind === 'error' ? result.code : null
  if (why === 'wrongPin') return { isWrong: true, waitMs }
  if (why === 'locked' || why === 'pin') return { isWrong: false, waitMs }
  return null
}

/** Asks for the PIN where an action needs one, and tells wrong attempts and the time to wait, second by second. */
export function usePinPrompt(clock: Clock, t: Translate): PinPrompt {
  const press = shallowRef<Press | null>(null)
  const refusal = shallowRef<{ isWrong: boolean; waitMs: number } | null>(null)
  const leftMs = shallowRef(0)
  let untilMs = 0
  let cancel = (): void => undefined

  function tick(): void {
    cancel()
    leftMs.value = Math.max(0, untilMs - clock.monotonic())
    if (leftMs.value > 0) cancel = clock.schedule(Math.min(SECOND_MS, leftMs.value), tick)
  }

  function close(): void {
    cancel()
    press.value = null
    refusal.value = null
    leftMs.value = 0
  }
  onScopeDispose(() => cancel())

  return {
    press,
    isLocked: computed(() => leftMs.value > 0),
    error: computed(() => {
      if (!refusal.value) return null
      const { isWrong } = refusal.value
      if (leftMs.value > 0)
        return t(isWrong ? 'actions.pin.wrongWait' : 'actions.pin.wait', { wait: countdown(leftMs.value, t) })
      return isWrong ? t('actions.pin.wrong') : null
    }),
    ask(wanted) {
      close()
      press.value = wanted
    },
    close,
    take(wanted, result) {
      const refused = pinRefusal(result)
      if (!refused) {
        close()
        return false
      }
      press.value = wanted
      refusal.value = refused
      untilMs = clock.monotonic() + refused.waitMs
      tick()
      return true
    },
  }
}
