import { overlaps } from '../../../shared/domain/timeRange.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import { ProviderError } from '../ProviderError.ts'
import type { WriteOutcome, WriteRefusal } from '../RoomActions.ts'
import type { Leftovers } from '../writes/createLeftovers.ts'
import { occurrenceOf } from '../writes/createRoomLedger.ts'
import { refused, refusedBy, unclear } from '../writes/refusal.ts'
import { sendOnce } from '../writes/sendOnce.ts'
import type { Sending } from '../writes/sendOnce.ts'
import type { DingtalkClient } from './client.ts'
import type { Catalogue } from './createCatalogue.ts'
import type { MakeEvent } from './createEventMaker.ts'
import type { Ledger } from './createLedger.ts'
import type { TakenItem } from './map.ts'
import { brokenRuleOf } from './roomRules.ts'
import type { EventKey } from './writeCalls.ts'
import { dayFullUntil, isAnswered, isRoomRefused, writeRefusal } from './writeErrors.ts'

/** What a booker works with. */
export interface BookerDeps {
  readonly client: DingtalkClient
  readonly ledger: Ledger
  readonly catalogue: Catalogue
  readonly leftovers: Leftovers<EventKey>
  readonly makeEvent: MakeEvent
  readonly bookerUnionId: string
  /** IANA name, for the door's events. */
  readonly timeZone: string
  /** The vendor's present, epoch milliseconds. */
  readonly nowMs: () => number
}

/** One booking to make, whole minutes. */
export interface Order {
  readonly roomId: string
  readonly span: TimeRange
  readonly title: string
  /** A UUID, as the platform's token for making the event once has to be (D:create-schedule). */
  readonly pressId: string
}

/** Makes an event, adds the room, and tells what the calendar says then; an event whose room is lost is deleted. */
export type Book = (order: Order, signal: AbortSignal) => Promise<WriteOutcome>

/** How the booking stands once the room was asked for. */
interface Asked {
  readonly order: Order
  readonly event: EventKey
  readonly sending: Exclude<Sending<void>, { kind: 'unsent' }>
  readonly before: readonly TakenItem[]
}

