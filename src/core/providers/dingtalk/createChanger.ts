import { MINUTE_MS } from '../../../shared/domain/duration.ts'
import { overlaps } from '../../../shared/domain/timeRange.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import { ProviderError } from '../ProviderError.ts'
import type { EndReason, Occurrence, WriteOutcome } from '../RoomActions.ts'
import { occurrenceOf } from '../writes/createRoomLedger.ts'
import { refused, refusedBy, unclear } from '../writes/refusal.ts'
import { sendOnce } from '../writes/sendOnce.ts'
import type { Sending } from '../writes/sendOnce.ts'
import type { DingtalkClient } from './client.ts'
import type { Catalogue } from './createCatalogue.ts'
import type { FindOccurrence, FoundOccurrence } from './createOccurrenceFinder.ts'
import type { Ledger } from './createLedger.ts'
import type { TakenItem } from './map.ts'
import { brokenRuleOf } from './roomRules.ts'
import { isAnswered, isRoomRefused, writeRefusal } from './writeErrors.ts'

/** What a changer works with. */
export interface ChangerDeps {
  readonly client: DingtalkClient
  readonly ledger: Ledger
  readonly catalogue: Catalogue
  readonly find: FindOccurrence
  readonly nowMs: () => number
}

/** Changes single events, as their organiser. */
export interface Changer {
  /** @param untilMs whole minutes, behind the end */
  extend(roomId: string, occurrence: Occurrence, untilMs: number, signal: AbortSignal): Promise<WriteOutcome>
  end(roomId: string, occurrence: Occurrence, reason: EndReason, signal: AbortSignal): Promise<WriteOutcome>
  /** False once the platform moved an event and left its room where it was: times are then of no use to a door. */
  doRoomsFollow(): boolean
}

/** What was sent, and what the occurrence should be then; null: gone from the room. */
interface Sent {
  readonly roomId: string
  readonly found: FoundOccurrence
  readonly sending: Sending<void>
  readonly endMs: number | null
}

