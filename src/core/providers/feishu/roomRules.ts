import type { ActionRefusal } from '../../../shared/domain/action.ts'
import type { BookingRules } from '../../../shared/domain/booking.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/domain/duration.ts'
import { lengthMs } from '../../../shared/domain/timeRange.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'
import type { ReserveConfig } from './schema.ts'

const DAY_SECONDS = 86_400

/** What an admin set for booking a room; null where nothing is limited. */
export interface RoomRules {
  /** Bookings longer than this wait for somebody's word; 0 where all do. */
  readonly approvalAboveMinutes: number | null
  /** Whether everybody may book it. Whether an app can be among chosen people is not documented: it is not. */
  readonly isForEverybody: boolean
  readonly maxMinutes: number | null
  readonly daysAhead: number | null
  /** The part of a day, counted from local midnight. */
  readonly opensAtMs: number | null
  readonly closesAtMs: number | null
}

/** Values that are missing, or make no sense, limit nothing: the platform itself has the last word. */
export function rulesOf({ approve_config, time_config, reserve_scope_config }: ReserveConfig): RoomRules {
  const time = time_config?.time_switch === 1 ? time_config : null
  const opens = time?.start_time ?? 0
  const closes = time?.end_time ?? 0
  const isDayLimited = closes > opens && closes <= DAY_SECONDS
  return {
    approvalAboveMinutes: approvalAbove(approve_config),
    isForEverybody: reserve_scope_config?.allow_all_users !== 0,
    maxMinutes: time?.max_duration ? time.max_duration * 60 : null,
    daysAhead: time?.days_in_advance ?? null,
    opensAtMs: isDayLimited && opens > 0 ? opens * SECOND_MS : null,
    closesAtMs: isDayLimited && closes < DAY_SECONDS ? closes * SECOND_MS : null,
  }
}

/** Condition 1: only what lasts longer than so many hours. */
function approvalAbove(config: ReserveConfig['approve_config']): number | null {
  if (config?.approval_switch !== 1) return null
  return config.approval_condition === 1 ? (config.meeting_duration ?? 0) * 60 : 0
}

/** The rule that keeps an app from booking `span`; null where none does. */
export function brokenRuleOf(
  rules: RoomRules,
  span: TimeRange,
  nowMs: number,
  zone: Zone,
): ActionRefusal | null {
  const { approvalAboveMinutes: above, isForEverybody, maxMinutes, daysAhead, opensAtMs, closesAtMs } = rules
  const minutes = lengthMs(span) / MINUTE_MS
  if (above !== null && (above === 0 || minutes > above)) return 'approval'
  if (!isForEverybody) return 'permission'
  if (maxMinutes !== null && minutes > maxMinutes) return 'policy'
  const midnightMs = zone.startOfDay(span.fromMs)
  if (opensAtMs !== null && span.fromMs < midnightMs + opensAtMs) return 'policy'
  if (closesAtMs !== null && span.untilMs > midnightMs + closesAtMs) return 'policy'
  return daysAhead !== null && span.fromMs >= endOfAhead(daysAhead, nowMs, zone) ? 'policy' : null
}

function endOfAhead(days: number, nowMs: number, zone: Zone): number {
  let endMs = zone.startOfNextDay(nowMs)
  for (let day = 0; day < days; day += 1) endMs = zone.startOfNextDay(endMs)
  return endMs
}

/** The rules as the door offers lengths by them, today. */
export function bookingRulesOf(rules: RoomRules, nowMs: number, zone: Zone): BookingRules {
  const { approvalAboveMinutes: above, maxMinutes: most, closesAtMs } = rules
  return {
    gridMinutes: null,
    minMinutes: 1,
    maxMinutes: above === null || above === 0 ? most : Math.min(above, most ?? Infinity),
    latestEndMs: closesAtMs === null ? null : zone.startOfDay(nowMs) + closesAtMs,
    refusal: above === 0 ? 'approval' : rules.isForEverybody ? null : 'permission',
  }
}
