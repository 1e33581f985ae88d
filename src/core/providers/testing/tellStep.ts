import type { StepFact } from '../../../shared/domain/checkFact.ts'
import type { ConnectionStep } from '../SiteProvider.ts'

function factText(fact: StepFact | undefined): string {
  switch (fact?.kind) {
    case 'clockOffset':
      return ` ${Math.round(fact.offsetMs / 1_000)} s`
    case 'permission':
      return ` ${fact.name}`
    case 'rooms':
      return ` ${fact.count}`
    case undefined:
      return ''
  }
}

/** A step in one line, as tests compare it: `permissions passed calendar:room`. */
export const tellStep = ({ step, outcome, fact }: ConnectionStep): string =>
  `${step} ${outcome}${factText(fact)}`
