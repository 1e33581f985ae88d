import { MINUTE_MS, SECOND_MS } from '../../shared/domain/duration.ts'
import type { ProviderErrorKind } from '../../shared/domain/providerErrorKind.ts'
import type { Random } from '../ports/Random.ts'
import { isSlowed, isStopped, mayDrawReserve, resumesAt } from './callBudget.ts'
import type { CallBudget } from './callBudget.ts'
import { plannedInterval, spendingLine } from './plannedInterval.ts'
import type { PeriodTime, PollPolicy } from './plannedInterval.ts'

/** What the last reads came to. */
export interface PollHistory {
  /** Null before the first read. */
  readonly outcome: 'ok' | ProviderErrorKind | null
  /** Failed reads in a row. */
  readonly failures: number
  /** The pause the vendor asked for with its last refusal. */
  readonly retryAfterMs: number | null
  /** When the last read began, in this life of the panel or an earlier one; null where nobody knows. */
  readonly lastReadAtMs: number | null
}

/** Where in its day and month the panel stands. */
export interface PollCalendar extends PeriodTime {
  readonly nowMs: number
  /** The next opening of the office; null within office hours and where it never opens. */
  readonly opensAtMs: number | null
  /** The next moment after `afterMs` at which the plan itself changes the status; null if none is known. */
  readonly nextBoundaryMs: (afterMs: number) => number | null
}

/** When to read next, and why. */
export interface PlannedRead {
  readonly delayMs: number
  /** The regular interval in force. */
  readonly intervalMs: number
  readonly reason:
    'first' | 'interval' | 'boundary' | 'opening' | 'backoff' | 'throttled' | 'attention' | 'quota'
  /** It comes earlier than the plan would have it, so the reserve pays. */
  readonly isFromReserve: boolean
}

/** A read shortly before a boundary settles whether the meeting still stands; this long before it. */
const BOUNDARY_LEAD_MS = 15 * SECOND_MS
/** Two reads are never closer than this, whatever the reason. */
const FLOOR_MS = 5 * SECOND_MS
const BACKOFF_CAP_MS = 5 * MINUTE_MS
/** Throttled without a word about when: the vendors' blocks last a minute. */
const THROTTLE_FLOOR_MS = MINUTE_MS
/** Under a quota, data younger than this part of the interval is good enough for a boundary. */
const FRESH_PART = 0.25
/** Panels of one building do not all call at the stroke of the hour, nor at the stroke of the month. */
const OPENING_SPREAD_MS = 30 * SECOND_MS
const RESUME_SPREAD_MS = 5 * MINUTE_MS

/** Failures only a person can mend: read on, but rarely, since hammering a wrong secret blocks the address. */
const attentionMs: Partial<Record<ProviderErrorKind, number>> = {
  auth: 10 * MINUTE_MS,
  permission: 10 * MINUTE_MS,
  notFound: 5 * MINUTE_MS,
  ipNotAllowed: 3 * MINUTE_MS,
}

/** Up to a tenth earlier or later, so that two hundred panels do not call in step. */
function jittered(delayMs: number, random: Random): number {
  return Math.round(delayMs * (0.9 + random() * 0.2))
}

/** What every rule below looks at. */
interface Situation {
  readonly history: PollHistory
  readonly policy: PollPolicy
  readonly budget: CallBudget
  readonly calendar: PollCalendar
  readonly random: Random
  readonly intervalMs: number
}

type Due = Omit<PlannedRead, 'intervalMs' | 'isFromReserve'>

/** Early retries draw on the reserve; once it is empty an outage is asked after no oftener than a sound source. */
function paid(due: Due, { budget, calendar, intervalMs, random }: Situation): PlannedRead {
  const isEarly = budget.limit !== null && due.delayMs < intervalMs * 0.9
  if (!isEarly) return { ...due, intervalMs, isFromReserve: false }
  if (mayDrawReserve(budget, calendar.nowMs)) return { ...due, intervalMs, isFromReserve: true }
  return { ...due, delayMs: jittered(intervalMs, random), intervalMs, isFromReserve: false }
}

