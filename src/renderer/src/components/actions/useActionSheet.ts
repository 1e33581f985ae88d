import { computed, shallowRef } from 'vue'
import type { ComputedRef } from 'vue'
import type { OfferRules } from '../../../../shared/domain/offer.ts'
import type { RoomSnapshot } from '../../../../shared/domain/roomSnapshot.ts'
import { confirmText } from '../../display/confirmText.ts'
import type { OpenSheet } from '../../display/OpenSheet.ts'
import type { OfferedPress, Press, PressResult } from '../../display/Press.ts'
import type { Translate } from '../../i18n/createDisplayI18n.ts'
import type { Clock } from '../../time/Clock.ts'
import type { TimeFormat } from '../../time/createTimeFormat.ts'
import ConfirmSheet from './ConfirmSheet.vue'
import PinSheet from './PinSheet.vue'
import SlotSheet from './SlotSheet.vue'
import { usePinPrompt } from './usePinPrompt.ts'

/** What the sheets speak of; reactive. */
export interface SheetContext {
  readonly snapshot: RoomSnapshot
  readonly nowMs: number
  readonly format: TimeFormat
  readonly rules: OfferRules
  readonly gridMinutes: number | null
  /** A press is under way. */
  readonly isSending: boolean
}

/** How {@link useActionSheet} is told of the outside, and tells it. */
export interface ActionSheetOptions {
  readonly clock: Clock
  readonly t: Translate
  readonly context: () => SheetContext
  readonly onConfirm: (press: Press) => void
  readonly onSlot: (press: Press) => void
  readonly onPin: (press: Press, code: string) => void
}

/** The one question that may lie over the panel at a time: a second look, a later slot, the PIN. */
export interface ActionSheet {
  /** Sheets lie over the whole panel, so the panel draws them. */
  readonly open: ComputedRef<OpenSheet | null>
  readonly askToConfirm: (offered: OfferedPress) => void
  readonly pickSlot: (startMs: number) => void
  readonly askForPin: (press: Press) => void
  /** Takes in what came of a press that carried a PIN. @returns whether the PIN sheet stays and tells it itself */
  readonly takeResult: (press: Press, result: PressResult) => boolean
  /** Puts the second look away; its subject is no longer so. */
  readonly dropConfirm: () => void
  /** Puts the second look and the slot away. */
  readonly close: () => void
}

/** See {@link ActionSheet}. */
export function useActionSheet(options: ActionSheetOptions): ActionSheet {
  const { clock, t, context } = options
  const pin = usePinPrompt(clock, t)
  /** A press that waits to be confirmed, with the time it would take. */
  const asked = shallowRef<OfferedPress | null>(null)
  const slotMs = shallowRef<number | null>(null)

  function dropConfirm(): void {
    asked.value = null
  }

  function close(): void {
    dropConfirm()
    slotMs.value = null
  }

  function pinSheet(press: Press): OpenSheet {
    const props = {
      text: t(`actions.pin.${press.name}`),
      error: pin.error.value,
      isBusy: context().isSending,
      isLocked: pin.isLocked.value,
      onSubmit: (code: string) => options.onPin(press, code),
      onCancel: pin.close,
    }
    return { is: PinSheet, props }
  }

  function confirmSheet(offered: OfferedPress): OpenSheet {
    const onConfirm = (): void => options.onConfirm(offered.press)
    return {
      is: ConfirmSheet,
      props: { ...confirmText(offered, { t, ...context() }), onConfirm, onCancel: close },
    }
  }

  function slotSheet(startMs: number): OpenSheet {
    const { snapshot, rules, nowMs, format } = context()
    const onPress = ({ press }: OfferedPress): void => options.onSlot(press)
    return { is: SlotSheet, props: { startMs, snapshot, rules, nowMs, format, onPress, onCancel: close } }
  }

  return {
    open: computed(() => {
      if (pin.press.value) return pinSheet(pin.press.value)
      if (asked.value) return confirmSheet(asked.value)
      return slotMs.value === null ? null : slotSheet(slotMs.value)
    }),
    askToConfirm(offered) {
      asked.value = offered
    },
    pickSlot(startMs) {
      slotMs.value = startMs
    },
    askForPin: pin.ask,
    takeResult: pin.take,
    dropConfirm,
    close,
  }
}
