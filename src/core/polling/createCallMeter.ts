import { isStopped, mayCallExtra, resumesAt } from './callBudget.ts'
import type { CallBudget } from './callBudget.ts'
import type { CallCounter } from './createCallCounter.ts'
import { quotaMonthAt } from './quotaMonth.ts'

/** What a meter is made from. */
export interface CallMeterDeps {
  readonly counter: CallCounter
  /** Calls the platform allows a month; null where it sets no such quota. */
  readonly limit: number | null
  readonly now: () => number
}

/** What an account's calls have cost so far, and what may be called beside the planned reads. */
export interface CallMeter {
  readonly limit: number | null
  /** One vendor call was sent. */
  count(): void
  /** What one read is expected to cost by the provider's own word. */
  announce(callsPerRead: number): void
  /** A read is over: what it cost is learned. */
  endRead(): void
  budget(): CallBudget
  /** See `ProviderDeps.mayAlsoCall`. A yes is a claim: the calls count as granted, made or not. */
  mayAlsoCall(calls: number): boolean
  /** When calling resumes, epoch milliseconds; null while it is allowed. */
  stoppedUntilMs(): number | null
}

/** How much the last read weighs in what a read usually costs. */
const LEARNING_PART = 0.05

/** See {@link CallMeter}. */
export function createCallMeter({ counter, limit, now }: CallMeterDeps): CallMeter {
  let announced = 0
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
      callsPerRead: Math.max(announced, usualRead),
      dearestRead,
      periodStartsAtMs: month.fromMs,
      periodEndsAtMs: month.untilMs,
      stoppedUntilMs: counter.stoppedUntilMs(limit),
    }
  }

  return {
    limit,
    count: () => counter.count(now()),
    announce(callsPerRead) {
      announced = callsPerRead
    },
    endRead() {
      const counted = counter.end()
      dearestRead = Math.max(dearestRead, counted)
      const usual = usualRead === 0 ? announced : usualRead
      usualRead = usual + (Math.max(0, counted - grantedInRead) - usual) * LEARNING_PART
      grantedInRead = 0
    },
    budget,
    mayAlsoCall(calls) {
      const isGranted = mayCallExtra(budget(), calls, now())
      if (!isGranted || limit === null) return isGranted
      counter.grant(calls, now())
      grantedInRead += calls
      return true
    },
    stoppedUntilMs() {
      const state = budget()
      return isStopped(state, now()) ? resumesAt(state) : null
    },
  }
}
