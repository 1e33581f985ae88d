import type { BudgetReport } from '../../shared/api/diagnostics.ts'
import type { Settings } from '../../shared/settings/schema.ts'
import type { Random } from '../ports/Random.ts'
import type { ProviderError } from '../providers/ProviderError.ts'
import {
  assumedSpending,
  isSlowed,
  isStopped,
  mayCallExtra,
  mayDrawReserve,
  resumesAt,
  worstRead,
} from './callBudget.ts'
import type { CallBudget } from './callBudget.ts'
import type { CallCounter } from './createCallCounter.ts'
import { nextDelay } from './nextDelay.ts'
import type { PlannedRead, PollCalendar, PollHistory } from './nextDelay.ts'
import type { OfficeCalendar } from './officeCalendar.ts'
import { forecastCalls, spendingLine, trustedInterval } from './plannedInterval.ts'
import { quotaMonthAt } from './quotaMonth.ts'

/** What a plan is made from. */
export interface ReadPlanDeps {
  readonly settings: Settings
  readonly office: OfficeCalendar
  /** Calls the platform allows a month; null where it sets no such quota. */
  readonly monthlyCalls: number | null
  readonly callsPerRead: () => number
  readonly counter: CallCounter
  readonly nextBoundaryMs: (afterMs: number) => number | null
  readonly now: () => number
  readonly random: Random
}

/** Remembers how reads went, says when the next one is due and what may be called beside it. */
export interface ReadPlan {
  /** Takes up the count of earlier lives; where there is none, the most that can have been spent. */
  load(): Promise<void>
  start(): void
  stop(): void
  isRunning(): boolean
  /** A read begins: its calls are on disk before the first one is made. */
  begin(): Promise<void>
  /** It is over. @param failure null for a read that at least one room came out of */
  record(failure: ProviderError | null): void
  /** The next read; remembered as the plan in force. */
  next(): PlannedRead
  /** The interval that freshness limits grow with. */
  trustedIntervalMs(): number
  /**
   * Whether a read that nobody planned (a person at the door, a woken device) is within the reserve and not forbidden
   * by a throttle. A yes makes the next read the reserve's.
   */
  mayReadNow(): boolean
  /** See `ProviderDeps.mayAlsoCall`. A yes is a claim: the calls count as granted, made or not. */
  mayAlsoCall(calls: number): boolean
  /** When calling resumes, epoch milliseconds; null while it is allowed. */
  stoppedUntilMs(): number | null
  current(): PlannedRead | null
  report(): BudgetReport
}

/** How much the last read weighs in what a read usually costs. */
const LEARNING_PART = 0.05

const noHistory: Omit<PollHistory, 'lastReadAtMs'> = { outcome: null, failures: 0, retryAfterMs: null }

/** See {@link ReadPlan}. */
export function createReadPlan(deps: ReadPlanDeps): ReadPlan {
  const { settings, office, counter, now, monthlyCalls: limit } = deps
  const policy = {
    officeIntervalMs: settings.polling.intervalSeconds * 1_000,
    quietIntervalMs: settings.polling.quietIntervalSeconds * 1_000,
  }
  let history = noHistory
  let current: PlannedRead | null = null
  let isRunning = false
  let isAskedFor = false
  let dearestRead = 0
  let usualRead = 0
  let grantedInRead = 0

  function budget(): CallBudget {
    const nowMs = now()
    const month = quotaMonthAt(nowMs)
    return {
      ...counter.month(nowMs),
      limit,
      // Dying tokens and longer pages make reads dearer than announced; extras are counted on their own.
      callsPerRead: Math.max(deps.callsPerRead(), usualRead),
      dearestRead,
      periodStartsAtMs: month.fromMs,
      periodEndsAtMs: month.untilMs,
      stoppedUntilMs: counter.stoppedUntilMs(limit),
    }
  }

  function calendar(): PollCalendar {
    const nowMs = now()
    const { fromMs, untilMs } = quotaMonthAt(nowMs)
    const officeMsLeft = office.openMsBetween(nowMs, untilMs)
    const officeMsTotal = office.openMsBetween(fromMs, untilMs)
    const isOfficeTime = office.isOpen(nowMs)
    return {
      nowMs,
      isOfficeTime,
      officeMsLeft,
      quietMsLeft: untilMs - nowMs - officeMsLeft,
      officeMsTotal,
      quietMsTotal: untilMs - fromMs - officeMsTotal,
      opensAtMs: isOfficeTime ? null : office.nextOpening(nowMs),
      nextBoundaryMs: deps.nextBoundaryMs,
    }
  }

  function preview(): PlannedRead {
    const known = { ...history, lastReadAtMs: counter.lastReadAtMs() }
    return nextDelay(known, policy, budget(), calendar(), deps.random)
  }

  function stoppedUntilMs(): number | null {
    const state = budget()
    return isStopped(state, now()) ? resumesAt(state) : null
  }

  return {
    async load() {
      const isCounted = await counter.load()
      if (isCounted || limit === null) return
      counter.assume(assumedSpending(budget(), spendingLine(limit, calendar()), now()), now())
    },
    start: () => {
      isRunning = true
    },
    stop: () => {
      isRunning = false
    },
    isRunning: () => isRunning,
    async begin() {
      const isFromReserve = isAskedFor || current?.isFromReserve === true
      isAskedFor = false
      counter.begin(worstRead(budget()), isFromReserve, now())
      // Without a quota nothing is at stake that would be worth a write to a tablet's flash.
      if (limit !== null) await counter.flush()
    },
    record(failure) {
      const counted = counter.end()
      dearestRead = Math.max(dearestRead, counted)
      const usual = usualRead === 0 ? deps.callsPerRead() : usualRead
      usualRead = usual + (Math.max(0, counted - grantedInRead) - usual) * LEARNING_PART
      grantedInRead = 0
      // Who asked while it ran has been answered by it.
      isAskedFor = false
      if (failure === null) history = { ...noHistory, outcome: 'ok' }
      else {
        const { retryAfterMs = null, resumesAtMs = null } = failure.details
        history = { outcome: failure.kind, failures: history.failures + 1, retryAfterMs }
        if (failure.kind === 'quota') counter.stop(resumesAtMs ?? quotaMonthAt(now()).untilMs, limit)
      }
    },
    next() {
      current = preview()
      return current
    },
    trustedIntervalMs: () => trustedInterval(preview().intervalMs),
    mayReadNow() {
      const isForbidden = ['throttled', 'quota', 'attention'].includes(preview().reason)
      if (isForbidden || !mayDrawReserve(budget(), now())) return false
      isAskedFor = true
      return true
    },
    mayAlsoCall(calls) {
      const isGranted = mayCallExtra(budget(), calls, now())
      if (!isGranted || limit === null) return isGranted
      counter.grant(calls, now())
      grantedInRead += calls
      return true
    },
    stoppedUntilMs,
    current: () => current,
    report() {
      const state = budget()
      return {
        limit,
        spent: state.spent,
        assumed: counter.month(now()).assumed,
        periodEndsAtMs: state.periodEndsAtMs,
        forecast: stoppedUntilMs() === null ? forecastCalls(policy, state, calendar()) : state.spent,
        isSlowed: isSlowed(state),
        resumesAtMs: stoppedUntilMs(),
      }
    },
  }
}
