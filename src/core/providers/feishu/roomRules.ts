import type { ActionRefusal } from '../../../shared/domain/action.ts'
import type { BookingRules } from '../../../shared/domain/booking.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/domain/duration.ts'
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

/** A time to book, epoch milliseconds. */
export interface Span {
  readonly startMs: number
  readonly endMs: number
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

/** Why the rules keep an app from booking this time; null where they do not. */
export function refusalOf(rules: RoomRules, span: Span, nowMs: number, zone: Zone): ActionRefusal | null {
  const minutes = (span.endMs - span.startMs) / MINUTE_MS
  if (
    rules.approvalAboveMinutes !== null &&
    (rules.approvalAboveMinutes === 0 || minutes > rules.approvalAboveMinutes)
  )
    return 'approval'
  if (!rules.isForEverybody) return 'permission'
  if (rules.maxMinutes !== null && minutes > rules.maxMinutes) return 'policy'
  const midnightMs = zone.startOfDay(span.startMs)
  if (rules.opensAtMs !== null && span.startMs < midnightMs + rules.opensAtMs) return 'policy'
  if (rules.closesAtMs !== null && span.endMs > midnightMs + rules.closesAtMs) return 'policy'
  return rules.daysAhead !== null && span.startMs >= endOfAhead(rules.daysAhead, nowMs, zone)
    ? 'policy'
    : null
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
