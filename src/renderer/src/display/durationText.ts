import { MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { Translate } from '../i18n/createDisplayI18n.ts'

const MINUTES_PER_DAY = 1_440

function minutesText(minutes: number, t: Translate): string {
  if (minutes >= 2 * MINUTES_PER_DAY) {
    const days = Math.floor(minutes / MINUTES_PER_DAY)
    return t('duration.days', { n: days }, days)
  }
  const h = Math.floor(minutes / 60)
  const m = minutes % 60
  if (h === 0) return t('duration.minutes', { n: m })
  return m === 0 ? t('duration.hours', { n: h }) : t('duration.hoursMinutes', { h, m })
}

/** Time left, rounded up: "1 minute" until the very end. */
export function timeLeft(ms: number, t: Translate): string {
  return minutesText(Math.max(1, Math.ceil(ms / MINUTE_MS)), t)
}

/** Time passed, rounded down. */
export function timePassed(ms: number, t: Translate): string {
  return minutesText(Math.max(0, Math.floor(ms / MINUTE_MS)), t)
}

/** Time left to the second, for a decision that falls at its end. */
export function countdown(ms: number, t: Translate): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000))
  const s = String(seconds % 60).padStart(2, '0')
  return t('duration.countdown', { m: Math.floor(seconds / 60), s })
}
