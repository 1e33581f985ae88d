import type { Meeting } from '../../shared/domain/meeting.ts'
import type { KeepReason, ReleaseDecision, ReleaseOutcome } from '../../shared/domain/release.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import type { RoomSettings } from '../../shared/settings/schema.ts'
import type { WriteOutcome } from '../providers/RoomActions.ts'
import type { CheckInsDeps } from './CheckInsDeps.ts'
import type { RoomJournal } from './createRoomJournal.ts'

/** A release that was not answered by then is given up. */
const CALL_DEADLINE_MS = 60_000
/** Read back before and after, and the call itself: what a release may cost the month. */
const RELEASE_CALLS = 5

/** Carries decisions out. */
export interface Releaser {
  /**
   * Decides on a meeting whose window is over, writes the decision down, and gives the room back if that is what it
   * says. Joins nothing: the caller asks once per occurrence.
   * @param decide judges the room as it stands now, or null where the meeting is no longer there
   */
  settle(
    room: RoomSettings,
    journal: RoomJournal,
    meeting: Meeting,
    decide: (needsFreshRead: boolean) => ReleaseDecision | null,
  ): Promise<void>
  /** Aborts what is under way. */
  stop(): void
}

const gone: ReleaseDecision = { kind: 'keep', reasons: ['gone'] }

function outcomeOf(written: WriteOutcome): ReleaseOutcome {
  if (written.kind === 'refused') return { kind: 'refused', reason: written.reason }
  return { kind: written.kind }
}

/** See {@link Releaser}. */
export function createReleaser(deps: CheckInsDeps): Releaser {
  const { clock, log, time, actions } = deps
  const stopped = new AbortController()
  const whenStopped = new Promise<void>((resolve) => {
    stopped.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  const readNow = (roomId: RoomId, why: 'decide' | 'verify'): Promise<unknown> =>
    Promise.race([deps.site.readRoom(roomId, why), whenStopped])

  /** Every action reads before it decides: twice, because the first may have joined a read that began too early. */
  async function decideAnew(roomId: RoomId, decide: (needsFreshRead: boolean) => ReleaseDecision | null) {
    for (let reads = 0; reads < 2; reads += 1) {
      await readNow(roomId, 'decide')
      const decision = decide(true)
      if (decision === null) return gone
      if (!decision.reasons.some((one) => one === 'staleData')) return decision
    }
    return decide(true) ?? gone
  }

  function note(journal: RoomJournal, meeting: Meeting, { kind, reasons }: ReleaseDecision): void {
    const entry = {
      meetingId: meeting.id,
      startMs: meeting.startMs,
      decidedAtMs: time.now(),
      decision: kind,
      reasons: [...reasons],
    }
    journal.update((before) => ({ ...before, decisions: [...before.decisions, entry] }))
    log.info('release decided', { decision: kind, reasons: reasons.join(' ') })
  }

  function noteOutcome(journal: RoomJournal, meeting: Meeting, outcome: ReleaseOutcome): void {
    journal.update((before) => ({
      ...before,
      attempts: before.attempts.map((one) =>
        one.meetingId === meeting.id && one.outcome === null ? { ...one, outcome } : one,
      ),
    }))
    log.info('release ended', { outcome: outcome.kind })
  }

  /** The intent is on disk before anything leaves: an intent without outcome is unclear, after any crash. */
  async function writeIntent(journal: RoomJournal, meeting: Meeting): Promise<boolean> {
    const { id: meetingId, startMs, endMs } = meeting
    const intent = { meetingId, startMs, endMs, intendedAtMs: time.now(), outcome: null }
    journal.update((before) => ({ ...before, attempts: [...before.attempts, intent] }))
    return journal.save()
  }

  /** Not `withDeadline`: after an abort the platform alone knows whether its call had left, and must be heard out. */
  async function send(room: RoomSettings, { id, startMs, endMs }: Meeting): Promise<ReleaseOutcome> {
    if (actions === null || stopped.signal.aborted) return { kind: 'notSent' }
    const controller = new AbortController()
    const abort = (): void => controller.abort(new Error('the release is given up'))
    stopped.signal.addEventListener('abort', abort, { once: true })
    const cancelDeadline = clock.schedule(CALL_DEADLINE_MS, abort)
    try {
      const occurrence = { meetingId: id, startMs, endMs }
      return outcomeOf(await actions.end(room, occurrence, 'noShow', controller.signal))
    } catch {
      // By its contract nothing left before our own abort; anything else that is thrown is a bug and proves nothing.
      return { kind: controller.signal.aborted ? 'notSent' : 'unclear' }
    } finally {
      cancelDeadline()
      stopped.signal.removeEventListener('abort', abort)
    }
  }

  async function release(room: RoomSettings, journal: RoomJournal, meeting: Meeting): Promise<void> {
    if (!deps.site.mayAlsoCall(RELEASE_CALLS)) return keep(journal, meeting, 'budget')
    note(journal, meeting, { kind: 'release', reasons: ['noShow'] })
    if (!(await writeIntent(journal, meeting))) {
      noteOutcome(journal, meeting, { kind: 'notSent' })
      return keep(journal, meeting, 'journalFailed')
    }
    noteOutcome(journal, meeting, await send(room, meeting))
    await journal.save()
    if (!stopped.signal.aborted) await readNow(room.id, 'verify')
  }

  async function keep(journal: RoomJournal, meeting: Meeting, reason: KeepReason): Promise<void> {
    note(journal, meeting, { kind: 'keep', reasons: [reason] })
    await journal.save()
  }

  return {
    async settle(room, journal, meeting, decide) {
      const first = decide(false) ?? gone
      const decision = first.kind === 'keep' ? first : await decideAnew(room.id, decide)
      // Nothing was sent and nothing is written: the next life finds that it was not there.
      if (stopped.signal.aborted) return
      if (decision.kind === 'release') return release(room, journal, meeting)
      note(journal, meeting, decision)
      await journal.save()
    },
    stop: () => stopped.abort(),
  }
}
