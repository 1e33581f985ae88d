import { overlaps } from '../../../shared/domain/timeRange.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { Clock } from '../../ports/Clock.ts'
import { ProviderError } from '../ProviderError.ts'
import type { Occurrence, WriteOutcome, WriteRefusal } from '../RoomActions.ts'
import type { Leftovers } from '../writes/createLeftovers.ts'
import { isOccurrence, occurrenceOf } from '../writes/createRoomLedger.ts'
import { reasonFor, refused, refusedBy, unclear } from '../writes/refusal.ts'
import { sendOnce } from '../writes/sendOnce.ts'
import type { Sending } from '../writes/sendOnce.ts'
import { awaitRoom } from './awaitRoom.ts'
import type { FeishuClient } from './client.ts'
import { uidOf } from './createEvents.ts'
import type { Events } from './createEvents.ts'
import { createReason } from './createReason.ts'
import type { ReasonDeps } from './createReason.ts'
import { isAnswered } from './errors.ts'
import { meetingIdOf } from './map.ts'
import type { TakenTime } from './map.ts'
import type { EventRef } from './writeCalls.ts'

/** What a booker works with. */
export interface BookerDeps extends ReasonDeps {
  readonly client: FeishuClient
  readonly clock: Clock
  readonly events: Events
  readonly leftovers: Leftovers<EventRef>
  readonly timeZone: string
  readonly bookerOpenId: string
}

/** One booking to make, on whole minutes. */
export interface Order {
  readonly roomId: string
  readonly span: TimeRange
  readonly title: string
  readonly pressId: string
  /** The meeting the booking goes on from: it must still be there. */
  readonly after?: Occurrence
}

/**
 * Books with an event on the app's calendar and the room as its attendee, and tells what the room says. The event alone
 * takes nobody's time: asking the room is the one call that changes something.
 */
export type Book = (order: Order, signal: AbortSignal) => Promise<WriteOutcome>

