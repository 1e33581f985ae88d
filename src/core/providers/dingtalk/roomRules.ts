import type { ActionRefusal } from '../../../shared/domain/action.ts'
import { MINUTE_MS } from '../../../shared/domain/duration.ts'
import { lengthMs, overlaps } from '../../../shared/domain/timeRange.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { Descriptions } from './createDescriptions.ts'

/** The rule of the room that forbids booking `span`, as far as its rules are known: the last word is the platform's. */
export function brokenRuleOf(
  descriptions: Descriptions,
  roomId: string,
  span: TimeRange,
): ActionRefusal | null {
  const rules = descriptions.rulesOf(roomId)
  if (!rules) return null
  if (rules.refusal !== null) return rules.refusal
  if (descriptions.closuresOf(roomId, span).some((closure) => overlaps(closure, span))) return 'closed'
  const minutes = lengthMs(span) / MINUTE_MS
  const isTooLong = rules.maxMinutes !== null && minutes > rules.maxMinutes
  const isTooFar = rules.latestEndMs !== null && span.untilMs > rules.latestEndMs
  return minutes < rules.minMinutes || isTooLong || isTooFar ? 'policy' : null
}
