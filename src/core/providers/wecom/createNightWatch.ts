import { HOUR_MS } from '../../../shared/domain/duration.ts'
import { occupiedRange } from '../../../shared/domain/meeting.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { RoomId } from '../../../shared/domain/room.ts'
import type { RoomReading } from '../SiteProvider.ts'

/** After midnight yesterday is asked for this long in any case: bookings may still be moved into the night. */
const NEAR_START_MS = 4 * HOUR_MS

/**
 * Remembers whether a booking of last night still runs in a room. Today's answer need not tell of it, so yesterday is
 * asked until it is over; and once by a process that starts later in the day.
 */
export interface NightWatch {
  isYesterdayDue(roomIds: readonly RoomId[], today: TimeRange, nowMs: number): boolean
  /** What a read found. A room that failed, or was not asked for its yesterday, stays as it was. */
  record(today: TimeRange, readings: ReadonlyMap<RoomId, RoomReading>): void
}

interface Night {
  readonly dayFromMs: number
  readonly endMs: number
}

/** Horizons are whole days: one that holds midnight holds the day before it. */
const coversMidnight = ({ fromMs, untilMs }: TimeRange, today: TimeRange): boolean =>
  fromMs < today.fromMs && untilMs >= today.fromMs

/** See {@link NightWatch}. */
export function createNightWatch(): NightWatch {
  const nights = new Map<RoomId, Night>()

  const isDue = (roomId: RoomId, today: TimeRange, nowMs: number): boolean => {
    const night = nights.get(roomId)
    return night?.dayFromMs !== today.fromMs || nowMs < night.endMs
  }

  return {
    isYesterdayDue: (roomIds, today, nowMs) =>
      nowMs - today.fromMs < NEAR_START_MS || roomIds.some((id) => isDue(id, today, nowMs)),
    record(today, readings) {
      for (const [roomId, reading] of readings) {
        if (reading.kind === 'failed' || !coversMidnight(reading.horizon, today)) continue
        const ends = reading.meetings
          .map(occupiedRange)
          .flatMap((range) => (range && range.fromMs < today.fromMs ? [range.untilMs] : []))
        nights.set(roomId, { dayFromMs: today.fromMs, endMs: Math.max(-Infinity, ...ends) })
      }
    },
  }
}
