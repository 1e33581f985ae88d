import { HOUR_MS } from '../../shared/domain/duration.ts'

/** What the decision looks at. */
export interface NightlyFacts {
  /** Hour of the wall clock where the panel hangs, 0 to 23. */
  readonly localHour: number
  /** How long this process runs. */
  readonly uptimeMs: number
  /** How long ago anyone touched the screen. */
  readonly untouchedMs: number
  /** A meeting runs, or is about to. */
  readonly isRoomInUse: boolean
  /** Someone starts us again. */
  readonly isSupervised: boolean
  /** Another version was installed since this process started; the next one is of that version. */
  readonly isUpdateWaiting: boolean
}

/** When, after how long, and how quiet it has to be. */
const nightlyPolicy = {
  fromHour: 3,
  untilHour: 5,
  minUptimeMs: 20 * HOUR_MS,
  minUntouchedMs: 10 * 60_000,
} as const

/** Whether now is the moment for a fresh process: it is night, nobody is there, and someone starts us again. Pure. */
export function isTimeToRestart(facts: NightlyFacts): boolean {
  const { fromHour, untilHour, minUptimeMs, minUntouchedMs } = nightlyPolicy
  return (
    facts.isSupervised &&
    facts.localHour >= fromHour &&
    facts.localHour < untilHour &&
    (facts.uptimeMs >= minUptimeMs || facts.isUpdateWaiting) &&
    facts.untouchedMs >= minUntouchedMs &&
    !facts.isRoomInUse
  )
}
