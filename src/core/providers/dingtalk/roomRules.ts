import type { ActionRefusal } from '../../../shared/domain/action.ts'
import { MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { Descriptions } from './createDescriptions.ts'

/** The platform keeps minutes: what is begun belongs to it. */
export const toMinutes = ({ fromMs, untilMs }: TimeRange): TimeRange => ({
  fromMs: Math.floor(fromMs / MINUTE_MS) * MINUTE_MS,
  untilMs: Math.ceil(untilMs / MINUTE_MS) * MINUTE_MS,
})

/** What a room's own rules say to a booking of `span`, as far as they are known: the last word is the platform's. */
export function ruleAgainst(
  descriptions: Descriptions,
  roomId: string,
  { fromMs, untilMs }: TimeRange,
): ActionRefusal | null {
  const rules = descriptions.rulesOf(roomId)
  if (!rules) return null
  if (rules.refusal !== null) return rules.refusal
  const isClosed = descriptions
    .closuresOf(roomId, { fromMs, untilMs })
    .some((closure) => closure.fromMs < untilMs && fromMs < closure.untilMs)
  if (isClosed) return 'closed'
  const minutes = (untilMs - fromMs) / MINUTE_MS
  const isTooLong = rules.maxMinutes !== null && minutes > rules.maxMinutes
  const isTooFar = rules.latestEndMs !== null && untilMs > rules.latestEndMs
  return minutes < rules.minMinutes || isTooLong || isTooFar ? 'policy' : null
}
