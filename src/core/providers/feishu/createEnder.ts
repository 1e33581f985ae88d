import { DAY_MS, MINUTE_MS } from '../../../shared/domain/duration.ts'
import { rangeOf } from '../../../shared/domain/timeRange.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import { ProviderError } from '../ProviderError.ts'
import type { EndReason, Occurrence, WriteOutcome, WriteRefusal } from '../RoomActions.ts'
import type { Leftovers } from '../writes/createLeftovers.ts'
import { isOccurrence, occurrenceOf } from '../writes/createRoomLedger.ts'
import { refused, refusedBy, unclear } from '../writes/refusal.ts'
import { sendOnce } from '../writes/sendOnce.ts'
import type { Sending } from '../writes/sendOnce.ts'
import type { EventKey, FeishuClient } from './client.ts'
import type { Events } from './createEvents.ts'
import type { Ledger } from './createLedger.ts'
import { isAnswered, isOccurrenceGone } from './errors.ts'
import { eventIdOf, eventKeyOf } from './map.ts'
import type { TakenTime } from './map.ts'
import type { EventRef } from './writeCalls.ts'

/** A weekly or monthly series shows itself within this. */
const GUARD_MS = 35 * DAY_MS
/** Seventy days in three questions of busy times: more than thirty days at once are refused. */
const GUARD_READS = 3
/** A meeting whose end was moved to now may be told with its last minute. */
const END_MARGIN_MS = MINUTE_MS

/** What an ender works with. */
export interface EnderDeps {
  readonly client: FeishuClient
  readonly ledger: Ledger
  readonly events: Events
  readonly leftovers: Leftovers<EventRef>
  readonly nowMs: () => number
}

/**
 * Gives a room back with `meeting_room/instance/reply`, whoever booked it. What the door booked and nobody sits in yet, an
 * extension say, is taken back with its event.
 */
export type End = (
  roomId: string,
  occurrence: Occurrence,
  reason: EndReason,
  signal: AbortSignal,
) => Promise<WriteOutcome>

/** The parts of the guarded time, the one with the meeting last: its word is the freshest. */
function guardRanges({ startMs, endMs }: Occurrence): readonly TimeRange[] {
  const stepMs = (2 * GUARD_MS) / GUARD_READS
  const middle = { fromMs: startMs - stepMs / 2, untilMs: Math.max(startMs + stepMs / 2, endMs) }
  return [
    { fromMs: startMs - GUARD_MS, untilMs: middle.fromMs },
    { fromMs: middle.untilMs, untilMs: startMs + GUARD_MS },
    middle,
  ]
}

/** See {@link End}. */
export function createEnder({ client, ledger, events, leftovers, nowMs }: EnderDeps): End {
  /**
   * `original_time` 0 may stand for every occurrence of a series, and the documents disagree whether a reply then hits
   * all of them: whatever shows at another time, too, is left alone.
   */
  async function objection(
    roomId: string,
    occurrence: Occurrence,
    event: EventKey,
    signal: AbortSignal,
  ): Promise<WriteRefusal | null> {
    const found: TakenTime[] = []
    for (const range of guardRanges(occurrence)) {
      const items = await ledger.read(roomId, range, signal)
      if (items instanceof ProviderError) return refusedBy(items)
      found.push(...items.filter(({ uid }) => uid === event.uid))
    }
    const isThere = found.some((item) => isOccurrence(item, occurrence))
    if (!isThere || occurrence.endMs <= nowMs()) return refused('gone')
    return found.every((item) => isOccurrence(item, occurrence)) ? null : refused('series')
  }

  /** The event behind what the door booked, in this life or an earlier one; undefined for anybody else's. */
  async function ownEvent(
    { isOwn }: Occurrence,
    event: EventKey,
    signal: AbortSignal,
  ): Promise<EventRef | ProviderError | undefined> {
    const made = events.ofUid(event.uid)
    if (made || isOwn !== true) return made
    try {
      return await events.recall(eventIdOf(event), signal)
    } catch (error) {
      if (error instanceof ProviderError) return error
      throw error
    }
  }

  const isOver = ({ range }: TakenTime): boolean => range.untilMs <= nowMs() + END_MARGIN_MS

  async function settle(
    roomId: string,
    occurrence: Occurrence,
    event: EventKey,
    sending: Exclude<Sending<void>, { kind: 'unsent' }>,
    signal: AbortSignal,
  ): Promise<WriteOutcome> {
    const isRefused = sending.kind === 'refused'
    const leftOf = (items: readonly TakenTime[]): TakenTime | undefined =>
      items.find(({ uid, range }) => uid === event.uid && range.fromMs === occurrence.startMs)
    const isGivenBack = (left: TakenTime | undefined): boolean => left === undefined || isOver(left)
    const after = await ledger.readBack(
      roomId,
      rangeOf(occurrence),
      signal,
      (items) => isRefused || isGivenBack(leftOf(items)),
    )
    if (after instanceof ProviderError) {
      if (isRefused) return replyRefused(sending.error)
      return unclear(sending.kind === 'lost' ? sending.error : after)
    }
    const left = leftOf(after)
    // It stood there right before: sent twice by what lies between, the second is refused for the first.
    if (isRefused) return left ? replyRefused(sending.error) : { kind: 'done', occurrence: null }
    // Somebody else may have done it meanwhile: the room is given back either way.
    if (isGivenBack(left)) return { kind: 'done', occurrence: left ? occurrenceOf(left) : null }
    if (sending.kind === 'lost') return unclear(sending.error)
    return unclear(new ProviderError('badResponse', 'given back, and the meeting is still there'))
  }

  /** An event of ours without its room would stay on the app's calendar. */
  async function tidy(
    outcome: WriteOutcome,
    roomId: string,
    occurrence: Occurrence,
    event: EventKey,
    signal: AbortSignal,
  ): Promise<void> {
    if (outcome.kind !== 'done' || outcome.occurrence !== null) return
    try {
      const own = await ownEvent(occurrence, event, signal)
      if (own && !(own instanceof ProviderError)) await leftovers.takeBack(own, signal, roomId)
    } catch (error) {
      // The room is given back, whoever goes meanwhile.
      if (!signal.aborted) throw error
    }
  }

  return async (roomId, occurrence, reason, signal) => {
    const event = eventKeyOf(occurrence.meetingId)
    if (!event) return refused('unsupported')
    const refusal = await objection(roomId, occurrence, event, signal)
    if (refusal) return refusal
    const isAhead = occurrence.startMs > nowMs() + MINUTE_MS
    const own = isAhead ? await ownEvent(occurrence, event, signal) : undefined
    if (own instanceof ProviderError) return refusedBy(own)
    // What a reply does to a meeting that has not begun is in no document.
    if (isAhead && !own) return refused('policy')
    const status = reason === 'noShow' ? 'NOT_CHECK_IN' : 'ENDED_BEFORE_DUE'
    const sending = await sendOnce(
      (onSend) =>
        own
          ? client.deleteEvent(own, onSend, signal)
          : client.reply({ room_id: roomId, ...event, status }, onSend, signal),
      isAnswered,
      signal,
    )
    if (sending.kind === 'unsent') return refusedBy(sending.error)
    const outcome = await settle(roomId, occurrence, event, sending, signal)
    if (!own) await tidy(outcome, roomId, occurrence, event, signal)
    return outcome
  }
}

const replyRefused = (error: ProviderError): WriteRefusal =>
  isOccurrenceGone(error) ? refusedBy(error, 'gone') : refusedBy(error)
