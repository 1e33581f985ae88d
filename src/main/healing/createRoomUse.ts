import type { ApiEvent } from '../../shared/api/events.ts'
import { occupiedRange } from '../../shared/domain/meeting.ts'
import type { Meeting } from '../../shared/domain/meeting.ts'

/** Knows from the published plans whether a room is needed now. */
export interface RoomUse {
  /** Takes every event of the core. */
  note(event: ApiEvent): void
  /** Whether any room has a meeting now or within `marginMs` on either side. */
  isInUse(nowMs: number, marginMs: number): boolean
}

/** See {@link RoomUse}. */
export function createRoomUse(): RoomUse {
  const plans = new Map<string, readonly Meeting[]>()

  return {
    note: ({ name, payload }) => {
      if (name === 'room.changed') plans.set(payload.snapshot.room.id, payload.snapshot.meetings)
    },
    isInUse: (nowMs, marginMs) =>
      [...plans.values()].flat().some((meeting) => {
        const range = occupiedRange(meeting)
        return range !== null && range.fromMs - marginMs <= nowMs && nowMs < range.untilMs + marginMs
      }),
  }
}
