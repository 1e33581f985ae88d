import type { RoomId } from '../../shared/domain/room.ts'
import type { Logger } from '../ports/Logger.ts'
import type { StateStore } from '../ports/StateStore.ts'
import { boundJournal, emptyJournal, journalSchema } from './journal.ts'
import type { Journal } from './journal.ts'

/** One room's journal: in memory to decide by, on disk to be believed. */
export interface RoomJournal {
  /** Takes up what is on disk. A damaged one is set aside: it proves nothing. */
  load(): Promise<void>
  get(): Journal
  /** Changes the journal in memory, at once; {@link save} makes it durable. */
  update(change: (journal: Journal) => Journal): void
  /** Puts a new state in place. @param isWorthWriting false for what may be lost, so that flash is spared */
  replace(journal: Journal, isWorthWriting: boolean): void
  /** @returns whether all that was changed until now is on disk */
  save(): Promise<boolean>
}

/** What {@link createRoomJournal} works with. */
export interface RoomJournalDeps {
  readonly roomId: RoomId
  readonly state: StateStore
  readonly binding: string
  readonly salt: string
  readonly log: Logger
}

/** See {@link RoomJournal}. */
export function createRoomJournal({ roomId, state, binding, salt, log }: RoomJournalDeps): RoomJournal {
  const key = `checkIn.${roomId}`
  let journal = emptyJournal(binding, salt)
  let version = 0
  let savedVersion = 0
  let isDiskFailing = false

  async function setAside(stored: unknown): Promise<void> {
    log.warn('a check-in journal nobody can read was set aside', { room: roomId })
    await state.write(`${key}.damaged`, stored).catch(() => undefined)
  }

  /** What was sent in an earlier life and never answered stays unclear for good. */
  const settled = (stored: Journal): Journal => ({
    ...stored,
    attempts: stored.attempts.map((one) => ({ ...one, outcome: one.outcome ?? { kind: 'unclear' } })),
  })

  return {
    async load() {
      const stored = await state.read(key)
      if (stored === undefined) return
      const parsed = journalSchema.safeParse(stored)
      if (!parsed.success) await setAside(stored)
      else if (parsed.data.binding === binding) {
        journal = settled(parsed.data)
        version += 1
      }
    },
    get: () => journal,
    update(change) {
      journal = change(journal)
      version += 1
    },
    replace(next, isWorthWriting) {
      journal = next
      if (isWorthWriting) version += 1
    },
    async save() {
      if (savedVersion === version) return true
      journal = boundJournal(journal)
      const mine = version
      try {
        await state.write(key, journal)
        savedVersion = Math.max(savedVersion, mine)
        isDiskFailing = false
        return true
      } catch {
        if (!isDiskFailing) log.warn('check-in journal not written; nothing is released', { room: roomId })
        isDiskFailing = true
        return false
      }
    },
  }
}
