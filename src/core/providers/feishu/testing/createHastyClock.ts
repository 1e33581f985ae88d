import type { Clock } from '../../../ports/Clock.ts'
import type { PacedClock } from '../../testing/pacedClock.ts'

/** Longer timers are deadlines, which keep their time: the machine may be busy. */
const LONGEST_WAIT_MS = 3000

/** A clock on which waiting for a room's answer takes no time of ours: the world's goes on by as much. */
export function createHastyClock(clock: PacedClock): Clock {
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    schedule(delayMs, run) {
      if (delayMs > LONGEST_WAIT_MS) return clock.schedule(delayMs, run)
      return clock.schedule(1, () => {
        clock.elapse(delayMs)
        run()
      })
    },
  }
}
