/** What is known of one exchange. `elapsedMs` is monotonic; the other two are wall time of this device. */
export interface Exchange {
  /** The `Date` header; its resolution is one second. */
  readonly date: string | null
  /** The `Age` header: present when a cache answered with a stored `Date`. */
  readonly age: string | null
  readonly sentAtMs: number
  readonly answeredAtMs: number
  readonly elapsedMs: number
}

/** Below this an offset is the header's own blur (one second, cut off) and the way's asymmetry, not a wrong clock. */
const NOISE_MS = 2000
/** A slower exchange says too little about the moment the header was written. */
const MAX_ROUND_TRIP_MS = 4000

/**
 * Vendor clock minus device clock. The header names the second that had begun, so its middle is compared with the
 * middle of the exchange; offsets under two seconds count as none, so that the clock on the wall does not tremble.
 * @returns null when the exchange proves nothing: no or odd header, cached answer, too slow, or the device clock jumped
 */
export function serverTimeOffset({ date, age, sentAtMs, answeredAtMs, elapsedMs }: Exchange): number | null {
  const serverMs = date === null ? NaN : Date.parse(date)
  if (Number.isNaN(serverMs) || age !== null || elapsedMs > MAX_ROUND_TRIP_MS) return null
  if (Math.abs(answeredAtMs - sentAtMs - elapsedMs) > NOISE_MS / 2) return null
  const offsetMs = Math.round(serverMs + 500 - (sentAtMs + answeredAtMs) / 2)
  return Math.abs(offsetMs) < NOISE_MS ? 0 : offsetMs
}
