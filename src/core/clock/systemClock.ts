import type { Clock } from '../ports/Clock.ts'

/** Longest delay a platform timer can hold; a longer one would fire at once. */
const MAX_TIMER_MS = 2_147_483_647

/** The real clock: the only place of the core that touches the platform's time and timers. */
export function createSystemClock(): Clock {
  function schedule(delayMs: number, run: () => void): () => void {
    let left = Math.max(0, delayMs)
    let timer: NodeJS.Timeout | undefined
    const arm = (): void => {
      const step = Math.min(left, MAX_TIMER_MS)
      left -= step
      timer = setTimeout(left > 0 ? arm : run, step)
    }
    arm()
    return () => clearTimeout(timer)
  }
  return { now: () => Date.now(), monotonic: () => performance.now(), schedule }
}
