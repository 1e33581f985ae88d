import type { ActionRefusal } from '../../../shared/domain/action.ts'
import type { LengthOffer } from '../../../shared/domain/offer.ts'
import type { Translate } from '../i18n/createDisplayI18n.ts'

/** Reasons that read differently before a press than after one. */
const missing: ReadonlySet<ActionRefusal> = new Set(['taken', 'closed', 'policy', 'unknown'])

/**
 * Which lengths are not offered and why, reason by reason; null where none is missing. Two lengths that a grid makes the
 * same booking are one offer, so a length on a grid is only missing where nothing as long is offered.
 */
export function refusedLengths(offers: readonly LengthOffer[], t: Translate): string | null {
  const longest = Math.max(
    0,
    ...offers.map(({ offer }) => (offer.kind === 'offered' ? (offer.untilMs - offer.fromMs) / 60_000 : 0)),
  )
  const byReason = new Map<ActionRefusal, string[]>()
  for (const { minutes, offer } of offers) {
    if (offer.kind === 'offered' || minutes === null || minutes <= longest) continue
    const length = t('actions.book.minutesShort', { n: minutes })
    byReason.set(offer.reason, [...(byReason.get(offer.reason) ?? []), length])
  }
  if (byReason.size === 0) return null
  return [...byReason]
    .map(([reason, lengths]) =>
      t('actions.book.why', { lengths: lengths.join(' · '), reason: reasonText(reason, t) }),
    )
    .join(t('actions.book.between'))
}

function reasonText(reason: ActionRefusal, t: Translate): string {
  return missing.has(reason) ? t(`actions.missing.${reason}`) : t(`actions.refusal.${reason}`)
}
