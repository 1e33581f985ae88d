import type { Clock } from './Clock.ts'

/** The real clock: the only place of the renderer that touches the platform's time and timers. */
export function createBrowserClock(): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    schedule(delayMs, run) {
      const timer = setTimeout(run, Math.max(0, delayMs))
      return () => clearTimeout(timer)
    },
  }
}
