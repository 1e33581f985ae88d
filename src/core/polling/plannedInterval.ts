import { isSlowed, PLANNED_SHARE } from './callBudget.ts'
import type { CallBudget } from './callBudget.ts'

/** What the admin wishes for. */
export interface PollPolicy {
  readonly officeIntervalMs: number
  readonly quietIntervalMs: number
}

/** How much of the budget's period is office time, and how much of either is left. */
export interface PeriodTime {
  readonly isOfficeTime: boolean
  readonly officeMsLeft: number
  readonly quietMsLeft: number
  readonly officeMsTotal: number
  readonly quietMsTotal: number
}

/** Of the planned reads, the part that falls outside office hours. */
const QUIET_SHARE = 0.08
/** Of what is left, the part that intervals leave to reads pulled forward to a boundary. */
const PULLED_SHARE = 0.06
/** Of what is left once nine tenths are spent; the rest stays for people at the door. */
const SLOWED_SHARE = 0.5
const SLOWED_FACTOR = 2
/**
 * However long the interval: what is older than three of these proves nothing. A budget that allows one read a day must
 * not make a day-old plan say "free".
 */
const LONGEST_TRUSTED_MS = 3_600_000

interface Stretch {
  /** The part of the calls that this kind of time gets. */
  readonly share: number
  readonly leftMs: number
  readonly totalMs: number
}

function stretchOf(time: PeriodTime): Stretch {
  const { officeMsLeft, quietMsLeft, officeMsTotal, quietMsTotal } = time
  const quiet = officeMsTotal === 0 ? 1 : quietMsTotal === 0 ? 0 : QUIET_SHARE
  return time.isOfficeTime
    ? { share: 1 - quiet, leftMs: officeMsLeft, totalMs: officeMsTotal }
    : { share: quiet, leftMs: quietMsLeft, totalMs: quietMsTotal }
}

/** The interval at which `calls` last for `timeMs`; with less than one read left, all of the time. */
function spread(timeMs: number, calls: number, share: number, callsPerRead: number): number {
  return timeMs / Math.max(1, (calls * share) / Math.max(1, callsPerRead))
}

/**
 * The interval that spends what is left evenly over the time left, never shorter than the wish. From nine tenths spent
 * on it is at least twice the usual one; before that it is never longer than it would be then.
 */
export function plannedInterval(policy: PollPolicy, budget: CallBudget, time: PeriodTime): number {
  const wishedMs = time.isOfficeTime ? policy.officeIntervalMs : policy.quietIntervalMs
  const { limit, spent, reserveSpent, callsPerRead } = budget
  if (limit === null) return wishedMs
  const { share, leftMs, totalMs } = stretchOf(time)
  const at = (timeMs: number, calls: number): number =>
    Math.max(wishedMs, spread(timeMs, Math.max(0, calls), share, callsPerRead))
  const planned = PLANNED_SHARE * limit
  const usualMs = at(totalMs, planned * (1 - PULLED_SHARE))
  const slowedMs = Math.max(SLOWED_FACTOR * usualMs, at(leftMs, (limit - spent) * SLOWED_SHARE))
  if (isSlowed(budget)) return slowedMs
  return Math.min(slowedMs, at(leftMs, (planned - (spent - reserveSpent)) * (1 - PULLED_SHARE)))
}

/** What planned reads may have spent by now: their nine tenths in step with the office and quiet time that is over. */
export function spendingLine(limit: number, time: PeriodTime): number {
  const over = (leftMs: number, totalMs: number): number => (totalMs === 0 ? 0 : 1 - leftMs / totalMs)
  const { share: office } = stretchOf({ ...time, isOfficeTime: true })
  const officeOver = over(time.officeMsLeft, time.officeMsTotal)
  const quietOver = over(time.quietMsLeft, time.quietMsTotal)
  return PLANNED_SHARE * limit * (office * officeOver + (1 - office) * quietOver)
}

/** The calls a whole period will have cost if every interval is kept from now on. */
export function forecastCalls(policy: PollPolicy, budget: CallBudget, time: PeriodTime): number {
  const reads = (isOfficeTime: boolean, leftMs: number): number =>
    leftMs / plannedInterval(policy, budget, { ...time, isOfficeTime })
  const all = reads(true, time.officeMsLeft) + reads(false, time.quietMsLeft)
  return Math.round(budget.spent + all * budget.callsPerRead)
}

/** The interval that freshness limits grow with. */
export const trustedInterval = (intervalMs: number): number => Math.min(intervalMs, LONGEST_TRUSTED_MS)
