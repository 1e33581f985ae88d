import type { Translate } from '../i18n/createDisplayI18n.ts'
import type { TimeFormat } from '../time/createTimeFormat.ts'
import { timeLeft } from './durationText.ts'
import type { OfferedPress } from './Press.ts'

/** The question before a press, and its two answers. */
export interface ConfirmText {
  readonly heading: string
  readonly text: string
  readonly confirm: string
  readonly cancel: string
}

/**
 * Asks once more: before a meeting ends, what is given back; before a booking whose start the grid moved, what is booked.
 * @param gridMinutes the room's grid; null where it has none
 */
export function confirmText(
  { press, range }: OfferedPress,
  {
    t,
    format,
    nowMs,
    gridMinutes,
  }: { t: Translate; format: TimeFormat; nowMs: number; gridMinutes: number | null },
): ConfirmText {
  if (press.name === 'end') {
    return {
      heading: t('actions.end.heading'),
      text: t('actions.end.text', { duration: timeLeft(range.untilMs - nowMs, t) }),
      confirm: t('actions.end.confirm'),
      cancel: t('actions.end.keep'),
    }
  }
  return {
    heading: t('actions.moved.heading', { range: format.range(range.fromMs, range.untilMs) }),
    text: t('actions.moved.text', { n: gridMinutes ?? 0, time: format.time(range.fromMs) }),
    confirm: t('actions.moved.confirm'),
    cancel: t('actions.cancel'),
  }
}
