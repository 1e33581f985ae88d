/** What is known of a page that should be alive. */
export interface PageHealth {
  /** It has answered before: silence is a hang now, and no longer a slow start. */
  readonly hasAnswered: boolean
  /** Questions in a row it did not answer. */
  readonly missed: number
  /** Chromium says that it does not react to input; the grace is running. */
  readonly isHung: boolean
}

/** What can be heard of a page. */
export type PageSign = 'answered' | 'missed' | 'unresponsive' | 'responsive' | 'graceOver'

/** What follows from a sign. `kill` ends the renderer process; the repair ladder takes over from there. */
export type HealthStep = 'none' | 'armGrace' | 'disarmGrace' | 'kill'

/** A page nothing has been heard of yet. */
export const newPage: PageHealth = { hasAnswered: false, missed: 0, isHung: false }

/** How often a page is asked, how long it may think, and how many silences in a row are forgiven. */
export const pagePolicy = {
  askEveryMs: 15_000,
  /** A page that shows something should be known to live soon. */
  askFirstMs: 5_000,
  /** After a silence of a page that has answered before: what stands on the glass may be old. */
  askAgainMs: 2_000,
  answerWithinMs: 8_000,
  missesAllowed: 2,
  missesAllowedAtFirst: 3,
  graceMs: 15_000,
} as const

/** When the next question is due. Pure. */
export function askAfterMs({ hasAnswered, missed }: PageHealth): number {
  const { askEveryMs, askFirstMs, askAgainMs } = pagePolicy
  if (hasAnswered) return missed > 0 ? askAgainMs : askEveryMs
  return missed > 0 ? askEveryMs : askFirstMs
}

/**
 * Judges a page by its signs. Two ways lead to `kill`: it was unresponsive for the whole grace, or it stayed silent more
 * often in a row than allowed. Pure.
 */
export function reducePageHealth(
  health: PageHealth,
  sign: PageSign,
): { readonly health: PageHealth; readonly step: HealthStep } {
  switch (sign) {
    case 'answered': {
      const step = health.isHung ? 'disarmGrace' : 'none'
      return { health: { hasAnswered: true, missed: 0, isHung: false }, step }
    }
    case 'missed': {
      const missed = health.missed + 1
      const { missesAllowed, missesAllowedAtFirst } = pagePolicy
      if (missed > (health.hasAnswered ? missesAllowed : missesAllowedAtFirst))
        return { health: newPage, step: 'kill' }
      return { health: { ...health, missed }, step: 'none' }
    }
    case 'unresponsive':
      return { health: { ...health, isHung: true }, step: health.isHung ? 'none' : 'armGrace' }
    case 'responsive':
      return { health: { ...health, isHung: false }, step: health.isHung ? 'disarmGrace' : 'none' }
    case 'graceOver':
      return health.isHung ? { health: newPage, step: 'kill' } : { health, step: 'none' }
  }
}