/** See {@link Book}. */
export function createBooker(deps: BookerDeps): Book {
  const { client, ledger, catalogue, leftovers, makeEvent, bookerUnionId, timeZone, nowMs } = deps
  /** Until then the service person's day is full: no call is spent on it. */
  let fullUntilMs = -Infinity

  async function addRoom({ roomId }: Order, event: EventKey, signal: AbortSignal) {
    try {
      return await sendOnce((onSend) => client.addRoom(event, roomId, onSend, signal), isAnswered, signal)
    } catch (error) {
      leftovers.remember(event)
      throw error
    }
  }

  /**
   * By its id; should the calendar know a booking that was answered by another one, it is the new one of ours at exactly
   * that time. Without an answer that would be guessing: another door books for the same person.
   */
  function findOurs(
    { order, event, sending, before }: Asked,
    after: readonly TakenItem[],
  ): TakenItem | undefined {
    const known = new Set(before.map(({ eventId }) => eventId))
    const isNewOfOurs = (item: TakenItem): boolean =>
      sending.kind === 'answered' &&
      !known.has(item.eventId) &&
      item.organizerId === bookerUnionId &&
      item.range.fromMs === order.span.fromMs &&
      item.range.untilMs === order.span.untilMs
    return after.find(({ eventId }) => eventId === event.eventId) ?? after.find(isNewOfOurs)
  }

  /** The room stood free, and was refused: what is known of its rules was wrong, or the refusal is of another kind. */
  async function ruleBehind({ roomId, span }: Order, error: ProviderError, signal: AbortSignal) {
    if (!isRoomRefused(error)) return writeRefusal(error)
    catalogue.doubt(roomId)
    try {
      await catalogue.learn([roomId], signal)
    } catch {
      // The refusal stands without its reason.
    }
    return refusedBy(error, brokenRuleOf(catalogue, roomId, span) ?? 'policy')
  }

  /** The calendar was read, and the event does not hold the room. */
  async function settleWithout(asked: Asked, isTaken: boolean, signal: AbortSignal): Promise<WriteOutcome> {
    const { order, event, sending } = asked
    if (sending.kind === 'answered') {
      const absent = new ProviderError('badResponse', 'events/meetingRooms: the calendar lacks the booking')
      if (!isTaken) {
        // The calendar may be late: deleted now, a good booking would be lost.
        leftovers.remember(event, order.roomId)
        return unclear(absent)
      }
      await leftovers.takeBack(event, signal, order.roomId)
      return refusedBy(absent, 'taken')
    }
    // A request still under way then finds no event to give the room to.
    await leftovers.takeBack(event, signal, sending.kind === 'lost' ? order.roomId : undefined)
    if (isTaken) return refusedBy(sending.error, 'taken')
    return sending.kind === 'lost' ? unclear(sending.error) : ruleBehind(order, sending.error, signal)
  }

  /** An app can ask nobody for approval: what it asked for by mistake is taken back. */
  async function withdraw(event: EventKey, signal: AbortSignal): Promise<WriteOutcome> {
    if (await leftovers.takeBack(event, signal)) return refused('approval')
    return unclear(new ProviderError('server', 'calendars/events delete: a request for approval stands'))
  }

  async function settle(asked: Asked, signal: AbortSignal): Promise<WriteOutcome> {
    const { order, event, sending } = asked
    const { roomId, span } = order
    if (sending.kind === 'refused' && !isAnswered(sending.error)) {
      await leftovers.takeBack(event, signal)
      return writeRefusal(sending.error)
    }
    const isDone = (items: readonly TakenItem[]) => sending.kind !== 'answered' || !!findOurs(asked, items)
    const after = await ledger.readBack(roomId, span, signal, isDone)
    if (after instanceof ProviderError) {
      if (sending.kind === 'refused') {
        await leftovers.takeBack(event, signal)
        return writeRefusal(sending.error)
      }
      leftovers.remember(event, roomId)
      return unclear(sending.kind === 'lost' ? sending.error : after)
    }
    const ours = findOurs(asked, after)
    const isTaken = after.some(({ range }) => overlaps(range, span))
    if (!ours) return settleWithout(asked, isTaken, signal)
    if (ours.state === 'pending') {
      catalogue.doubt(roomId)
      return withdraw(event, signal)
    }
    return { kind: 'done', occurrence: occurrenceOf(ours) }
  }

  /** Reads what can be read before anything is sent. @returns the calendar, or why there is nothing to send */
  async function check(
    { roomId, span }: Order,
    signal: AbortSignal,
  ): Promise<readonly TakenItem[] | WriteRefusal> {
    const before = await ledger.read(roomId, span, signal)
    if (before instanceof ProviderError) return refusedBy(before)
    if (before.some(({ range }) => overlaps(range, span))) return refused('taken')
    await catalogue.learn([roomId], signal)
    const rule = brokenRuleOf(catalogue, roomId, span)
    return rule === null ? before : refused(rule)
  }

  return async (order, signal) => {
    if (nowMs() < fullUntilMs) return refused('dailyLimit')
    const before = await check(order, signal)
    if ('kind' in before) return before
    await leftovers.tidy(signal)
    const draft = { title: order.title, span: order.span, timeZone }
    const making = await makeEvent(draft, order.pressId, signal)
    if (making.kind === 'failed') {
      fullUntilMs = dayFullUntil(making.error, nowMs()) ?? fullUntilMs
      return writeRefusal(making.error)
    }
    const event = { unionId: bookerUnionId, eventId: making.eventId }
    const sending = await addRoom(order, event, signal)
    if (sending.kind !== 'unsent') return settle({ order, event, sending, before }, signal)
    await leftovers.takeBack(event, signal)
    return refusedBy(sending.error)
  }
}
