import type { RoomId } from '../../shared/domain/room.ts'
import type { StatusRules } from '../../shared/domain/statusRules.ts'
import type { RoomSettings } from '../../shared/settings/schema.ts'
import type { CorePorts } from '../ports/CorePorts.ts'
import type { MeetingMarks } from '../site/Site.ts'
import type { ServerTime } from '../time/createServerTime.ts'
import { createRoomJournal } from './createRoomJournal.ts'
import type { RoomJournal } from './createRoomJournal.ts'
import { foldMeetings } from './foldMeetings.ts'
import { pruneJournal } from './journal.ts'

/** What {@link createCheckInLedger} works with. */
export interface CheckInLedgerDeps extends Pick<CorePorts, 'log' | 'state' | 'random'> {
  readonly rooms: readonly RoomSettings[]
  readonly rulesOf: (roomId: RoomId) => StatusRules
  readonly time: ServerTime
  /** Names the account the rooms belong to. */
  readonly account: string
}

/** The check-in journals of a site's rooms: what its snapshots carry, and what presses and releases write into. */
export interface CheckInLedger extends Pick<MeetingMarks, 'noteReading' | 'checkedInIds'> {
  /** Takes up the journals; before the site loads its plans. */
  load(): Promise<void>
  /** Null for a room that is not the site's. */
  of(roomId: RoomId): RoomJournal | null
  /** A check-in that is not on disk yet is nobody's; `settle` ends that. */
  hold(roomId: RoomId, meetingId: string): { settle(): void }
  save(): Promise<void>
}

/** See {@link CheckInLedger}. */
export function createCheckInLedger(deps: CheckInLedgerDeps): CheckInLedger {
  const { time, rulesOf } = deps
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
  const held = new Set<string>()

  return {
    async load() {
      await Promise.all([...journals.values()].map((journal) => journal.load()))
    },
    of: (roomId) => journals.get(roomId) ?? null,
    hold(roomId, meetingId) {
      const key = `${roomId} ${meetingId}`
      held.add(key)
      return { settle: () => void held.delete(key) }
    },
    async save() {
      await Promise.all([...journals.values()].map((journal) => journal.save()))
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
      if (rulesOf(roomId).checkIn.mode !== 'local') return []
      return (journals.get(roomId)?.get().meetings ?? []).flatMap(({ id, checkIn: made, goneAtMs }) =>
        made && goneAtMs === null && !held.has(`${roomId} ${id}`) ? [id] : [],
      )
    },
  }
}
