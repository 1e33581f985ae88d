import type { Translate } from '../i18n/createDisplayI18n.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

/** A duration for a table of facts: one unit, rounded down, seconds below two minutes. */
export function ageText(ms: number, t: Translate): string {
  const age = Math.max(0, ms)
  if (age < 2 * MINUTE_MS) return t('settings.age.seconds', { n: Math.floor(age / SECOND_MS) })
  if (age < 2 * HOUR_MS) return t('settings.age.minutes', { n: Math.floor(age / MINUTE_MS) })
  if (age < 2 * DAY_MS) return t('settings.age.hours', { n: Math.floor(age / HOUR_MS) })
  return t('settings.age.days', { n: Math.floor(age / DAY_MS) })
}
