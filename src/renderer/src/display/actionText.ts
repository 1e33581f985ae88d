import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { Translate } from '../i18n/createDisplayI18n.ts'
import type { TimeFormat } from '../time/createTimeFormat.ts'
import { countdown } from './durationText.ts'
import type { Press, PressResult } from './Press.ts'

/** One result in words. */
export interface ActionText {
  readonly tone: 'sending' | 'done' | 'refused' | 'unclear'
  readonly text: string
}

/** What the sentences are made of. */
export interface ActionContext {
  readonly t: Translate
  readonly format: TimeFormat
  readonly nowMs: number
}

function doneText(press: Press, result: PressResult & { kind: 'done' }, context: ActionContext): string {
  const { t, format, nowMs } = context
  const { meeting } = result
  switch (press.name) {
    case 'checkIn':
      if (!meeting) return t('actions.done.checkIn')
      // The room is not theirs yet: somebody else may still be in it.
      return meeting.startMs > nowMs
        ? t('actions.done.checkInRange', { range: format.range(meeting.startMs, meeting.endMs) })
        : t('actions.done.checkInUntil', { time: format.timeOrDate(meeting.endMs, nowMs) })
    case 'book':
      return meeting
        ? t('actions.done.bookRange', { range: format.range(meeting.startMs, meeting.endMs) })
        : t('actions.done.book')
    case 'extend':
      return meeting
        ? t('actions.done.extendUntil', { time: format.timeOrDate(meeting.endMs, nowMs) })
        : t('actions.done.extend')
    case 'end':
      // Some platforms end a meeting by cutting it off at a mark that is still to come.
      return meeting && meeting.endMs > nowMs
        ? t('actions.done.endAt', { time: format.timeOrDate(meeting.endMs, nowMs) })
        : t('actions.done.end')
  }
}

/** The wait in the words of the countdown, where there is one. */
function waiting(waitMs: number | undefined, { t }: ActionContext): string | null {
  return waitMs !== undefined && waitMs > 0 ? countdown(waitMs, t) : null
}

/** What came of a press as one sentence with its remedy; what the calendar says, not what was asked for. */
export function actionText(press: Press, result: PressResult, context: ActionContext): ActionText {
  const { t } = context
  switch (result.kind) {
    case 'done':
      return { tone: 'done', text: doneText(press, result, context) }
    case 'unclear':
      return { tone: 'unclear', text: t('actions.unclear') }
    case 'refused': {
      const wait = waiting(result.waitMs, context)
      if (result.reason === 'locked' && wait !== null)
        return { tone: 'refused', text: t('actions.lockedFor', { wait }) }
      return { tone: 'refused', text: t(`actions.refusal.${result.reason}`) }
    }
    case 'error': {
      const wait = waiting(result.waitMs, context)
      if (result.code === 'locked' && wait !== null)
        return { tone: 'refused', text: t('actions.lockedFor', { wait }) }
      // The request may have arrived although its answer did not.
      const tone = result.code === 'unavailable' ? 'unclear' : 'refused'
      return { tone, text: t(`actions.error.${result.code}`) }
    }
    default:
      return assertNever(result)
  }
}
