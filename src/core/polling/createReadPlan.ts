import type { BudgetReport } from '../../shared/api/diagnostics.ts'
import { SECOND_MS } from '../../shared/domain/duration.ts'
import type { Settings } from '../../shared/settings/schema.ts'
import type { Random } from '../ports/Random.ts'
import type { ProviderError } from '../providers/ProviderError.ts'
import { assumedSpending, isSlowed, mayDrawReserve, worstRead } from './callBudget.ts'
import type { CallBudget } from './callBudget.ts'
import type { CallCounter } from './createCallCounter.ts'
import type { CallMeter } from './createCallMeter.ts'
import { nextDelay } from './nextDelay.ts'
import type { PlannedRead, PollCalendar, PollHistory } from './nextDelay.ts'
import type { OfficeCalendar } from './officeCalendar.ts'
import { forecastCalls, spendingLine, trustedInterval } from './plannedInterval.ts'
import { quotaMonthAt } from './quotaMonth.ts'

/** What a plan is made from. */
export interface ReadPlanDeps {
  readonly polling: Settings['polling']
  readonly office: OfficeCalendar
  /** What one read is expected to cost by the provider's own word. */
  readonly callsPerRead: () => number
  readonly counter: CallCounter
  readonly meter: CallMeter
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
  /** When calling resumes, epoch milliseconds; null while it is allowed. */
  stoppedUntilMs(): number | null
  current(): PlannedRead | null
  report(): BudgetReport
}

const noHistory: Omit<PollHistory, 'lastReadAtMs'> = { outcome: null, failures: 0, retryAfterMs: null }

/** See {@link ReadPlan}. */
export function createReadPlan(deps: ReadPlanDeps): ReadPlan {
  const { polling, office, counter, meter, now } = deps
  const { limit } = meter
  const policy = {
    officeIntervalMs: polling.intervalSeconds * SECOND_MS,
    quietIntervalMs: polling.quietIntervalSeconds * SECOND_MS,
  }
  let history = noHistory
  let current: PlannedRead | null = null
  let isRunning = false
  let isAskedFor = false

  function budget(): CallBudget {
    meter.announce(deps.callsPerRead())
    return meter.budget()
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
    meter.announce(deps.callsPerRead())
    return meter.stoppedUntilMs()
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
      meter.endRead()
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
