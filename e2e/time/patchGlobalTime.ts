import { createTravelClock, realTime } from './travelClock.ts'
import type { TravelClock } from './travelClock.ts'

/** What `setTimeout` hands out: as much of Node's own timer object as programs use. */
class TravelTimer {
  cancel: () => void = () => undefined
  isWaiting = true
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }
  hasRef(): boolean {
    return this.isWaiting
  }
  close(): this {
    this.cancel()
    return this
  }
  [Symbol.dispose](): void {
    this.cancel()
  }
}

function timersOf(clock: TravelClock) {
  const start =
    (isRepeating: boolean) =>
    (run: (...args: unknown[]) => void, delayMs = 1, ...args: unknown[]) => {
      const timer = new TravelTimer()
      const arm = (): void => {
        const cancel = clock.schedule(Math.max(1, delayMs), () => {
          if (isRepeating) arm()
          else timer.isWaiting = false
          run(...args)
        })
        timer.cancel = () => {
          timer.isWaiting = false
          cancel()
        }
      }
      arm()
      return timer
    }
  return { setTimeout: start(false), setInterval: start(true) }
}

function dateOf(clock: TravelClock): DateConstructor {
  const RealDate = Date
  class TravelDate extends RealDate {
    constructor(...args: [] | ConstructorParameters<DateConstructor>) {
      if (args.length === 0) super(clock.now())
      else super(...args)
    }
    static override now(): number {
      return clock.now()
    }
  }
  return TravelDate as DateConstructor
}

/**
 * Puts a whole process on travelling time: for a built program, whose own clock reads the globals. Only what the
 * program's clock can see is changed; sockets and files keep to the machine's time.
 */
export function patchGlobalTime(startMs: number): TravelClock {
  const clock = createTravelClock(startMs, realTime())
  const clear = (timer: unknown): void => {
    if (timer instanceof TravelTimer) timer.cancel()
    else clearReal(timer as NodeJS.Timeout)
  }
  const clearReal = globalThis.clearTimeout
  Object.assign(globalThis, {
    ...timersOf(clock),
    clearTimeout: clear,
    clearInterval: clear,
    Date: dateOf(clock),
  })
  Object.defineProperty(performance, 'now', { value: () => clock.monotonic() })
  return clock
}
