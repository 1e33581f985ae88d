import { z } from 'zod'
import type { Logger } from '../ports/Logger.ts'
import type { StateStore } from '../ports/StateStore.ts'
import { quotaMonthAt } from './quotaMonth.ts'

const STATE_KEY = 'calls'
/** A wrong clock may visit another month and come back; what is older than that is forgotten. */
const KEPT_MONTHS = 3

const calls = z.int().min(0)
const monthSchema = z.object({
  name: z.string(),
  spent: calls,
  reserveSpent: calls,
  extrasGranted: calls,
  assumed: calls,
})
const storedSchema = z.object({
  account: z.string(),
  months: z.array(monthSchema).max(KEPT_MONTHS),
  lastReadAtMs: z.number().nullable(),
  stop: z.object({ untilMs: z.number(), limit: z.number().nullable() }).nullable(),
})
type Stored = z.infer<typeof storedSchema>

/** What a month has cost so far. */
export interface MonthCalls {
  readonly spent: number
  readonly reserveSpent: number
  readonly extrasGranted: number
  /** The part of `spent` that was taken for spent because its count was lost, or never began. */
  readonly assumed: number
}

/** Counts vendor calls of the running month of the vendors' bill; survives restarts. */
export interface CallCounter {
  /**
   * Takes up the stored count, once in its life; calls counted before it returns are kept.
   * @returns false when there was none, or none of this account: the month may have been spent without our knowing
   */
  load(): Promise<boolean>
  month(nowMs: number): MonthCalls
  /** One call was sent. */
  count(nowMs: number): void
  /** Calls beyond the planned reads were granted. */
  grant(calls: number, nowMs: number): void
  /** Puts the most that can have been spent in the place of a lost count; calls counted already stay on top. */
  assume(calls: Omit<MonthCalls, 'assumed'>, nowMs: number): void
  /**
   * A read begins. Until it is over its calls are on disk as spent: a crash in the middle of it, time and again, must
   * not be free.
   * @param isFromReserve whether its calls are the reserve's
   */
  begin(expectedCalls: number, isFromReserve: boolean, nowMs: number): void
  /** The read is over. @returns the calls counted since it began */
  end(): number
  lastReadAtMs(): number | null
  /** The vendor refuses until then; kept across restarts while the limit stays the same. */
  stop(untilMs: number, limit: number | null): void
  stoppedUntilMs(limit: number | null): number | null
  /** Makes the count durable when it changed; a failing disk is logged once and never stops the panel. */
  flush(): Promise<void>
}

type Month = z.infer<typeof monthSchema>

const emptyMonth = (name: string): Month => ({
  name,
  spent: 0,
  reserveSpent: 0,
  extrasGranted: 0,
  assumed: 0,
})

const sumOf = (one: Month, other: Month): Month => ({
  name: one.name,
  spent: one.spent + other.spent,
  reserveSpent: one.reserveSpent + other.reserveSpent,
  extrasGranted: one.extrasGranted + other.extrasGranted,
  assumed: one.assumed + other.assumed,
})

/** @param account names the account the calls belong to; another account's count is not taken up */
export function createCallCounter(state: StateStore, account: string, log: Logger): CallCounter {
  /** The month touched last comes first. */
  let months: readonly Month[] = []
  let lastReadAtMs: number | null = null
  let stop: Stored['stop'] = null
  let running: { expected: number; counted: number; readonly isFromReserve: boolean } | null = null
  let isDirty = false
  let isDiskFailing = false
  let isLoaded = false

  function monthOf(nowMs: number): Month {
    const { name } = quotaMonthAt(nowMs)
    const first = months[0]
    if (first?.name === name) return first
    const current = months.find((one) => one.name === name) ?? emptyMonth(name)
    months = [current, ...months.filter((one) => one.name !== name)].slice(0, KEPT_MONTHS)
    isDirty = true
    return current
  }

  function add(more: Partial<MonthCalls>, nowMs: number): void {
    const current = monthOf(nowMs)
    const added = sumOf(current, { ...emptyMonth(current.name), ...more })
    months = [added, ...months.slice(1)]
    isDirty = true
  }

  /** What a crash from here on would leave behind: the calls still expected count as made. */
  function stored(): Stored {
    const ahead = running === null ? 0 : Math.max(0, running.expected - running.counted)
    const [first, ...others] = months
    const reserveSpent = running?.isFromReserve === true ? ahead : 0
    const current = first && sumOf(first, { ...emptyMonth(first.name), spent: ahead, reserveSpent })
    return { account, months: current ? [current, ...others] : [], lastReadAtMs, stop }
  }

  function takeUp(found: Stored): void {
    const known = found.months.map((one) => {
      const live = months.find(({ name }) => name === one.name)
      return live ? sumOf(one, live) : one
    })
    const fresh = months.filter((one) => !known.some(({ name }) => name === one.name))
    months = [...fresh, ...known].slice(0, KEPT_MONTHS)
    lastReadAtMs ??= found.lastReadAtMs
    stop ??= found.stop
  }

  return {
    async load() {
      // A second plan on the same account goes on with the count there is.
      if (isLoaded) return true
      isLoaded = true
      const found = storedSchema.safeParse(await state.read(STATE_KEY))
      if (!found.success || found.data.account !== account) return false
      takeUp(found.data)
      return true
    },
    month: monthOf,
    count(nowMs) {
      if (running) running.counted += 1
      add({ spent: 1, reserveSpent: running?.isFromReserve === true ? 1 : 0 }, nowMs)
    },
    grant: (granted, nowMs) => add({ extrasGranted: granted }, nowMs),
    assume: (assumed, nowMs) => add({ ...assumed, assumed: assumed.spent }, nowMs),
    begin(expected, isFromReserve, nowMs) {
      monthOf(nowMs)
      running = { expected, counted: 0, isFromReserve }
      lastReadAtMs = nowMs
      isDirty = true
    },
    end() {
      const counted = running?.counted ?? 0
      running = null
      isDirty = true
      return counted
    },
    lastReadAtMs: () => lastReadAtMs,
    stop(untilMs, limit) {
      stop = { untilMs, limit }
      isDirty = true
    },
    stoppedUntilMs: (limit) => (stop?.limit === limit ? stop.untilMs : null),
    async flush() {
      if (!isDirty) return
      isDirty = false
      try {
        await state.write(STATE_KEY, stored())
        isDiskFailing = false
      } catch {
        isDirty = true
        if (!isDiskFailing) log.warn('call counter not written; counting on in memory')
        isDiskFailing = true
      }
    },
  }
}
