import type { Clock } from '../../ports/Clock.ts'
import { createServerTime } from '../../time/createServerTime.ts'
import type { ServerTime } from '../../time/createServerTime.ts'

/** A server time that notes what a provider told it. */
export function createToldTime(clock: Clock, offsets: number[]): ServerTime {
  const time = createServerTime(clock)
  return {
    ...time,
    setOffset(offsetMs) {
      offsets.push(offsetMs)
      time.setOffset(offsetMs)
    },
  }
}
