import type { ActionRefusal } from '../../../shared/domain/action.ts'
import { MINUTE_MS } from '../../../shared/domain/duration.ts'
import { lengthMs, overlaps } from '../../../shared/domain/timeRange.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { Catalogue } from './createCatalogue.ts'

/** The rule of the room that forbids booking `span`, as far as its rules are known: the last word is the platform's. */
export function brokenRuleOf(catalogue: Catalogue, roomId: string, span: TimeRange): ActionRefusal | null {
  const rules = catalogue.rulesOf(roomId)
  if (!rules) return null
  if (rules.refusal !== null) return rules.refusal
  if (catalogue.closuresOf(roomId, span).some((closure) => overlaps(closure, span))) return 'closed'
  const minutes = lengthMs(span) / MINUTE_MS
  const isTooLong = rules.maxMinutes !== null && minutes > rules.maxMinutes
  const isTooFar = rules.latestEndMs !== null && span.untilMs > rules.latestEndMs
  return minutes < rules.minMinutes || isTooLong || isTooFar ? 'policy' : null
}
