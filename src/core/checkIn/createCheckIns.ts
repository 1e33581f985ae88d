import type { ActionOutcome, ActionRefusal } from '../../shared/domain/action.ts'
import type { Meeting } from '../../shared/domain/meeting.ts'
import { contains } from '../../shared/domain/timeRange.ts'
import type { TimeRange } from '../../shared/domain/timeRange.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import { checkInTimes, roomStatus } from '../../shared/domain/roomStatus.ts'
import type { CheckIns } from './CheckIns.ts'
import type { CheckInsDeps } from './CheckInsDeps.ts'
import { createReleaseLoop } from './createReleaseLoop.ts'
import type { RoomJournal } from './createRoomJournal.ts'
import { recordOf } from './journal.ts'
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
  const { time, site, ledger, rulesOf } = deps
  const releasing = deps.rooms.filter(({ id }) => {
    const { mode, isReleaseOn } = rulesOf(id).checkIn
    return mode === 'local' && isReleaseOn
  })
  const loop = createReleaseLoop({ ...deps, rooms: releasing })

  const meetingOf = (roomId: RoomId, meetingId: string): Meeting | null =>
    site.snapshot(roomId)?.meetings.find(({ id }) => id === meetingId) ?? null
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
    const held = ledger.hold(roomId, meeting.id)
    journal.update((before) => withCheckIn(before, meeting, time.now()))
    const isWritten = await journal.save()
    held.settle()
    if (!isWritten) {
      journal.update((before) => withUnwrittenPress(before, meeting, time.now()))
      return refused('failed')
    }
    site.republish(roomId)
    return doneWith(meeting)
  }

  async function checkIn(roomId: RoomId, meetingId: string): Promise<ActionOutcome> {
    const rules = rulesOf(roomId)
    const { mode } = rules.checkIn
    if (mode === 'off') return refused('off')
    const journal = ledger.of(roomId)
    const snapshot = site.snapshot(roomId)
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
    start() {
      // Without release nothing has to be proved, and a tablet's flash is spared.
      if (releasing.length > 0) loop.start()
    },
    async stop() {
      await loop.stop()
      await ledger.save()
    },
    checkIn,
    noteShown(roomId, meetingId) {
      const meeting = meetingOf(roomId, meetingId)
      const window = meeting && checkInTimes(meeting, rulesOf(roomId))
      const nowMs = time.now()
      if (window && contains(window, nowMs)) loop.noteShown(roomId, meeting)
    },
    async noteExtension(roomId, { meetingId: id, startMs, endMs }) {
      const journal = ledger.of(roomId)
      if (rulesOf(roomId).checkIn.mode !== 'local' || !journal) return
      journal.update((before) => withCheckIn(before, { id, startMs, endMs }, time.now(), 'walkUp'))
      await journal.save()
    },
    reports(roomId) {
      const { decisions, attempts } = ledger.of(roomId)?.get() ?? { decisions: [], attempts: [] }
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
