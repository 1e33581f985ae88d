import type { Meeting } from '../../shared/domain/meeting.ts'
import type { TimeRange } from '../../shared/domain/timeRange.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import { isStale } from '../../shared/domain/roomStatus.ts'
import type { RoomSnapshot } from '../../shared/domain/roomSnapshot.ts'
import type { Clock } from '../ports/Clock.ts'
import type { ServerTime } from '../time/createServerTime.ts'
import type { RoomJournal } from './createRoomJournal.ts'
import type { WindowEvidence } from './journal.ts'
import { sampleWindow } from './windowEvidence.ts'

const SHOWN_KEPT_MS = 3_600_000

/** Collects the evidence of open check-in windows. */
export interface WindowWatch {
  /** A screen shows this meeting's button now. */
  noteShown(roomId: RoomId, meeting: Meeting): void
  /** One look, if the window is open or has just closed. */
  look(snapshot: RoomSnapshot, journal: RoomJournal, meeting: Meeting, window: TimeRange): void
}

/** What {@link createWindowWatch} works with. */
export interface WindowWatchDeps {
  readonly clock: Clock
  readonly time: ServerTime
  /** This life of the process. */
  readonly run: string
}

const isOf =
  (meeting: Meeting) =>
  (one: WindowEvidence): boolean =>
    one.meetingId === meeting.id && one.startMs === meeting.startMs

/** See {@link WindowWatch}. */
export function createWindowWatch({ clock, time, run }: WindowWatchDeps): WindowWatch {
  const shownAt = new Map<string, number>()
  const keyOf = (roomId: RoomId, { id, startMs }: Meeting): string => `${roomId} ${id} ${startMs}`

  return {
    noteShown(roomId, meeting) {
      const monotonicMs = clock.monotonic()
      for (const [key, atMs] of shownAt) if (monotonicMs - atMs > SHOWN_KEPT_MS) shownAt.delete(key)
      shownAt.set(keyOf(roomId, meeting), monotonicMs)
    },
    look(snapshot, journal, meeting, window) {
      const nowMs = time.now()
      if (nowMs < window.fromMs) return
      const before = journal.get().windows.find(isOf(meeting)) ?? null
      // A window that closed unseen has no evidence, and one that was seen closing needs no more.
      if (nowMs >= window.untilMs && (before === null || before.lastAtMs >= window.untilMs)) return
      const after = sampleWindow(before, meeting, window, {
        run,
        nowMs,
        deviceMs: clock.now(),
        monotonicMs: clock.monotonic(),
        isOnline: snapshot.health.kind === 'ok' && snapshot.fetchedAtMs !== null,
        isFresh: !isStale(snapshot, nowMs),
        isOffsetKnown: time.isOffsetKnown(),
        offsetMs: time.offsetMs(),
        shownMonotonicMs: shownAt.get(keyOf(snapshot.room.id, meeting)) ?? null,
      })
      const isWorthWriting = before?.run !== after.run || before.gaps.length !== after.gaps.length
      const { windows, ...rest } = journal.get()
      journal.replace(
        { ...rest, windows: [...windows.filter((one) => !isOf(meeting)(one)), after] },
        isWorthWriting,
      )
    },
  }
}
