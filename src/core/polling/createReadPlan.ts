import type { BudgetReport } from '../../shared/api/diagnostics.ts'
import type { Zone } from '../../shared/domain/zonedTime.ts'
import type { Settings } from '../../shared/settings/schema.ts'
import type { Random } from '../ports/Random.ts'
import type { ProviderError } from '../providers/ProviderError.ts'
import { endOfMonth } from './createCallCounter.ts'
import { nextDelay } from './nextDelay.ts'
import type { CallBudget, PlannedRead, PollCalendar, PollHistory } from './nextDelay.ts'
import { isOfficeTime, officeTimeBetween } from './officeCalendar.ts'

/** What a plan is made from. */
export interface ReadPlanDeps {
  readonly settings: Settings
  readonly zone: Zone
  /** Calls the platform allows a month; null where it sets no such quota. */
  readonly monthlyCalls: number | null
  readonly callsPerRead: () => number
  readonly spent: () => number
  readonly nextBoundaryMs: () => number | null
  readonly now: () => number
  readonly random: Random
}

/** Remembers how reads went and says when the next one is due. */
export interface ReadPlan {
  start(): void
  stop(): void
  isRunning(): boolean
  /** @param failure null for a read that at least one room came out of */
  record(failure: ProviderError | null): void
  /** The next read; remembered as the plan in force. */
  next(): PlannedRead
  /** The same without remembering it. */
  preview(): PlannedRead
  /** Whether an extra read, asked for by a person, is within the budget and not forbidden by a throttle. */
  mayReadNow(): boolean
  current(): PlannedRead | null
  report(): BudgetReport
}

const FRESH_HISTORY: PollHistory = { outcome: null, failures: 0, retryAfterMs: null, resumesAtMs: null }

/** See {@link ReadPlan}. */
export function createReadPlan(deps: ReadPlanDeps): ReadPlan {
  const { settings, zone, now } = deps
  const policy = {
    officeIntervalMs: settings.polling.intervalSeconds * 1_000,
    quietIntervalMs: settings.polling.quietIntervalSeconds * 1_000,
  }
  const limit = deps.monthlyCalls
  let history = FRESH_HISTORY
  let current: PlannedRead | null = null
  let isRunning = false

  function budget(): CallBudget {
    return {
      limit,
      spent: deps.spent(),
      periodEndsAtMs: endOfMonth(zone, now()),
      callsPerRead: deps.callsPerRead(),
    }
  }

  function calendar(): PollCalendar {
    const nowMs = now()
    const endsAtMs = endOfMonth(zone, nowMs)
    const officeMsLeft = limit === null ? 0 : officeTimeBetween(settings.officeHours, zone, nowMs, endsAtMs)
    return {
      nowMs,
      isOfficeTime: isOfficeTime(settings.officeHours, zone, nowMs),
      officeMsLeft,
      quietMsLeft: Math.max(0, endsAtMs - nowMs - officeMsLeft),
      nextBoundaryMs: deps.nextBoundaryMs(),
    }
  }

  const preview = (): PlannedRead => nextDelay(history, policy, budget(), calendar(), deps.random)

  return {
    start: () => {
      isRunning = true
    },
    stop: () => {
      isRunning = false
    },
    isRunning: () => isRunning,
    record(failure) {
      history =
        failure === null
          ? { ...FRESH_HISTORY, outcome: 'ok' }
          : {
              outcome: failure.kind,
              failures: history.failures + 1,
              retryAfterMs: failure.details.retryAfterMs ?? null,
              resumesAtMs: failure.details.resumesAtMs ?? null,
            }
    },
    next() {
      current = preview()
      return current
    },
    preview,
    mayReadNow: () => !['throttled', 'quota', 'attention'].includes(preview().reason),
    current: () => current,
    report() {
      const { spent, periodEndsAtMs, callsPerRead } = budget()
      const intervalMs = current?.intervalMs ?? policy.officeIntervalMs
      const readsLeft = Math.max(0, periodEndsAtMs - now()) / intervalMs
      return { limit, spent, periodEndsAtMs, forecast: Math.round(spent + readsLeft * callsPerRead) }
    },
  }
}
