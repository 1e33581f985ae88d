import { createTravelClock, realTime } from './travelClock.ts'
import type { TravelClock } from './travelClock.ts'

/** What `setTimeout` hands out: as much of Node's own timer object as programs and Node's own fetch use. */
class TravelTimer {
  readonly #arm: () => () => void
  #cancel: (() => void) | null = null

  constructor(arm: () => () => void) {
    this.#arm = arm
    this.refresh()
  }
  refresh(): this {
    this.#cancel?.()
    this.#cancel = this.#arm()
    return this
  }
  close(): this {
    this.#cancel?.()
    this.#cancel = null
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }
  hasRef(): boolean {
    return this.#cancel !== null
  }
  [Symbol.dispose](): void {
    this.close()
  }
}

function timersOf(clock: TravelClock) {
  const start =
    (isRepeating: boolean) =>
    (run: (...args: unknown[]) => void, delayMs = 1, ...args: unknown[]) => {
      const timer: TravelTimer = new TravelTimer(() =>
        clock.schedule(Math.max(1, delayMs), () => {
          if (isRepeating) timer.refresh()
          run(...args)
        }),
      )
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
    if (timer instanceof TravelTimer) timer.close()
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
