import { DAY_MS, MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { Clock } from '../../ports/Clock.ts'
import { ProviderError } from '../ProviderError.ts'
import type { EndReason, Occurrence, WriteOutcome, WriteRefusal } from '../RoomActions.ts'
import { refused, refusedBy, unclear } from '../writes/refusal.ts'
import { sendOnce } from '../writes/sendOnce.ts'
import type { Sending } from '../writes/sendOnce.ts'
import { waitFor } from '../../async/waitFor.ts'
import type { EventKey, FeishuClient } from './client.ts'
import type { Events } from './createEvents.ts'
import { eventOf, isOccurrence, occurrenceOf } from './createRoomTimes.ts'
import type { RoomTimes } from './createRoomTimes.ts'
import { isAnswered, isOccurrenceGone } from './errors.ts'
import type { BusyItem } from './schema.ts'
import type { EventRef } from './writeCalls.ts'

/** A weekly or monthly series shows itself within this. */
const GUARD_MS = 35 * DAY_MS
/** Seventy days in three questions of busy times: more than thirty days at once are refused. */
const GUARD_READS = 3
/** Busy times may lag behind a release by a moment. */
const LAG_MS = 1000
/** A meeting whose end was moved to now may be told with its last minute. */
const END_MARGIN_MS = MINUTE_MS

/** What an ender works with. */
export interface EnderDeps {
  readonly client: FeishuClient
  readonly clock: Clock
  readonly times: RoomTimes
  readonly events: Events
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
export function createEnder({ client, clock, times, events, nowMs }: EnderDeps): End {
  const wholeOf = ({ startMs, endMs }: Occurrence) => ({ fromMs: startMs, untilMs: endMs })

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
    const found: BusyItem[] = []
    for (const range of guardRanges(occurrence)) {
      const items = await times.read(roomId, range, signal)
      if (items instanceof ProviderError) return refusedBy(items)
      found.push(...items.filter(({ uid }) => uid === event.uid))
    }
    const isThere = found.some((item) => isOccurrence(item, occurrence))
    if (!isThere || occurrence.endMs <= nowMs()) return refused('gone')
    return found.every((item) => isOccurrence(item, occurrence)) ? null : refused('series')
  }

  /** What is left of the occurrence; null where nothing is. */
  async function remains(
    roomId: string,
    occurrence: Occurrence,
    uid: string,
    signal: AbortSignal,
  ): Promise<Occurrence | null | ProviderError> {
    const after = await times.readBack(roomId, wholeOf(occurrence), signal)
    if (after instanceof ProviderError) return after
    const left = after.find((item) => item.uid === uid && item.start_time === occurrence.startMs)
    return left ? occurrenceOf(left) : null
  }

  /** The event behind what the door booked, in this life or an earlier one; undefined for anybody else's. */
  async function ownEvent(
    { isOwn }: Occurrence,
    { uid, original_time }: EventKey,
    signal: AbortSignal,
  ): Promise<EventRef | ProviderError | undefined> {
    const made = events.ofUid(uid)
    if (made || isOwn !== true) return made
    try {
      return await events.recall(`${uid}_${original_time}`, signal)
    } catch (error) {
      if (error instanceof ProviderError) return error
      throw error
    }
  }

  const isOver = (left: Occurrence): boolean => left.endMs <= nowMs() + END_MARGIN_MS

  async function settle(
    roomId: string,
    occurrence: Occurrence,
    uid: string,
    sending: Exclude<Sending<void>, { kind: 'unsent' }>,
    signal: AbortSignal,
  ): Promise<WriteOutcome> {
    let left = await remains(roomId, occurrence, uid, signal)
    if (sending.kind === 'refused') {
      // It stood there right before: sent twice by what lies between, the second is refused for the first.
      if (left === null) return { kind: 'done', occurrence: null }
      const isGone = isOccurrenceGone(sending.error)
      return isGone ? refusedBy(sending.error, 'gone') : refusedBy(sending.error)
    }
    for (let tries = 0; tries < 2 && isStanding(left); tries += 1) {
      await waitFor(clock, LAG_MS, signal)
      left = await remains(roomId, occurrence, uid, signal)
    }
    if (left instanceof ProviderError) return unclear(sending.kind === 'lost' ? sending.error : left)
    // Somebody else may have done it meanwhile: the room is given back either way.
    if (left === null || isOver(left)) return { kind: 'done', occurrence: left }
    if (sending.kind === 'lost') return unclear(sending.error)
    return unclear(new ProviderError('badResponse', 'given back, and the meeting is still there'))
  }

  const isStanding = (left: Occurrence | null | ProviderError): boolean =>
    left !== null && !(left instanceof ProviderError) && !isOver(left)

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
      if (own && !(own instanceof ProviderError)) await events.remove(own, roomId, signal)
    } catch (error) {
      // The room is given back, whoever goes meanwhile.
      if (!signal.aborted) throw error
    }
  }

  return async (roomId, occurrence, reason, signal) => {
    const event = eventOf(occurrence)
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
    try {
      const outcome = await settle(roomId, occurrence, event.uid, sending, signal)
      if (!own) await tidy(outcome, roomId, occurrence, event, signal)
      return outcome
    } catch (error) {
      if (!signal.aborted) throw error
      return unclear(new ProviderError('network', 'given up on before the calendar was read again'))
    }
  }
}
