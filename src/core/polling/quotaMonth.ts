import { HOUR_MS } from '../../shared/domain/duration.ts'

/** A month of the vendors' bill; half-open. */
export interface QuotaMonth {
  /** E.g. `2026-11`. */
  readonly name: string
  readonly fromMs: number
  readonly untilMs: number
}

/**
 * The vendors count in the months of their own clock, UTC+8, wherever the panel hangs: a door in London whose count
 * began anew at its own midnight would call for eight hours on a month that is still spent.
 */
const VENDOR_OFFSET_MS = 8 * HOUR_MS

/** The vendors' month that holds `nowMs`. */
export function quotaMonthAt(nowMs: number): QuotaMonth {
  const local = new Date(nowMs + VENDOR_OFFSET_MS)
  const year = local.getUTCFullYear()
  const month = local.getUTCMonth()
  return {
    name: `${year}-${String(month + 1).padStart(2, '0')}`,
    fromMs: Date.UTC(year, month, 1) - VENDOR_OFFSET_MS,
    untilMs: Date.UTC(year, month + 1, 1) - VENDOR_OFFSET_MS,
  }
}
