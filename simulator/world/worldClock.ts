/** The simulated servers' own clock: the real one, shifted. All instants are epoch milliseconds. */
export interface WorldClock {
  now(): number
  /** How far the servers' clock is off, set as a whole. */
  readonly skewMs: number
  /** How far the world was moved forward since the last reset. */
  readonly advancedMs: number
  setSkew(skewMs: number): void
  advance(advanceMs: number): void
  reset(): void
}

/** @param base the clock underneath, in epoch milliseconds */
export function createWorldClock(base: () => number): WorldClock {
  let skewMs = 0
  let advancedMs = 0
  return {
    now: () => base() + skewMs + advancedMs,
    get skewMs() {
      return skewMs
    },
    get advancedMs() {
      return advancedMs
    },
    setSkew: (next) => {
      skewMs = next
    },
    advance: (byMs) => {
      advancedMs += byMs
    },
    reset: () => {
      skewMs = 0
      advancedMs = 0
    },
  }
}
