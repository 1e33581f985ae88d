import { MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'

/** For platforms that keep times in whole minutes: what is begun belongs to it. */
export const wholeMinutes = ({ fromMs, untilMs }: TimeRange): TimeRange => ({
  fromMs: Math.floor(Math.round(fromMs) / MINUTE_MS) * MINUTE_MS,
  untilMs: Math.ceil(Math.round(untilMs) / MINUTE_MS) * MINUTE_MS,
})