/** See {@link Book}. */
export function createBooker(deps: BookerDeps): Book {
  const { client, clock, ledger, events, leftovers, rules, bookerOpenId } = deps
  const learnReason = createReason(deps)

  /** What speaks against the order before anything is made. */
  async function objection(order: Order, signal: AbortSignal): Promise<WriteRefusal | null> {
    const { roomId, span, after } = order
    const before = await ledger.read(roomId, { ...span, fromMs: after?.startMs ?? span.fromMs }, signal)
    if (before instanceof ProviderError) return refusedBy(before)
    if (after && !before.some((one) => isOccurrence(one, after))) return refused('gone')
    if (before.some(({ range }) => overlaps(range, span))) return refused('taken')
    const rule = await rules.brokenBy(roomId, span, false, signal)
    return rule === null ? null : refused(rule)
  }

  async function makeEvent(
    { span, title, pressId }: Order,
    signal: AbortSignal,
  ): Promise<EventRef | WriteRefusal> {
    const draft = { title, span, timeZone: deps.timeZone }
    const make = () => events.create(draft, `doorplate-${pressId}`, signal)
    try {
      return await make().catch((error: unknown) => {
        // The same key: made twice, it is the same event.
        if (error instanceof ProviderError && isUnanswered(error)) return make()
        throw error
      })
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof ProviderError) return refusedBy(error)
      throw error
    }
  }

  async function ask(order: Order, event: EventRef, signal: AbortSignal): Promise<Sending<void>> {
    const { roomId } = order
    try {
      return await sendOnce(
        (onSend) => client.askRoom(event, roomId, bookerOpenId, onSend, signal),
        isAnswered,
        signal,
      )
    } catch (error) {
      leftovers.remember(event, roomId)
      throw error
    }
  }

  /** A caller who gives up meanwhile gets no reason. */
  async function declined(
    order: Order,
    event: EventRef,
    error: ProviderError | null,
    signal: AbortSignal,
  ): Promise<WriteRefusal> {
    await leftovers.takeBack(event, signal, order.roomId)
    const told = error === null ? 'failed' : reasonFor(error.kind)
    const reason =
      told === 'failed' ? await learnReason(order.roomId, order.span, uidOf(event), signal) : told
    return error === null ? refused(reason) : refusedBy(error, reason)
  }

  /** The room said yes; the busy times tell what stands there, and where they cannot be read its word is enough. */
  async function accepted(
    { roomId, span }: Order,
    event: EventRef,
    signal: AbortSignal,
  ): Promise<WriteOutcome> {
    const after = await ledger.readBack(
      roomId,
      span,
      signal,
      (items) => bookingOf(event, items) !== undefined,
    )
    if (after instanceof ProviderError) {
      const promised = { id: meetingIdOf(event.eventId, span.fromMs), range: span }
      return { kind: 'done', occurrence: occurrenceOf(promised) }
    }
    const made = bookingOf(event, after)
    if (made) return { kind: 'done', occurrence: occurrenceOf(made) }
    return unclear(new ProviderError('badResponse', 'the room said yes, the busy times lack the booking'))
  }

  /**
   * Nothing heard from the room. Once the event is deleted nothing can come of it any more; where that fails, or where
   * the question got lost, nobody knows.
   */
  async function unheard(
    order: Order,
    event: EventRef,
    error: ProviderError,
    isLost: boolean,
    signal: AbortSignal,
  ): Promise<WriteOutcome> {
    const isGone = await leftovers.takeBack(event, signal, order.roomId)
    if (!isGone || signal.aborted) return unclear(error)
    const reason = await learnReason(order.roomId, order.span, uidOf(event), signal)
    if (isLost && reason !== 'taken') return unclear(error)
    return refusedBy(error, reason)
  }

  async function settle(
    order: Order,
    event: EventRef,
    sending: Exclude<Sending<void>, { kind: 'unsent' | 'refused' }>,
    signal: AbortSignal,
  ): Promise<WriteOutcome> {
    const answer = await awaitRoom(client, clock, event, order.roomId, signal)
    const lost = sending.kind === 'lost' ? sending.error : null
    switch (answer.kind) {
      case 'accepted':
        return accepted(order, event, signal)
      case 'declined':
        return declined(order, event, null, signal)
      case 'silent':
      case 'absent':
        return unheard(order, event, lost ?? silence(answer.kind), answer.kind === 'absent', signal)
      case 'unread': {
        const after = await ledger.readBack(order.roomId, order.span, signal)
        const made = after instanceof ProviderError ? undefined : bookingOf(event, after)
        if (made) return { kind: 'done', occurrence: occurrenceOf(made) }
        leftovers.remember(event, order.roomId)
        return unclear(lost ?? answer.error)
      }
    }
  }

  return async (order, signal) => {
    await leftovers.tidy(signal)
    const refusal = await objection(order, signal)
    if (refusal) return refusal
    const event = await makeEvent(order, signal)
    if ('kind' in event) return event
    const sending = await ask(order, event, signal)
    if (sending.kind === 'unsent' || sending.kind === 'refused') {
      if (sending.kind === 'refused') return declined(order, event, sending.error, signal)
      await leftovers.takeBack(event, signal, order.roomId)
      return refusedBy(sending.error)
    }
    try {
      return await settle(order, event, sending, signal)
    } catch (error) {
      if (!signal.aborted) throw error
      leftovers.remember(event, order.roomId)
      return unclear(new ProviderError('network', 'given up on before the room answered'))
    }
  }
}

const bookingOf = (event: EventRef, items: readonly TakenTime[]): TakenTime | undefined =>
  items.find(({ uid }) => uid === uidOf(event))

const isUnanswered = ({ kind }: ProviderError): boolean => kind === 'network' || kind === 'server'

const silence = (kind: 'silent' | 'absent'): ProviderError =>
  new ProviderError(
    'server',
    `calendar/v4/events/attendees: ${kind === 'silent' ? 'the room did not answer' : 'the room was not asked'}`,
  )
