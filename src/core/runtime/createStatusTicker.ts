import { MINUTE_MS } from '../../shared/domain/duration.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import type { RoomSnapshot } from '../../shared/domain/roomSnapshot.ts'
import { nextStatusChange, roomStatus } from '../../shared/domain/roomStatus.ts'
import type { RoomStatus } from '../../shared/domain/roomStatus.ts'
import type { StatusRules } from '../../shared/domain/statusRules.ts'
import type { Clock } from '../ports/Clock.ts'
import type { ServerTime } from '../time/createServerTime.ts'

/** What a room's door says, without anybody's name or title: for boards, lamps and metrics. */
export interface RoomShown {
  readonly roomId: RoomId
  readonly kind: RoomStatus['kind']
  /** Since when, on the core's corrected clock, epoch milliseconds. */
  readonly sinceMs: number
}

/** What a ticker works with. */
export interface StatusTickerDeps {
  readonly clock: Clock
  readonly time: ServerTime
  readonly rulesOf: (roomId: RoomId) => StatusRules
  /** Told every change of what a room shows, and every room anew when one site takes another's place. */
  readonly onShown: (shown: RoomShown) => void
}

/** Says on the core's own clock what each room shows: the same rule the screens go by. */
export interface StatusTicker {
  /** Takes every snapshot as it is published. */
  note(snapshot: RoomSnapshot): void
  /** The rules changed: looks at every room anew. */
  lookAnew(): void
  of(roomId: RoomId): RoomShown | null
  stop(): void
}

/** Timers are bounded, so that a clock that is set does not leave a status behind for long. */
const LONGEST_WAIT_MS = MINUTE_MS

interface Watched {
  readonly snapshot: RoomSnapshot
  readonly shown: RoomShown
  readonly cancel: () => void
}

/** See {@link StatusTicker}. */
export function createStatusTicker({ clock, time, rulesOf, onShown }: StatusTickerDeps): StatusTicker {
  const rooms = new Map<RoomId, Watched>()

  function look(snapshot: RoomSnapshot): void {
    const roomId = snapshot.room.id
    const before = rooms.get(roomId)
    before?.cancel()
    const nowMs = time.now()
    const rules = rulesOf(roomId)
    const { kind } = roomStatus(snapshot, nowMs, rules)
    const isSame = before?.shown.kind === kind
    const shown = isSame ? before.shown : { roomId, kind, sinceMs: nowMs }
    const changesAtMs = nextStatusChange(snapshot, nowMs, rules) ?? Infinity
    const waitMs = Math.min(LONGEST_WAIT_MS, Math.max(1, changesAtMs - nowMs))
    const cancel = clock.schedule(waitMs, () => look(snapshot))
    rooms.set(roomId, { snapshot, shown, cancel })
    if (!isSame) onShown(shown)
  }

  return {
    note: look,
    lookAnew() {
      for (const { snapshot } of [...rooms.values()]) look(snapshot)
    },
    of: (roomId) => rooms.get(roomId)?.shown ?? null,
    stop() {
      for (const { cancel } of rooms.values()) cancel()
      rooms.clear()
    },
  }
}
