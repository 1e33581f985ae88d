import { z } from 'zod'
import type { Zone } from '../../shared/domain/zonedTime.ts'
import type { Logger } from '../ports/Logger.ts'
import type { StateStore } from '../ports/StateStore.ts'

const STATE_KEY = 'calls'
const storedSchema = z.object({ month: z.string(), spent: z.int().min(0) })

/** Counts vendor calls of the running calendar month; survives restarts. */
export interface CallCounter {
  /** Takes up the stored count; calls counted before it returns are kept. */
  load(): Promise<void>
  count(nowMs: number): void
  spent(nowMs: number): number
  /** Makes the count durable when it changed; a failing disk is logged once and never stops the panel. */
  flush(): Promise<void>
}

/** First instant of the month after the one that holds `nowMs`, in the zone. */
export function endOfMonth(zone: Zone, nowMs: number): number {
  const { month } = zone.wallTime(nowMs)
  let atMs = zone.startOfNextDay(nowMs)
  while (zone.wallTime(atMs).month === month) atMs = zone.startOfNextDay(atMs)
  return atMs
}

/** @param zone whose months the platform's quota is counted in */
export function createCallCounter(state: StateStore, zone: Zone, log: Logger): CallCounter {
  let month = ''
  let spent = 0
  let isDirty = false
  let isDiskFailing = false

  const monthOf = (nowMs: number): string => {
    const wall = zone.wallTime(nowMs)
    return `${wall.year}-${String(wall.month).padStart(2, '0')}`
  }

  function turnTo(nowMs: number): void {
    const current = monthOf(nowMs)
    if (month === current) return
    month = current
    spent = 0
    isDirty = true
  }

  return {
    async load() {
      const stored = storedSchema.safeParse(await state.read(STATE_KEY))
      if (!stored.success) return
      // Calls made while the file was being read belong on top of it.
      if (month === '' || month === stored.data.month) {
        month = stored.data.month
        spent += stored.data.spent
      }
    },
    count(nowMs) {
      turnTo(nowMs)
      spent += 1
      isDirty = true
    },
    spent(nowMs) {
      turnTo(nowMs)
      return spent
    },
    async flush() {
      if (!isDirty) return
      isDirty = false
      try {
        await state.write(STATE_KEY, { month, spent })
        isDiskFailing = false
      } catch {
        isDirty = true
        if (!isDiskFailing) log.warn('call counter not written; counting on in memory')
        isDiskFailing = true
      }
    },
  }
}
