import type { Meeting } from '../../shared/domain/meeting.ts'
import type { ReleaseDecision } from '../../shared/domain/release.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import { checkInTimes } from '../../shared/domain/roomStatus.ts'
import type { RoomSettings } from '../../shared/settings/schema.ts'
import type { CheckInsDeps } from './CheckInsDeps.ts'
import { createReleaser } from './createReleaser.ts'
import type { RoomJournal } from './createRoomJournal.ts'
import { createWindowWatch } from './createWindowWatch.ts'
import { decideRelease } from './decideRelease.ts'
import { recordOf } from './journal.ts'
import { SAMPLE_MS } from './windowEvidence.ts'

/** Watches check-in windows, and has a meeting settled once its window is over. */
export interface ReleaseLoop {
  start(): void
  /** A screen shows this meeting's button now. */
  noteShown(roomId: RoomId, meeting: Meeting): void
  /** Gives up what is under way. */
  stop(): Promise<void>
}

/** See {@link ReleaseLoop}. */
export function createReleaseLoop(deps: CheckInsDeps): ReleaseLoop {
  const { clock, time, site, ledger, rulesOf } = deps
  const decide = deps.decide ?? decideRelease
  const run = `${clock.now()}-${Math.floor(deps.random() * 1e9)}`
  const releaser = createReleaser(deps)
  const watch = createWindowWatch({ ...deps, run })
  const settling = new Map<string, Promise<void>>()
  let cancelTick: (() => void) | null = null
  let isStopped = false

  function judge(room: RoomSettings, journal: RoomJournal, asked: Meeting) {
    return (needsFreshRead: boolean): ReleaseDecision | null => {
      const snapshot = site.snapshot(room.id)
      if (!snapshot) return null
      const meeting = snapshot.meetings.find(({ id }) => id === asked.id)
      if (meeting?.startMs !== asked.startMs) return null
      const rules = rulesOf(room.id)
      const window = checkInTimes(meeting, rules)
      if (window === null) return null
      const { attempts, windows } = journal.get()
      return decide({
        nowMs: time.now(),
        deviceMs: clock.now(),
        monotonicMs: clock.monotonic(),
        run,
        meeting,
        window,
        snapshot,
        rules: rules.checkIn,
        record: recordOf(journal.get(), meeting.id),
        evidence:
          windows.find((one) => one.meetingId === meeting.id && one.startMs === meeting.startMs) ?? null,
        attempts: attempts.filter(({ meetingId }) => meetingId === meeting.id),
        canWrite: deps.actions !== null,
        hasBudget: site.hasBudget(),
        needsFreshRead,
      })
    }
  }

  function settleClosed(room: RoomSettings, journal: RoomJournal, meeting: Meeting): void {
    const key = `${room.id} ${meeting.id} ${meeting.startMs}`
    const isDecided = journal
      .get()
      .decisions.some((one) => one.meetingId === meeting.id && one.startMs === meeting.startMs)
    if (isDecided || settling.has(key)) return
    const settled = releaser
      .settle(room, journal, meeting, judge(room, journal, meeting))
      .catch(() => deps.log.error('a release failed by a bug', { room: room.id }))
      .finally(() => settling.delete(key))
    settling.set(key, settled)
  }

  function tickRoom(room: RoomSettings, journal: RoomJournal): number | null {
    const snapshot = site.snapshot(room.id)
    const nowMs = time.now()
    let nextMs: number | null = null
    for (const meeting of snapshot?.meetings ?? []) {
      const window = checkInTimes(meeting, rulesOf(room.id))
      if (!snapshot || !window) continue
      for (const edgeMs of [window.fromMs, window.untilMs]) {
        if (edgeMs > nowMs && (nextMs === null || edgeMs < nextMs)) nextMs = edgeMs
      }
      if (!recordOf(journal.get(), meeting.id)?.checkIn) watch.look(snapshot, journal, meeting, window)
      if (nowMs >= window.untilMs && nowMs < meeting.endMs) settleClosed(room, journal, meeting)
    }
    void journal.save()
    return nextMs
  }

  function tick(): void {
    if (isStopped) return
    const edges = deps.rooms.flatMap((room) => {
      const journal = ledger.of(room.id)
      return (journal && tickRoom(room, journal)) ?? []
    })
    const untilEdgeMs = Math.min(...edges) - time.now()
    cancelTick = clock.schedule(Math.max(1, Math.min(SAMPLE_MS, untilEdgeMs)), tick)
  }

  return {
    start: tick,
    noteShown: (roomId, meeting) => watch.noteShown(roomId, meeting),
    async stop() {
      isStopped = true
      cancelTick?.()
      releaser.stop()
      await Promise.all(settling.values())
    },
  }
}
