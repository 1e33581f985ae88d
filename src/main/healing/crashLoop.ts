import { z } from 'zod'

/** Starts that were not followed by a healthy minute or a wanted end; epoch milliseconds, newest last. */
export const startHistorySchema = z.strictObject({ startsAtMs: z.array(z.number()).max(64) })

/** See {@link startHistorySchema}. */
export type StartHistory = z.infer<typeof startHistorySchema>

/** A history without troubled starts. */
export const noStarts: StartHistory = { startsAtMs: [] }

/** How far back troubled starts count, how many are free, and how the pause before the window grows. */
const WINDOW_MS = 900_000
const FREE_STARTS = 3
const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 120_000
const KEPT_STARTS = 32

/**
 * Notes a start and says how long to wait before opening the window. Slower and slower, but always trying: a door panel
 * that gives up has to be visited. Pure.
 */
export function noteStart(
  history: StartHistory,
  nowMs: number,
): { readonly history: StartHistory; readonly pauseMs: number } {
  // Stamps from the future come from a clock that was wrong; they would slow every start down until they are reached.
  const recent = history.startsAtMs.filter((atMs) => atMs > nowMs - WINDOW_MS && atMs <= nowMs)
  const over = recent.length - FREE_STARTS
  const pauseMs = over < 0 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** over, LONGEST_PAUSE_MS)
  return { history: { startsAtMs: [...recent, nowMs].slice(-KEPT_STARTS) }, pauseMs }
}
