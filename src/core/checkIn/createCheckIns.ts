import type { ActionOutcome, ActionRefusal } from '../../shared/domain/action.ts'
import type { Meeting, TimeRange } from '../../shared/domain/meeting.ts'
import type { ReleaseDecision } from '../../shared/domain/release.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import { checkInTimes, roomStatus } from '../../shared/domain/roomStatus.ts'
import type { RoomSnapshot } from '../../shared/domain/roomSnapshot.ts'
import type { StatusRules } from '../../shared/domain/statusRules.ts'
import type { RoomSettings } from '../../shared/settings/schema.ts'
import type { CorePorts } from '../ports/CorePorts.ts'
import type { RoomActions } from '../providers/RoomActions.ts'
import type { ServerTime } from '../time/createServerTime.ts'
import type { CheckIns } from './CheckIns.ts'
import { createReleaser } from './createReleaser.ts'
import { createRoomJournal } from './createRoomJournal.ts'
import type { RoomJournal } from './createRoomJournal.ts'
import { createWindowWatch } from './createWindowWatch.ts'
import { decideRelease } from './decideRelease.ts'
import type { ReleaseCase } from './decideRelease.ts'
import { foldMeetings } from './foldMeetings.ts'
import { pruneJournal } from './journal.ts'
import { withCheckIn, withUnwrittenPress } from './recordPress.ts'
import { SAMPLE_MS } from './windowEvidence.ts'

/** A press that left while the button was still there is not late. */
const PRESS_GRACE_MS = 5_000
const REPORTS = 20

/** What check-ins need of the site that owns the snapshots. */
export interface CheckInSite {
  snapshot(roomId: RoomId): RoomSnapshot | null
  /** Reads the room with a call that begins now; resolves when that settled, whatever came of it. */
  readNow(roomId: RoomId, why: 'decide' | 'verify'): Promise<unknown>
  /** Publishes the room anew: its check-ins changed. */
  republish(roomId: RoomId): void
  /** Whether the month's calls are not spent. */
  hasBudget(): boolean
  /** Claims calls beyond the planned reads. */
  claimCalls(calls: number): boolean
}

/** What {@link createCheckIns} works with. */
export interface CheckInsDeps extends Pick<CorePorts, 'clock' | 'log' | 'state' | 'random'> {
  readonly rooms: readonly RoomSettings[]
  readonly rules: StatusRules
  readonly time: ServerTime
  /** Names the account the rooms belong to. */
  readonly account: string
  /** Null where the account cannot write. */
  readonly actions: RoomActions<RoomSettings['source']> | null
  /** Asked when needed: the site is made with these check-ins. */
  readonly site: () => CheckInSite
  /** For proofs that a broken judgement is noticed. */
  readonly decide?: (one: ReleaseCase) => ReleaseDecision
}

const refused = (reason: ActionRefusal): ActionOutcome => ({ kind: 'refused', reason })
const doneWith = ({ id, startMs, endMs }: Meeting): ActionOutcome => ({
  kind: 'done',
  meeting: { id, startMs, endMs },
})

/** See {@link CheckIns}. */
export function createCheckIns(deps: CheckInsDeps): CheckIns {
  const { clock, time, rules } = deps
  const { mode, isReleaseOn } = rules.checkIn
  const decide = deps.decide ?? decideRelease
  const run = `${clock.now()}-${Math.floor(deps.random() * 1e9)}`
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
  const releaser = createReleaser(deps)
  const watch = createWindowWatch({ ...deps, run })
  /** Pressed, and not on disk yet. */
  const pressing = new Set<string>()
  const settling = new Map<string, Promise<void>>()
  let cancelTick: (() => void) | null = null
  let isStopped = false

  const meetingOf = (roomId: RoomId, meetingId: string): Meeting | null =>
    deps
      .site()
      .snapshot(roomId)
      ?.meetings.find(({ id }) => id === meetingId) ?? null
  const recordOf = (journal: RoomJournal, { id }: { readonly id: string }) =>
    journal.get().meetings.find((one) => one.id === id) ?? null
  const isCheckedInHere = (journal: RoomJournal, meeting: Meeting): boolean =>
    (recordOf(journal, meeting)?.checkIn ?? null) !== null

  /** @returns the refusal, or null where the meeting may be checked in to */
  function refusalOf(journal: RoomJournal, meeting: Meeting, window: TimeRange): ActionRefusal | null {
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
    const refusal = refusalOf(journal, meeting, window)
    return refusal === null ? press(roomId, journal, meeting) : refused(refusal)
  }

  function judge(room: RoomSettings, journal: RoomJournal, asked: Meeting) {
    return (needsFreshRead: boolean): ReleaseDecision | null => {
      const snapshot = deps.site().snapshot(room.id)
      if (!snapshot) return null
      const meeting = snapshot.meetings.find(({ id }) => id === asked.id)
      if (meeting?.startMs !== asked.startMs) return null
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
        record: recordOf(journal, meeting),
        evidence:
          windows.find((one) => one.meetingId === meeting.id && one.startMs === meeting.startMs) ?? null,
        attempts: attempts.filter(({ meetingId }) => meetingId === meeting.id),
        canWrite: deps.actions !== null,
        hasBudget: deps.site().hasBudget(),
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
    const snapshot = deps.site().snapshot(room.id)
    const nowMs = time.now()
    let nextMs: number | null = null
    for (const meeting of snapshot?.meetings ?? []) {
      const window = checkInTimes(meeting, rules)
      if (!snapshot || !window) continue
      for (const edgeMs of [window.fromMs, window.untilMs]) {
        if (edgeMs > nowMs && (nextMs === null || edgeMs < nextMs)) nextMs = edgeMs
      }
      if (!isCheckedInHere(journal, meeting)) watch.look(snapshot, journal, meeting, window)
      if (nowMs >= window.untilMs && nowMs < meeting.endMs) settleClosed(room, journal, meeting)
    }
    void journal.save()
    return nextMs
  }

  function tick(): void {
    if (isStopped) return
    const edges = deps.rooms.flatMap((room) => {
      const journal = journals.get(room.id)
      return (journal && tickRoom(room, journal)) ?? []
    })
    const untilEdgeMs = Math.min(...edges) - time.now()
    cancelTick = clock.schedule(Math.max(1, Math.min(SAMPLE_MS, untilEdgeMs)), tick)
  }

  return {
    async load() {
      await Promise.all([...journals.values()].map((journal) => journal.load()))
    },
    start() {
      // Without release nothing has to be proved, and a tablet's flash is spared.
      if (mode === 'local' && isReleaseOn) tick()
    },
    async stop() {
      isStopped = true
      cancelTick?.()
      releaser.stop()
      await Promise.all(settling.values())
      await Promise.all([...journals.values()].map((journal) => journal.save()))
    },
    checkIn,
    noteShown(roomId, meetingId) {
      const meeting = meetingOf(roomId, meetingId)
      const window = meeting && checkInTimes(meeting, rules)
      const nowMs = time.now()
      if (window && nowMs >= window.fromMs && nowMs < window.untilMs) watch.noteShown(roomId, meeting)
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
