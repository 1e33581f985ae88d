import { z } from 'zod'
import { actionNames, actionRefusals } from '../../shared/domain/action.ts'
import type { ActionName, ActionOutcome } from '../../shared/domain/action.ts'
import { DAY_MS } from '../../shared/domain/duration.ts'
import type { Meeting } from '../../shared/domain/meeting.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import type { Logger } from '../ports/Logger.ts'
import type { StateStore } from '../ports/StateStore.ts'
import type { Occurrence } from '../providers/RoomActions.ts'
import type { ServerTime } from '../time/createServerTime.ts'

const STATE_KEY = 'actions'
const MAX_PRESSES = 200
const MAX_OWN = 500

const outcomeSchema: z.ZodType<ActionOutcome> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('done'),
    meeting: z.object({ id: z.string(), startMs: z.number(), endMs: z.number() }).nullable(),
  }),
  z.object({
    kind: z.literal('refused'),
    reason: z.enum(actionRefusals),
    waitMs: z.number().optional(),
  }),
  z.object({ kind: z.literal('unclear') }),
])

const pressSchema = z.object({
  pressId: z.string(),
  action: z.enum(actionNames),
  roomId: z.string(),
  /** Null from before the vendor call until its outcome is known. */
  outcome: outcomeSchema.nullable(),
})

const ownSchema = z.object({
  roomId: z.string(),
  meetingId: z.string(),
  endMs: z.number(),
  title: z.string(),
  /** The meeting it extends, where it is an extension. */
  extendsId: z.string().nullable().default(null),
})

const storedSchema = z.object({ presses: z.array(pressSchema), own: z.array(ownSchema) })

type StoredPress = z.infer<typeof pressSchema>

/** One press of one button. */
export interface Press {
  readonly pressId: string
  readonly action: ActionName
  readonly roomId: RoomId
}

/** A booking this panel made; the platform may keep its subject to itself. */
export type OwnBooking = z.infer<typeof ownSchema>

/** What was pressed and what came of it, and which meetings are our own; on disk, bounded, without anybody's name. */
export interface ActionJournal {
  /** Takes up what earlier lives left; a press they left open is unclear from then on. Safe to call twice. */
  load(): Promise<void>
  /** The outcome of a press that was begun; null where it never was. An id used for another button is `failed`. */
  outcomeOf(press: Press): ActionOutcome | null
  /**
   * Puts the press on disk, before the vendor hears of it.
   * @returns false where it was begun before, by whatever button; nothing is written then
   * @throws when it cannot be made durable; it then counts as never begun
   */
  begin(press: Press): Promise<boolean>
  /** Never throws: an outcome that cannot be written is unclear after the next start. */
  settle(pressId: string, outcome: ActionOutcome, own: OwnBooking | null): Promise<void>
  /** The meeting that an own booking extends; null where it extends none. */
  extensionOf(roomId: RoomId, meetingId: string): string | null
  /** The occurrence with the mark of our own where it is. */
  withMark(roomId: RoomId, occurrence: Occurrence): Occurrence
  /** Meetings as read, with our own marked and named. Before privacy is applied. */
  markOwn(roomId: RoomId, meetings: readonly Meeting[]): readonly Meeting[]
}

/** See {@link ActionJournal}. */
export function createActionJournal(state: StateStore, time: ServerTime, log: Logger): ActionJournal {
  const presses = new Map<string, StoredPress>()
  const own = new Map<string, OwnBooking>()
  let loading: Promise<void> | null = null

  const ownKey = (roomId: RoomId, meetingId: string): string => JSON.stringify([roomId, meetingId])

  function remember(press: StoredPress): void {
    presses.set(press.pressId, press)
    for (const [pressId] of presses) {
      if (presses.size <= MAX_PRESSES) break
      presses.delete(pressId)
    }
  }

  function rememberOwn(booking: OwnBooking): void {
    own.set(ownKey(booking.roomId, booking.meetingId), booking)
    for (const [key, { endMs }] of own) {
      // A clock nobody vouched for may stand in another year.
      const isOld = time.isOffsetKnown() && endMs + DAY_MS < time.now()
      if (isOld || own.size > MAX_OWN) own.delete(key)
    }
  }

  const write = (): Promise<void> =>
    state.write(STATE_KEY, { presses: [...presses.values()], own: [...own.values()] })

  async function takeUp(): Promise<void> {
    const found = await state.read(STATE_KEY)
    if (found === undefined) return
    const stored = storedSchema.safeParse(found)
    if (!stored.success) {
      log.warn('a record of actions nobody can read was set aside')
      await state.write(`${STATE_KEY}.damaged`, found).catch(() => undefined)
      return
    }
    for (const press of stored.data.presses) {
      remember({ ...press, outcome: press.outcome ?? { kind: 'unclear' } })
    }
    for (const booking of stored.data.own) rememberOwn(booking)
  }

  return {
    load: () => (loading ??= takeUp()),
    outcomeOf({ pressId, action, roomId }) {
      const found = presses.get(pressId)
      if (!found) return null
      if (found.action !== action || found.roomId !== roomId) return { kind: 'refused', reason: 'failed' }
      return found.outcome ?? { kind: 'unclear' }
    },
    async begin(press) {
      if (presses.has(press.pressId)) return false
      remember({ ...press, outcome: null })
      try {
        await write()
        return true
      } catch (error) {
        presses.delete(press.pressId)
        throw error
      }
    },
    async settle(pressId, outcome, booking) {
      const press = presses.get(pressId)
      if (press) presses.set(pressId, { ...press, outcome })
      if (booking) rememberOwn(booking)
      try {
        await write()
      } catch {
        log.warn('the outcome of an action was not written; it will be unclear after a restart')
      }
    },
    extensionOf: (roomId, meetingId) => own.get(ownKey(roomId, meetingId))?.extendsId ?? null,
    withMark: (roomId, occurrence) =>
      own.has(ownKey(roomId, occurrence.meetingId)) ? { ...occurrence, isOwn: true } : occurrence,
    markOwn: (roomId, meetings) =>
      meetings.map((meeting) => {
        const booking = own.get(ownKey(roomId, meeting.id))
        if (!booking) return meeting
        // What we booked ourselves is nobody's secret, whatever the platform hides of it.
        return { ...meeting, isOwn: true, isPrivate: false, title: booking.title }
      }),
  }
}
