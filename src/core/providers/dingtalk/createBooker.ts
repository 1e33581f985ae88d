import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import { ProviderError } from '../ProviderError.ts'
import type { WriteOutcome, WriteRefusal } from '../RoomActions.ts'
import { refused, refusedBy, unclear } from '../writes/refusal.ts'
import { sendOnce } from '../writes/sendOnce.ts'
import type { Sending } from '../writes/sendOnce.ts'
import type { DingtalkClient } from './client.ts'
import type { Descriptions } from './createDescriptions.ts'
import { stepToken } from './createEventMaker.ts'
import type { MakeEvent } from './createEventMaker.ts'
import type { Leftovers } from './createLeftovers.ts'
import type { RoomCalendar } from './createRoomCalendar.ts'
import { stateOf } from './map.ts'
import { ruleAgainst } from './roomRules.ts'
import type { BusyItem } from './schema.ts'
import type { EventKey } from './writeCalls.ts'
import { isAnswered, isRoomRefused, writeRefusal } from './writeErrors.ts'

/** What a booker works with. */
export interface BookerDeps {
  readonly client: DingtalkClient
  readonly calendar: RoomCalendar
  readonly descriptions: Descriptions
  readonly leftovers: Leftovers
  readonly makeEvent: MakeEvent
  readonly bookerUnionId: string
  readonly timeZone: string
  /** Told the refusal of an event. */
  readonly onRefusal: (error: ProviderError) => void
}

/** One booking to make, whole minutes. */
export interface Order {
  readonly roomId: string
  readonly span: TimeRange
  readonly title: string
  readonly pressId: string
  /** Counts the runs of one press: a token whose event was deleted would bring the deleted one back. */
  readonly attempt: number
}

/** Makes an event, adds the room, and tells what the calendar says then; an event whose room is lost is deleted. */
export type Book = (order: Order, signal: AbortSignal) => Promise<WriteOutcome>

/** How the booking stands once the room was asked for. */
interface Asked {
  readonly order: Order
  readonly event: EventKey
  readonly sending: Exclude<Sending<void>, { kind: 'unsent' }>
  readonly before: readonly BusyItem[]
}

/** See {@link Book}. */
export function createBooker(deps: BookerDeps): Book {
  const { client, calendar, descriptions, leftovers, makeEvent, bookerUnionId, timeZone, onRefusal } = deps

  async function addRoom({ roomId, pressId, attempt }: Order, event: EventKey, signal: AbortSignal) {
    const token = stepToken(pressId, attempt, 'room')
    try {
      return await sendOnce(
        (onSend) => client.addRoom(event, roomId, token, onSend, signal),
        isAnswered,
        signal,
      )
    } catch (error) {
      leftovers.remember({ kind: 'roomless', event })
      throw error
    }
  }

  /**
   * By its id; should the calendar know a booking that was answered by another one, it is the new one of ours at exactly
   * that time. Without an answer that would be guessing: another door books for the same person.
   */
  function findOurs(
    { order, event, sending, before }: Asked,
    after: readonly BusyItem[],
  ): BusyItem | undefined {
    const known = new Set(before.map(({ eventId }) => eventId))
    const isNewOfOurs = (item: BusyItem): boolean =>
      sending.kind === 'answered' &&
      !known.has(item.eventId) &&
      item.organizer?.id === bookerUnionId &&
      item.start.atMs === order.span.fromMs &&
      item.end.atMs === order.span.untilMs
    return after.find(({ eventId }) => eventId === event.eventId) ?? after.find(isNewOfOurs)
  }

  /** The room stood free, and was refused: what is known of its rules was wrong, or the refusal is of another kind. */
  async function ruleBehind({ roomId, span }: Order, error: ProviderError, signal: AbortSignal) {
    if (!isRoomRefused(error)) return writeRefusal(error)
    descriptions.doubt(roomId)
    try {
      await descriptions.learn([roomId], signal)
    } catch {
      // The refusal stands without its reason.
    }
    return refusedBy(error, ruleAgainst(descriptions, roomId, span) ?? 'policy')
  }

  /** The calendar was read, and the event does not hold the room. */
  async function settleWithout(asked: Asked, isTaken: boolean, signal: AbortSignal): Promise<WriteOutcome> {
    const { order, event, sending } = asked
    if (sending.kind === 'answered') {
      const absent = new ProviderError('badResponse', 'events/meetingRooms: the calendar lacks the booking')
      if (!isTaken) {
        // The calendar may be late: deleted now, a good booking would be lost.
        leftovers.remember({ kind: 'unread', event, roomId: order.roomId })
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
    const isDone = (items: readonly BusyItem[]) => sending.kind !== 'answered' || !!findOurs(asked, items)
    const after = await calendar.readBack(roomId, span, signal, isDone)
    if (after instanceof ProviderError) {
      if (sending.kind === 'refused') {
        await leftovers.takeBack(event, signal)
        return writeRefusal(sending.error)
      }
      leftovers.remember({ kind: 'unread', event, roomId })
      return unclear(sending.kind === 'lost' ? sending.error : after)
    }
    const ours = findOurs(asked, after)
    if (!ours)
      return settleWithout(
        asked,
        after.some((one) => calendar.overlaps(one, span)),
        signal,
      )
    if (stateOf(ours) === 'pending') {
      descriptions.doubt(roomId)
      return withdraw(event, signal)
    }
    return { kind: 'done', occurrence: calendar.occurrenceOf(ours) }
  }

  /** Reads what can be read before anything is sent. @returns the calendar, or why there is nothing to send */
  async function check(
    { roomId, span }: Order,
    signal: AbortSignal,
  ): Promise<readonly BusyItem[] | WriteRefusal> {
    const before = await calendar.read(roomId, span, signal)
    if (before instanceof ProviderError) return refusedBy(before)
    if (before.some((one) => calendar.overlaps(one, span))) return refused('taken')
    await descriptions.learn([roomId], signal)
    const rule = ruleAgainst(descriptions, roomId, span)
    return rule === null ? before : refused(rule)
  }

  return async (order, signal) => {
    const before = await check(order, signal)
    if ('kind' in before) return before
    await leftovers.tidy(signal)
    const draft = { title: order.title, span: order.span, timeZone }
    const making = await makeEvent(draft, stepToken(order.pressId, order.attempt, 'event'), signal)
    if (making.kind === 'failed') {
      onRefusal(making.error)
      return writeRefusal(making.error)
    }
    const event = { unionId: bookerUnionId, eventId: making.eventId }
    const sending = await addRoom(order, event, signal)
    if (sending.kind !== 'unsent') return settle({ order, event, sending, before }, signal)
    await leftovers.takeBack(event, signal)
    return refusedBy(sending.error)
  }
}