function afterFailure(situation: Situation, kind: ProviderErrorKind): PlannedRead {
  const { history, intervalMs, random } = situation
  const attention = attentionMs[kind]
  // Never earlier than the vendor asked: jitter comes first, its word last.
  const asked = history.retryAfterMs ?? 0
  if (attention !== undefined) {
    const delayMs = Math.max(jittered(Math.max(attention, intervalMs), random), asked)
    return { delayMs, intervalMs, reason: 'attention', isFromReserve: false }
  }
  if (kind === 'rateLimited') {
    const delayMs = Math.round(Math.max(THROTTLE_FLOOR_MS, asked) * (1 + random() * 0.1))
    return paid({ delayMs, reason: 'throttled' }, situation)
  }
  const steps = Math.min(Math.max(history.failures - 1, 0), 10)
  const backoffMs = jittered(Math.min(FLOOR_MS * 2 ** steps, BACKOFF_CAP_MS), random)
  const pause = paid({ delayMs: Math.max(FLOOR_MS, backoffMs), reason: 'backoff' }, situation)
  return { ...pause, delayMs: Math.max(pause.delayMs, asked) }
}

/** At once, unless a restart would only repeat the read of a moment ago and the reserve has nothing left for that. */
function atStart(situation: Situation): PlannedRead {
  const { history, budget, calendar, intervalMs } = situation
  const sinceMs = calendar.nowMs - (history.lastReadAtMs ?? -Infinity)
  const isOwed = budget.limit === null || sinceMs >= intervalMs
  if (isOwed) return { delayMs: 0, intervalMs, reason: 'first', isFromReserve: false }
  if (mayDrawReserve(budget, calendar.nowMs))
    return { delayMs: 0, intervalMs, reason: 'first', isFromReserve: true }
  // A last read that lies ahead is a clock set back: a whole interval then.
  const delayMs = Math.min(intervalMs, intervalMs - sinceMs)
  return { delayMs, intervalMs, reason: 'interval', isFromReserve: false }
}

/** Under a quota only what the month's line leaves is pulled forward, so that a busy day costs the next one nothing. */
function beforeBoundary({ budget, calendar, intervalMs }: Situation): Due | null {
  const { limit, spent, reserveSpent, callsPerRead } = budget
  const { nowMs, nextBoundaryMs } = calendar
  if (isSlowed(budget)) return null
  if (limit !== null && spent - reserveSpent + callsPerRead > spendingLine(limit, calendar)) return null
  const soonestMs = limit === null ? FLOOR_MS : Math.max(FLOOR_MS, intervalMs * FRESH_PART)
  const boundaryMs = nextBoundaryMs(nowMs + soonestMs + BOUNDARY_LEAD_MS - 1)
  if (boundaryMs === null) return null
  const delayMs = boundaryMs - BOUNDARY_LEAD_MS - nowMs
  return delayMs < intervalMs * 0.9 ? { delayMs, reason: 'boundary' } : null
}

/** The first read of the office's day comes as soon as its own interval allows, however slow the night was. */
function atOpening({ policy, budget, calendar, random }: Situation): Due | null {
  const { opensAtMs, nowMs } = calendar
  if (opensAtMs === null) return null
  const officeMs = plannedInterval(policy, budget, { ...calendar, isOfficeTime: true })
  const delayMs = Math.max(opensAtMs - nowMs, officeMs)
  return { delayMs: Math.round(delayMs + random() * OPENING_SPREAD_MS), reason: 'opening' }
}

/**
 * When the next read is due. Pure: the poller asks after every read.
 *
 * Faults back off exponentially, throttling waits as long as the vendor says, what needs a person is tried rarely,
 * a spent quota waits for its period's end. Otherwise the budget's interval, pulled forward to just before the next
 * boundary and to the opening of the office.
 */
export function nextDelay(
  history: PollHistory,
  policy: PollPolicy,
  budget: CallBudget,
  calendar: PollCalendar,
  random: Random,
): PlannedRead {
  const intervalMs = plannedInterval(policy, budget, calendar)
  const situation: Situation = { history, policy, budget, calendar, random, intervalMs }
  if (isStopped(budget, calendar.nowMs)) {
    const delayMs = Math.max(resumesAt(budget) - calendar.nowMs, MINUTE_MS)
    const spreadMs = random() * RESUME_SPREAD_MS
    return { delayMs: Math.round(delayMs + spreadMs), intervalMs, reason: 'quota', isFromReserve: false }
  }
  if (history.outcome === null) return atStart(situation)
  if (history.outcome !== 'ok') return afterFailure(situation, history.outcome)
  const regular: Due = { delayMs: jittered(intervalMs, random), reason: 'interval' }
  const due = [regular, beforeBoundary(situation), atOpening(situation)]
    .filter((one) => one !== null)
    .reduce((first, one) => (one.delayMs < first.delayMs ? one : first))
  return { ...due, intervalMs, isFromReserve: false }
}
