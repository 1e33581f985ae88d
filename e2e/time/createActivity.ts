import type { RealTime } from './travelClock.ts'

/** What a panel is in the middle of, so that a test lets time pass only when nothing is under way. */
export interface Activity {
  /** Counts a piece of work until it settles. */
  track<T>(work: Promise<T>): Promise<T>
  /** Resolves once nothing has been under way for a moment, or when waiting any longer is pointless. */
  settled(): Promise<void>
}

/** Nothing under way for so long, milliseconds of real time: writes to disk that follow an answer are done then too. */
const QUIET_MS = 25
/** A call that a test holds up on purpose is not waited for longer. */
const AT_MOST_MS = 400
const LOOK_MS = 5

/** @param real the machine's own time, taken hold of before anything was patched */
export function createActivity(real: RealTime): Activity {
  let underWay = 0
  let changedAtMs = real.monotonic()

  const count = (by: number): void => {
    underWay += by
    changedAtMs = real.monotonic()
  }
  const pause = (): Promise<void> => new Promise((resolve) => void real.setTimer(resolve, LOOK_MS))

  return {
    track(work) {
      count(1)
      return work.finally(() => count(-1))
    },
    async settled() {
      const startedAtMs = real.monotonic()
      changedAtMs = startedAtMs
      for (;;) {
        await pause()
        const nowMs = real.monotonic()
        if (underWay === 0 && nowMs - changedAtMs >= QUIET_MS) return
        if (nowMs - startedAtMs >= AT_MOST_MS) return
      }
    },
  }
}
