import type { ProviderErrorKind } from '../../shared/domain/providerErrorKind.ts'
import type { Random } from '../ports/Random.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000

/** What the last reads came to. */
export interface PollHistory {
  /** Null before the first read. */
  readonly outcome: 'ok' | ProviderErrorKind | null
  /** Failed reads in a row. */
  readonly failures: number
  /** The pause the vendor asked for with its last refusal. */
  readonly retryAfterMs: number | null
  /** When the vendor's quota comes back, epoch milliseconds. */
  readonly resumesAtMs: number | null
}

/** What the admin wishes for. */
export interface PollPolicy {
  readonly officeIntervalMs: number
  readonly quietIntervalMs: number
}

/** What may still be spent. */
export interface CallBudget {
  /** Calls of the period; null where the platform sets none. */
  readonly limit: number | null
  readonly spent: number
  readonly periodEndsAtMs: number
  /** Calls one read is expected to cost. */
  readonly callsPerRead: number
}

/** Where in its day and month the panel stands. */
export interface PollCalendar {
  readonly nowMs: number
  readonly isOfficeTime: boolean
  /** Office and other time left in the budget's period. */
  readonly officeMsLeft: number
  readonly quietMsLeft: number
  /** The next moment at which the plan itself changes the status; null if none is known. */
  readonly nextBoundaryMs: number | null
}

/** When to read next, and why. */
export interface PlannedRead {
  readonly delayMs: number
  /** The regular interval in force: freshness limits grow with it. */
  readonly intervalMs: number
  readonly reason: 'first' | 'interval' | 'boundary' | 'backoff' | 'throttled' | 'attention' | 'quota'
}

/** A read shortly before a boundary settles whether the meeting still stands; this long before it. */
const BOUNDARY_LEAD_MS = 15 * SECOND_MS
/** Two reads are never closer than this, whatever the reason. */
const FLOOR_MS = 5 * SECOND_MS
const BACKOFF_CAP_MS = 5 * MINUTE_MS
/** Throttled without a word about when: the vendors' blocks last a minute. */
const THROTTLE_FLOOR_MS = MINUTE_MS
/** Shares of what is left: kept for people at the door, and spent outside office hours at the most. */
const RESERVE = 0.1
const QUIET_SHARE = 0.15

/** Failures only a person can mend: read on, but rarely, since hammering a wrong secret blocks the address. */
const attentionMs: Partial<Record<ProviderErrorKind, number>> = {
  auth: 10 * MINUTE_MS,
  permission: 10 * MINUTE_MS,
  notFound: 5 * MINUTE_MS,
  ipNotAllowed: 3 * MINUTE_MS,
}

/** The interval that spends what is left evenly over the time left, never shorter than the wish. */
export function plannedInterval(policy: PollPolicy, budget: CallBudget, calendar: PollCalendar): number {
  const wishedMs = calendar.isOfficeTime ? policy.officeIntervalMs : policy.quietIntervalMs
  if (budget.limit === null) return wishedMs
  const calls = Math.max(0, budget.limit - budget.spent) * (1 - RESERVE)
  const reads = calls / Math.max(1, budget.callsPerRead)
  const share = calendar.isOfficeTime ? 1 - QUIET_SHARE : QUIET_SHARE
  const timeLeftMs = calendar.isOfficeTime ? calendar.officeMsLeft : calendar.quietMsLeft
  if (reads * share < 1) return Math.max(wishedMs, timeLeftMs)
  return Math.max(wishedMs, timeLeftMs / (reads * share))
}

/** Up to a tenth earlier or later, so that two hundred panels do not call in step. */
function jittered(delayMs: number, random: Random): number {
  return Math.round(delayMs * (0.9 + random() * 0.2))
}

function afterFailure(
  history: PollHistory,
  kind: ProviderErrorKind,
  intervalMs: number,
  random: Random,
): PlannedRead {
  const attention = attentionMs[kind]
  // Never earlier than the vendor asked: jitter comes first, its word last.
  const asked = history.retryAfterMs ?? 0
  if (attention !== undefined) {
    const delayMs = Math.max(jittered(Math.max(attention, intervalMs), random), asked)
    return { delayMs, intervalMs, reason: 'attention' }
  }
  if (kind === 'rateLimited') {
    const delayMs = Math.max(THROTTLE_FLOOR_MS, asked)
    return { delayMs: Math.round(delayMs * (1 + random() * 0.1)), intervalMs, reason: 'throttled' }
  }
  const steps = Math.min(Math.max(history.failures - 1, 0), 10)
  const backoffMs = jittered(Math.min(FLOOR_MS * 2 ** steps, BACKOFF_CAP_MS), random)
  return { delayMs: Math.max(FLOOR_MS, backoffMs, asked), intervalMs, reason: 'backoff' }
}

function isSpent(budget: CallBudget): boolean {
  return budget.limit !== null && budget.spent + budget.callsPerRead > budget.limit
}

/**
 * When the next read is due. Pure: the poller asks after every read.
 *
 * Faults back off exponentially, throttling waits as long as the vendor says, what needs a person is tried rarely,
 * a spent quota waits for its period's end. Otherwise the budget's interval, pulled forward to just before the next boundary.
 */
export function nextDelay(
  history: PollHistory,
  policy: PollPolicy,
  budget: CallBudget,
  calendar: PollCalendar,
  random: Random,
): PlannedRead {
  const intervalMs = plannedInterval(policy, budget, calendar)
  if (history.outcome === 'quota' || isSpent(budget)) {
    const resumesAtMs = history.resumesAtMs ?? budget.periodEndsAtMs
    const delayMs = Math.max(resumesAtMs - calendar.nowMs, MINUTE_MS)
    return { delayMs: Math.round(delayMs + random() * MINUTE_MS), intervalMs, reason: 'quota' }
  }
  if (history.outcome === null) return { delayMs: 0, intervalMs, reason: 'first' }
  if (history.outcome !== 'ok') return afterFailure(history, history.outcome, intervalMs, random)
  const { nextBoundaryMs, nowMs } = calendar
  const untilBoundaryMs = nextBoundaryMs === null ? Infinity : nextBoundaryMs - BOUNDARY_LEAD_MS - nowMs
  if (untilBoundaryMs >= FLOOR_MS && untilBoundaryMs < intervalMs * 0.9) {
    return { delayMs: untilBoundaryMs, intervalMs, reason: 'boundary' }
  }
  return { delayMs: jittered(intervalMs, random), intervalMs, reason: 'interval' }
}
