import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { ActionRefusal } from '../../../shared/domain/action.ts'
import type { ReleaseReport } from '../../../shared/domain/release.ts'

/** How a decision ended, in one word with a sign: `settings.releases.verdict.<verdict>`. */
export type ReleaseVerdict = 'kept' | 'done' | 'unclear' | 'notSent' | 'refused'

/** A decision in keys of the reader's language. */
export interface ReleaseText {
  readonly verdict: ReleaseVerdict
  /** What came of the one call; null where none was made. */
  readonly outcome: string | null
  /** Every reason. */
  readonly reasons: readonly string[]
}

/** Refusals of a release with a sentence of their own. */
const toldRefusals: readonly ActionRefusal[] = ['notOwn', 'gone', 'series', 'permission', 'quota', 'offline']

function outcomeOf({ decision, outcome }: ReleaseReport): Pick<ReleaseText, 'verdict' | 'outcome'> {
  if (decision === 'keep') return { verdict: 'kept', outcome: null }
  // An intent without outcome proves nothing, whatever became of it.
  if (outcome === null) return { verdict: 'unclear', outcome: 'settings.releases.outcome.lost' }
  switch (outcome.kind) {
    case 'done':
    case 'unclear':
    case 'notSent':
      return { verdict: outcome.kind, outcome: `settings.releases.outcome.${outcome.kind}` }
    case 'refused': {
      const reason = toldRefusals.includes(outcome.reason) ? outcome.reason : 'other'
      return { verdict: 'refused', outcome: `settings.releases.refused.${reason}` }
    }
    default:
      return assertNever(outcome)
  }
}

/** What a decision says: nothing is claimed that the report does not prove. */
export function releaseText(report: ReleaseReport): ReleaseText {
  return {
    ...outcomeOf(report),
    reasons: report.reasons.map((reason) => `settings.releases.reason.${reason}`),
  }
}
