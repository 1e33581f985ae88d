import type { Clock } from '../../core/ports/Clock.ts'
import { createZone } from '../../shared/domain/zonedTime.ts'
import type { RoomUse } from './createRoomUse.ts'
import { isTimeToRestart } from './nightlyRestart.ts'

/** What {@link watchNight} needs. */
export interface WatchNightDeps {
  readonly clock: Clock
  readonly rooms: RoomUse
  /** Monotonic time of the last touch or key. */
  readonly lastTouchMs: () => number
  readonly isSupervised: boolean
  /** The admin's wish, asked each time. */
  readonly isWanted: () => boolean
  /** Whether another version waits for the next start, asked each time. */
  readonly isUpdateWaiting: () => boolean
  /** The panel's zone, or the device's until that is known; asked each time. */
  readonly timeZone: () => string
  /** Asks for a fresh process. */
  readonly restart: () => void
}

const LOOK_EVERY_MS = 300_000
/** A meeting this near keeps the process: nobody should see the panel start. */
const MEETING_MARGIN_MS = 1_800_000

/** Looks every few minutes whether this is the moment for the nightly fresh process. */
export function watchNight(deps: WatchNightDeps): void {
  const { clock, rooms, isSupervised } = deps
  const startedAtMs = clock.monotonic()

  function look(): void {
    const nowMs = clock.now()
    const isDue = isTimeToRestart({
      localHour: createZone(deps.timeZone()).wallTime(nowMs).hour,
      uptimeMs: clock.monotonic() - startedAtMs,
      untouchedMs: clock.monotonic() - deps.lastTouchMs(),
      isRoomInUse: rooms.isInUse(nowMs, MEETING_MARGIN_MS),
      isSupervised,
      isUpdateWaiting: deps.isUpdateWaiting(),
    })
    if (isDue && deps.isWanted()) deps.restart()
    else clock.schedule(LOOK_EVERY_MS, look)
  }

  if (isSupervised) clock.schedule(LOOK_EVERY_MS, look)
}
