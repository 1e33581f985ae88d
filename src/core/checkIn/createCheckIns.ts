import type { ActionOutcome, ActionRefusal } from '../../shared/domain/action.ts'
import type { Meeting } from '../../shared/domain/meeting.ts'
import { contains } from '../../shared/domain/timeRange.ts'
import type { TimeRange } from '../../shared/domain/timeRange.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import { checkInTimes, roomStatus } from '../../shared/domain/roomStatus.ts'
import type { CheckIns } from './CheckIns.ts'
import type { CheckInsDeps } from './CheckInsDeps.ts'
import { createReleaseLoop } from './createReleaseLoop.ts'
import { createRoomJournal } from './createRoomJournal.ts'
import type { RoomJournal } from './createRoomJournal.ts'
import { foldMeetings } from './foldMeetings.ts'
import { pruneJournal, recordOf } from './journal.ts'
import { withCheckIn, withUnwrittenPress } from './recordPress.ts'

/** A press that left while the button was still there is not late. */
const PRESS_GRACE_MS = 5_000
const REPORTS = 20

const refused = (reason: ActionRefusal): ActionOutcome => ({ kind: 'refused', reason })
const doneWith = ({ id, startMs, endMs }: Meeting): ActionOutcome => ({
  kind: 'done',
  meeting: { id, startMs, endMs },
})

/** See {@link CheckIns}. */
export function createCheckIns(deps: CheckInsDeps): CheckIns {
  const { time, rules } = deps
  const { mode, isReleaseOn } = rules.checkIn
  const salt = Math.floor(deps.random() * 2 ** 48).toString(16)
  const journals = new Map<RoomId, RoomJournal>(
    deps.rooms.map((room) => [
      room.id,
      createRoomJournal({
        ...deps,
        roomId: room.id,
        salt,
        binding: JSON.stringify([deps.account, room.id, room.source]),
      }),
    ]),
  )
  const loop = createReleaseLoop(deps, journals)
  /** Pressed, and not on disk yet. */
  const pressing = new Set<string>()

  const meetingOf = (roomId: RoomId, meetingId: string): Meeting | null =>
    deps
      .site()
      .snapshot(roomId)
      ?.meetings.find(({ id }) => id === meetingId) ?? null
  const isCheckedInHere = (journal: RoomJournal, meeting: Meeting): boolean =>
    (recordOf(journal.get(), meeting.id)?.checkIn ?? null) !== null

  /** Whether a press comes too early or too late; null for neither. */
  function refusedByTime(journal: RoomJournal, meeting: Meeting, window: TimeRange): ActionRefusal | null {
    const nowMs = time.now()
    if (nowMs < window.fromMs) return 'notOpen'
    const isDecided =
      journal.get().attempts.some(({ meetingId }) => meetingId === meeting.id) ||
      journal.get().decisions.some((one) => one.meetingId === meeting.id && one.startMs === meeting.startMs)
    return nowMs >= window.untilMs + PRESS_GRACE_MS || isDecided ? 'tooLate' : null
  }

  async function press(roomId: RoomId, journal: RoomJournal, meeting: Meeting): Promise<ActionOutcome> {
    const key = `${roomId} ${meeting.id}`
    pressing.add(key)
    journal.update((before) => withCheckIn(before, meeting, time.now()))
    const isWritten = await journal.save()
    pressing.delete(key)
    if (!isWritten) {
      journal.update((before) => withUnwrittenPress(before, meeting, time.now()))
      return refused('failed')
    }
    deps.site().republish(roomId)
    return doneWith(meeting)
  }

  async function checkIn(roomId: RoomId, meetingId: string): Promise<ActionOutcome> {
    if (mode === 'off') return refused('off')
    const journal = journals.get(roomId)
    const snapshot = deps.site().snapshot(roomId)
    const isUnknown = !snapshot?.horizon || roomStatus(snapshot, time.now(), rules).kind === 'unknown'
    if (!journal || isUnknown) return refused('unknown')
    const meeting = meetingOf(roomId, meetingId)
    const window = meeting && checkInTimes(meeting, rules)
    if (!meeting || !window) return refused('gone')
    if (meeting.platformCheckIn === 'checkedIn') return doneWith(meeting)
    if (mode === 'platform') return refused('unsupported')
    if (isCheckedInHere(journal, meeting)) {
      return (await journal.save()) ? doneWith(meeting) : refused('failed')
    }
    const refusal = refusedByTime(journal, meeting, window)
    return refusal === null ? press(roomId, journal, meeting) : refused(refusal)
  }

  return {
    async load() {
      await Promise.all([...journals.values()].map((journal) => journal.load()))
    },
    start() {
      // Without release nothing has to be proved, and a tablet's flash is spared.
      if (mode === 'local' && isReleaseOn) loop.start()
    },
    async stop() {
      await loop.stop()
      await Promise.all([...journals.values()].map((journal) => journal.save()))
    },
    checkIn,
    noteShown(roomId, meetingId) {
      const meeting = meetingOf(roomId, meetingId)
      const window = meeting && checkInTimes(meeting, rules)
      const nowMs = time.now()
      if (window && contains(window, nowMs)) loop.noteShown(roomId, meeting)
    },
    async noteExtension(roomId, { meetingId: id, startMs, endMs }) {
      const journal = journals.get(roomId)
      if (mode !== 'local' || !journal) return
      journal.update((before) => withCheckIn(before, { id, startMs, endMs }, time.now(), 'walkUp'))
      await journal.save()
    },
    noteReading(roomId, meetings) {
      const journal = journals.get(roomId)
      if (!journal) return
      const input = { meetings, nowMs: time.now(), isClockKnown: time.isOffsetKnown() }
      const folded = foldMeetings(journal.get(), input)
      const kept = input.isClockKnown ? pruneJournal(folded.journal, input.nowMs) : folded.journal
      journal.replace(kept, folded.isChanged)
      if (folded.isChanged) void journal.save()
    },
    checkedInIds(roomId) {
      if (mode !== 'local') return []
      return (journals.get(roomId)?.get().meetings ?? []).flatMap(({ id, checkIn: made, goneAtMs }) =>
        made && goneAtMs === null && !pressing.has(`${roomId} ${id}`) ? [id] : [],
      )
    },
    reports(roomId) {
      const { decisions, attempts } = journals.get(roomId)?.get() ?? { decisions: [], attempts: [] }
      return decisions
        .slice(-REPORTS)
        .reverse()
        .map(({ decision, ...entry }) => ({
          ...entry,
          decision,
          outcome:
            decision === 'release'
              ? (attempts.find(({ meetingId }) => meetingId === entry.meetingId)?.outcome ?? null)
              : null,
        }))
    },
  }
}
