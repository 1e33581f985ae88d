import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/domain/duration.ts'
import type { Translate } from '../i18n/createDisplayI18n.ts'

/** A duration for a table of facts: one unit, rounded down, seconds below two minutes. */
export function ageText(ms: number, t: Translate): string {
  const age = Math.max(0, ms)
  if (age < 2 * MINUTE_MS) return t('settings.age.seconds', { n: Math.floor(age / SECOND_MS) })
  if (age < 2 * HOUR_MS) return t('settings.age.minutes', { n: Math.floor(age / MINUTE_MS) })
  if (age < 2 * DAY_MS) return t('settings.age.hours', { n: Math.floor(age / HOUR_MS) })
  return t('settings.age.days', { n: Math.floor(age / DAY_MS) })
}
