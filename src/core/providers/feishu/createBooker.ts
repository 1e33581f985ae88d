import type { ActionRefusal } from '../../../shared/domain/action.ts'
import type { Clock } from '../../ports/Clock.ts'
import { ProviderError } from '../ProviderError.ts'
import type { Occurrence, WriteOutcome, WriteRefusal } from '../RoomActions.ts'
import { refused, refusedBy, unclear } from '../writes/refusal.ts'
import { sendOnce } from '../writes/sendOnce.ts'
import type { Sending } from '../writes/sendOnce.ts'
import { waitFor } from '../../async/waitFor.ts'
import { awaitRoom } from './awaitRoom.ts'
import type { FeishuClient } from './client.ts'
import { uidOf } from './createEvents.ts'
import type { Events } from './createEvents.ts'
import { createReason } from './createReason.ts'
import type { ReasonDeps } from './createReason.ts'
import { occurrenceOf, overlaps } from './createRoomTimes.ts'
import { isAnswered } from './errors.ts'
import type { Span } from './roomRules.ts'
import type { BusyItem } from './schema.ts'
import type { EventRef } from './writeCalls.ts'

/** Busy times may lag behind a room's yes by a moment. */
const LAG_MS = 1000

/** What a booker works with. */
export interface BookerDeps extends ReasonDeps {
  readonly client: FeishuClient
  readonly clock: Clock
  readonly events: Events
  readonly timeZone: string
  readonly bookerOpenId: string
}

/** One booking to make, on whole minutes. */
export interface Order {
  readonly roomId: string
  readonly span: Span
  readonly title: string
  readonly pressId: string
  /** The meeting the booking goes on from: it must still be there. */
  readonly after?: Occurrence
  /** Whether the busy times before the write forbid it. */
  readonly check: (before: readonly BusyItem[]) => ActionRefusal | null
}

/**
 * Books with an event on the app's calendar and the room as its attendee, and tells what the room says. The event alone
 * takes nobody's time: asking the room is the one call that changes something.
 */
export type Book = (order: Order, signal: AbortSignal) => Promise<WriteOutcome>

/** See {@link Book}. */
export function createBooker(deps: BookerDeps): Book {
  const { client, clock, times, events, rules, bookerOpenId } = deps
  const reasonFor = createReason(deps)
  const rangeOf = ({ span, after }: Order) => ({
    fromMs: after?.startMs ?? span.startMs,
    untilMs: span.endMs,
  })

  /** What speaks against the order before anything is made. */
  async function objection(order: Order, signal: AbortSignal): Promise<WriteRefusal | null> {
    const { roomId, span } = order
    const before = await times.read(roomId, rangeOf(order), signal)
    if (before instanceof ProviderError) return refusedBy(before)
    const reason = order.check(before)
    if (reason !== null) return refused(reason)
    if (before.some((item) => overlaps(item, span))) return refused('taken')
    const rule = await rules.refusalOf(roomId, span, false, signal)
    return rule === null ? null : refused(rule)
  }

  async function makeEvent(
    { span, title, pressId }: Order,
    signal: AbortSignal,
  ): Promise<EventRef | WriteRefusal> {
    // A press that was refused may come again, and must not get its old, deleted event back.
    const key = `doorplate-${pressId}-${clock.now()}`.slice(0, 128).padEnd(32, '0')
    const event = { title, ...span, timeZone: deps.timeZone }
    const make = () => events.create(event, key, signal)
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
      events.doubt(event, roomId)
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
    await events.remove(event, order.roomId, signal)
    const told = error === null ? 'failed' : refusedBy(error).reason
    const reason = told === 'failed' ? await reasonFor(order.roomId, order.span, uidOf(event), signal) : told
    return error === null ? refused(reason) : refusedBy(error, reason)
  }

  /** The room said yes; the busy times tell what stands there, and where they cannot be read its word is enough. */
  async function accepted(
    { roomId, span }: Order,
    event: EventRef,
    signal: AbortSignal,
  ): Promise<WriteOutcome> {
    const range = { fromMs: span.startMs, untilMs: span.endMs }
    for (const waitMs of [0, LAG_MS, LAG_MS]) {
      if (waitMs > 0) await waitFor(clock, waitMs, signal)
      const after = await times.readBack(roomId, range, signal)
      if (after instanceof ProviderError) {
        const meetingId = `${event.eventId}@${span.startMs / 1000}`
        return { kind: 'done', occurrence: { meetingId, ...span } }
      }
      const made = after.find(({ uid }) => uid === uidOf(event))
      if (made) return { kind: 'done', occurrence: occurrenceOf(made) }
    }
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
    const isGone = await events.remove(event, order.roomId, signal)
    if (!isGone || signal.aborted) return unclear(error)
    const reason = await reasonFor(order.roomId, order.span, uidOf(event), signal)
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
        const after = await times.readBack(
          order.roomId,
          { fromMs: order.span.startMs, untilMs: order.span.endMs },
          signal,
        )
        const made =
          after instanceof ProviderError ? undefined : after.find(({ uid }) => uid === uidOf(event))
        if (made) return { kind: 'done', occurrence: occurrenceOf(made) }
        events.doubt(event, order.roomId)
        return unclear(lost ?? answer.error)
      }
    }
  }

  return async (order, signal) => {
    await events.sweep(signal)
    const refusal = await objection(order, signal)
    if (refusal) return refusal
    const event = await makeEvent(order, signal)
    if ('kind' in event) return event
    const sending = await ask(order, event, signal)
    if (sending.kind === 'unsent' || sending.kind === 'refused') {
      if (sending.kind === 'refused') return declined(order, event, sending.error, signal)
      await events.remove(event, order.roomId, signal)
      return refusedBy(sending.error)
    }
    try {
      return await settle(order, event, sending, signal)
    } catch (error) {
      if (!signal.aborted) throw error
      events.doubt(event, order.roomId)
      return unclear(new ProviderError('network', 'given up on before the room answered'))
    }
  }
}

const isUnanswered = ({ kind }: ProviderError): boolean => kind === 'network' || kind === 'server'

const silence = (kind: 'silent' | 'absent'): ProviderError =>
  new ProviderError(
    'server',
    `calendar/v4/events/attendees: ${kind === 'silent' ? 'the room did not answer' : 'the room was not asked'}`,
  )
