/** What of a month's calls is spent, and on what. Nothing in it is a guess except `callsPerRead`. Its words: docs/budget.md. */
export interface CallBudget {
  /** This installation's share of the month; null where the platform sets no quota. */
  readonly limit: number | null
  readonly spent: number
  /** The part of `spent` that came out of the reserve. */
  readonly reserveSpent: number
  /** Calls granted beyond the planned reads, whether they were made or not. */
  readonly extrasGranted: number
  /** Calls one read is expected to cost, from what the provider announces and what reads really cost. */
  readonly callsPerRead: number
  /** The dearest read so far, retries and extras included. */
  readonly dearestRead: number
  readonly periodStartsAtMs: number
  readonly periodEndsAtMs: number
  /** The vendor refused for want of quota and named, or we know, the end of it; null where it did not. */
  readonly stoppedUntilMs: number | null
}

/** Shares of the month. Planned reads get nine tenths; what is asked for beside the plan gets the last one. */
export const PLANNED_SHARE = 0.9
const RESERVE_SHARE = 0.1
/** At most this much of the month goes to titles, names and details; it comes out of the planned nine tenths. */
const EXTRAS_SHARE = 0.1
/** Pots fill evenly over the month; this part of them is there from its first minute. */
const HEAD_START = 0.1

/**
 * Calls one more read may cost in the worst case: a token that died in between repeats every call once, and a read
 * dearer than announced may come again.
 */
export function worstRead({ callsPerRead, dearestRead }: CallBudget): number {
  return Math.max(2 * callsPerRead, dearestRead)
}

/** The part of a pot that is open at `nowMs`: what is kept for the whole month cannot go in its first days. */
function openPart(share: number, limit: number, budget: CallBudget, nowMs: number): number {
  const { periodStartsAtMs, periodEndsAtMs } = budget
  const elapsed = (nowMs - periodStartsAtMs) / (periodEndsAtMs - periodStartsAtMs)
  return limit * share * Math.min(1, Math.max(0, elapsed) + HEAD_START)
}

function isSpent(budget: CallBudget): boolean {
  return budget.limit !== null && budget.spent + worstRead(budget) > budget.limit
}

/** Whether nothing may be called any more before {@link resumesAt}. */
export function isStopped(budget: CallBudget, nowMs: number): boolean {
  if (budget.stoppedUntilMs !== null && nowMs < budget.stoppedUntilMs) return true
  return isSpent(budget)
}

/** When a stopped panel may call again. */
export function resumesAt(budget: CallBudget): number {
  const { stoppedUntilMs, periodEndsAtMs } = budget
  return isSpent(budget) ? Math.max(stoppedUntilMs ?? 0, periodEndsAtMs) : (stoppedUntilMs ?? periodEndsAtMs)
}

/** From nine tenths on the panel reads half as often or less, pulls no read forward and fetches no extras. */
export function isSlowed({ limit, spent }: CallBudget): boolean {
  return limit !== null && spent >= PLANNED_SHARE * limit
}

/**
 * Whether the reserve gives a read that no plan asked for: somebody at the door, a woken device, an early retry, a
 * restart. A crash loop, a flapping network or a touch screen that touches itself empties the reserve, never the month.
 */
export function mayDrawReserve(budget: CallBudget, nowMs: number): boolean {
  const { limit, reserveSpent, callsPerRead } = budget
  if (isStopped(budget, nowMs)) return false
  return limit === null || reserveSpent + callsPerRead <= openPart(RESERVE_SHARE, limit, budget, nowMs)
}

/**
 * Whether calls may be made for what is worth less than the busy truth. They draw on a pot of a tenth of the month
 * that fills evenly, so that a seventh more between two reads is the most they cost, and never touch the last tenth.
 */
export function mayCallExtra(budget: CallBudget, calls: number, nowMs: number): boolean {
  const { limit, spent, extrasGranted } = budget
  if (limit === null) return true
  if (isStopped(budget, nowMs) || spent + calls + worstRead(budget) > PLANNED_SHARE * limit) return false
  return extrasGranted + calls <= openPart(EXTRAS_SHARE, limit, budget, nowMs)
}

/** What a panel that lost its count takes for spent. */
export type AssumedSpending = Pick<CallBudget, 'spent' | 'reserveSpent' | 'extrasGranted'>

/**
 * The most a panel can have spent until now: the plan's line, the open reserve, the head start of the extras and the read
 * that may have been cut short. A
 * count that is gone is never a month that is free. Of the reserve the head start is left, so that a panel hung up in
 * the middle of a month answers to a touch.
 * @param lineCalls what `spendingLine` says for now
 */
export function assumedSpending(budget: CallBudget, lineCalls: number, nowMs: number): AssumedSpending {
  const { limit } = budget
  if (limit === null) return { spent: 0, reserveSpent: 0, extrasGranted: 0 }
  const reserve = openPart(RESERVE_SHARE, limit, budget, nowMs)
  const extras = openPart(EXTRAS_SHARE, limit, budget, nowMs)
  const headStart = (share: number): number => share * HEAD_START * limit
  return {
    spent: Math.min(limit, Math.ceil(lineCalls + reserve + headStart(EXTRAS_SHARE)) + worstRead(budget)),
    reserveSpent: Math.max(0, Math.floor(reserve - headStart(RESERVE_SHARE))),
    extrasGranted: Math.max(0, Math.floor(extras - headStart(EXTRAS_SHARE))),
  }
}