/** See {@link Changer}. */
export function createChanger({ client, ledger, catalogue, find, nowMs }: ChangerDeps): Changer {
  let follows: 'untried' | 'yes' | 'no' = 'untried'
  let mayShorten = true

  const itemIn = (items: readonly TakenItem[], { item }: FoundOccurrence): TakenItem | undefined =>
    items.find((one) => one.id === item.id)

  /** Whether the calendar shows what was asked for. */
  function isDone({ found, endMs }: Sent, items: readonly TakenItem[]): boolean {
    const now = itemIn(items, found)
    return now === undefined ? endMs === null : now.range.untilMs === endMs
  }

  function move({ item, event }: FoundOccurrence, endMs: number, signal: AbortSignal) {
    const span = { ...item.range, untilMs: endMs }
    const moveEvent = (onSend: () => void) => client.moveEvent(event, span, item.timeZone, onSend, signal)
    return sendOnce(moveEvent, isAnswered, signal)
  }

  /** The calendar's word, where it was read: null if what was asked for is not there. */
  function settleRead(sent: Sent, after: readonly TakenItem[]): WriteOutcome | null {
    const { found, sending, endMs } = sent
    const { item } = found
    const now = itemIn(after, found)
    if (now) {
      if (!isDone(sent, after)) return null
      return { kind: 'done', occurrence: occurrenceOf(now) }
    }
    if (sending.kind === 'refused') return refusedBy(sending.error, 'gone')
    // Who wanted more time and lost the room is not told "done"; who wanted to leave is.
    const isExtended = endMs !== null && endMs > item.range.untilMs
    return isExtended ? null : { kind: 'done', occurrence: null }
  }

  /** What the platform did with new times is not documented: the first answer decides what is offered from then on. */
  function learnFrom({ found, sending, endMs }: Sent, outcome: WriteOutcome | null, isThere: boolean): void {
    if (endMs === null) return
    if (outcome?.kind === 'done' && isThere) follows = 'yes'
    else if (sending.kind === 'answered' && isThere && follows === 'untried') follows = 'no'
    const isShorter = endMs < found.item.range.untilMs
    if (sending.kind === 'refused' && isRoomRefused(sending.error) && isShorter) mayShorten = false
  }

  async function settle(sent: Sent, signal: AbortSignal): Promise<WriteOutcome> {
    const { roomId, found, sending, endMs } = sent
    if (sending.kind === 'unsent') return refusedBy(sending.error)
    const isDecided =
      sending.kind === 'refused' && !isAnswered(sending.error) && sending.error.kind !== 'notFound'
    if (isDecided) return writeRefusal(sending.error)
    const { range } = found.item
    const whole = { fromMs: range.fromMs, untilMs: Math.max(range.untilMs, endMs ?? 0) }
    const after = await ledger.readBack(
      roomId,
      whole,
      signal,
      (items) => sending.kind !== 'answered' || isDone(sent, items),
    )
    if (after instanceof ProviderError) {
      if (sending.kind === 'refused') return writeRefusal(sending.error)
      return unclear(sending.kind === 'lost' ? sending.error : after)
    }
    const read = settleRead(sent, after)
    learnFrom(sent, read, itemIn(after, found) !== undefined)
    if (read) return read
    if (sending.kind === 'lost') return unclear(sending.error)
    if (sending.kind === 'answered')
      return unclear(new ProviderError('badResponse', 'calendars/events: the room did not follow'))
    const added = { fromMs: range.untilMs, untilMs: whole.untilMs }
    const isTaken = after.some((one) => overlaps(one.range, added) && one.eventId !== found.item.eventId)
    if (isTaken) return refusedBy(sending.error, 'taken')
    return isRoomRefused(sending.error) ? refusedBy(sending.error, 'policy') : writeRefusal(sending.error)
  }

  /** Why a meeting may not go on until then; null if it may. */
  async function againstExtending(
    roomId: string,
    { item, isOnlyRoom, before }: FoundOccurrence,
    added: TimeRange,
    signal: AbortSignal,
  ): Promise<WriteOutcome | null> {
    const isTaken = before.some((one) => one !== item && overlaps(one.range, added))
    if (isTaken) return refused('taken')
    const { range, isAllDay } = item
    if (isAllDay) return refused('policy')
    // Other rooms would be taken for longer too.
    if (!isOnlyRoom) return refused('unsupported')
    if (item.state === 'pending') return refused('approval')
    await catalogue.learn([roomId], signal)
    const rule = brokenRuleOf(catalogue, roomId, { ...range, untilMs: added.untilMs })
    return rule === null ? null : refused(rule)
  }

  /**
   * When a meeting that is ended ends; null to take the room from it instead: nobody came, it has not begun, other rooms
   * would lose their time too, or what is left would be shorter than the room allows.
   */
  function endOf(roomId: string, { item, isOnlyRoom }: FoundOccurrence, reason: EndReason): number | null {
    const { range, isAllDay } = item
    const endMs = Math.floor(nowMs() / MINUTE_MS) * MINUTE_MS
    const leastMs = Math.max(1, catalogue.rulesOf(roomId)?.minMinutes ?? 0) * MINUTE_MS
    const isLongEnough = endMs - range.fromMs >= leastMs
    const canMove = isOnlyRoom && !isAllDay && follows !== 'no' && mayShorten
    return reason === 'endedEarly' && canMove && isLongEnough ? endMs : null
  }

  return {
    doRoomsFollow: () => follows !== 'no',
    async extend(roomId, occurrence, untilMs, signal) {
      const found = await find(roomId, occurrence, untilMs, signal)
      if (found.kind !== 'found') return found
      const added = { fromMs: occurrence.endMs, untilMs }
      const refusal = await againstExtending(roomId, found, added, signal)
      if (refusal) return refusal
      const sending = await move(found, untilMs, signal)
      return settle({ roomId, found, sending, endMs: untilMs }, signal)
    },
    async end(roomId, occurrence, reason, signal) {
      const found = await find(roomId, occurrence, occurrence.endMs, signal)
      if (found.kind !== 'found') return found
      await catalogue.learn([roomId], signal)
      const endMs = endOf(roomId, found, reason)
      const remove = (onSend: () => void) => client.removeRoom(found.event, roomId, onSend, signal)
      const sending =
        endMs === null ? await sendOnce(remove, isAnswered, signal) : await move(found, endMs, signal)
      return settle({ roomId, found, sending, endMs }, signal)
    },
  }
}
