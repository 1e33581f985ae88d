/** What is known of a page that should be alive. */
export interface PageHealth {
  /** Questions in a row it did not answer. */
  readonly missed: number
  /** Chromium says that it does not react to input; the grace is running. */
  readonly isHung: boolean
}

/** What can be heard of a page. */
export type PageSign = 'answered' | 'missed' | 'unresponsive' | 'responsive' | 'graceOver' | 'replaced'

/** What follows from a sign. `kill` ends the renderer process; the repair ladder takes over from there. */
export type HealthStep = 'none' | 'armGrace' | 'disarmGrace' | 'kill'

/** A page nothing has been heard of yet. */
export const newPage: PageHealth = { missed: 0, isHung: false }

/** How often a page is asked, how long it may think, and how many silences in a row end its process. */
export const pagePolicy = {
  askEveryMs: 15_000,
  answerWithinMs: 10_000,
  missesAllowed: 3,
  graceMs: 15_000,
} as const

/**
 * Judges a page by its signs. Two ways lead to `kill`: it was unresponsive for the whole grace, or it stayed silent more
 * often in a row than allowed. Pure.
 */
export function reducePageHealth(
  health: PageHealth,
  sign: PageSign,
): { readonly health: PageHealth; readonly step: HealthStep } {
  switch (sign) {
    case 'answered':
      return { health: newPage, step: health.isHung ? 'disarmGrace' : 'none' }
    case 'missed': {
      const missed = health.missed + 1
      if (missed > pagePolicy.missesAllowed) return { health: newPage, step: 'kill' }
      return { health: { ...health, missed }, step: 'none' }
    }
    case 'unresponsive':
      return { health: { ...health, isHung: true }, step: health.isHung ? 'none' : 'armGrace' }
    case 'responsive':
      return { health: { ...health, isHung: false }, step: health.isHung ? 'disarmGrace' : 'none' }
    case 'graceOver':
      return health.isHung ? { health: newPage, step: 'kill' } : { health, step: 'none' }
    case 'replaced':
      return { health: newPage, step: health.isHung ? 'disarmGrace' : 'none' }
  }
}
