import type { Clock } from '../ports/Clock.ts'

/** Wall and monotonic time drifting apart by more than this between two looks is a jump or a sleep, not drift. */
const JUMP_MS = 30_000

/** This device's wall clock, corrected by what the vendor's servers say. */
export interface ServerTime {
  /** Corrected epoch milliseconds: what snapshots, statuses and screens are measured in. */
  now(): number
  /** Vendor clock minus device clock; 0 until a vendor told. */
  offsetMs(): number
  /** Whether a vendor told its time since the start. */
  isOffsetKnown(): boolean
  setOffset(offsetMs: number): void
  /**
   * Whether the wall clock moved on its own since the last call (set by hand or NTP, or the device slept). After that,
   * nothing read before may prove a room free.
   */
  hasJumped(): boolean
}

/** See {@link ServerTime}. */
export function createServerTime(clock: Clock): ServerTime {
  let offsetMs = 0
  let isOffsetKnown = false
  let lastGapMs = clock.now() - clock.monotonic()
  return {
    now: () => clock.now() + offsetMs,
    offsetMs: () => offsetMs,
    isOffsetKnown: () => isOffsetKnown,
    setOffset: (value) => {
      offsetMs = value
      isOffsetKnown = true
    },
    hasJumped() {
      const gapMs = clock.now() - clock.monotonic()
      const isJump = Math.abs(gapMs - lastGapMs) > JUMP_MS
      lastGapMs = gapMs
      return isJump
    },
  }
}
