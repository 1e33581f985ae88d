import { ProviderError } from '../ProviderError.ts'
import type { Occurrence, WriteRefusal } from '../RoomActions.ts'
import { isOccurrence } from '../writes/createRoomLedger.ts'
import { refused, refusedBy } from '../writes/refusal.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'
import type { DingtalkClient } from './client.ts'
import type { Ledger } from './createLedger.ts'
import { spanOf } from './map.ts'
import type { TakenItem } from './map.ts'
import type { VendorEvent } from './schema.ts'
import type { EventKey } from './writeCalls.ts'
import { writeRefusal } from './writeErrors.ts'

/** A single event that takes the room exactly as asked, right now. */
export interface FoundOccurrence {
  readonly kind: 'found'
  readonly item: TakenItem
  /** In its organiser's calendar: whoever changes it acts as them. */
  readonly event: EventKey
  /** Whether the event holds this room and no other: then a change of its times touches nobody else. */
  readonly isOnlyRoom: boolean
  /** Everything that takes the room on those days. */
  readonly before: readonly TakenItem[]
}

/** Finds it, or tells why nothing may be done to it. Two counted calls. Throws only the signal's reason. */
export type FindOccurrence = (
  roomId: string,
  occurrence: Occurrence,
  untilMs: number,
  signal: AbortSignal,
) => Promise<FoundOccurrence | WriteRefusal>

/** What a finder works with. */
export interface FinderDeps {
  readonly client: DingtalkClient
  readonly ledger: Ledger
  readonly zone: Zone
  readonly nowMs: () => number
}

/**
 * Busy times of a series carry the series' own id, and whatever is done to that id is done to every day of it
 * (D:modify-event). Only an event that says it does not repeat, and stands where the calendar has it, is single.
 */
function isSingle(event: VendorEvent, { range }: TakenItem, zone: Zone): boolean {
  if (event.recurrence || event.seriesMasterId || !event.start || !event.end) return false
  const own = spanOf({ start: event.start, end: event.end }, zone).range
  return own.fromMs === range.fromMs && own.untilMs === range.untilMs
}

function isOnlyRoom({ meetingRooms }: VendorEvent, roomId: string): boolean {
  const held = (meetingRooms ?? []).filter(({ responseStatus }) => responseStatus !== 'declined')
  return held.length === 1 && held[0]?.roomId === roomId
}

/** See {@link FindOccurrence}. */
export function createOccurrenceFinder({ client, ledger, zone, nowMs }: FinderDeps): FindOccurrence {
  return async (roomId, occurrence, untilMs, signal) => {
    const range = { fromMs: occurrence.startMs, untilMs: Math.max(occurrence.endMs, untilMs) }
    const before = await ledger.read(roomId, range, signal)
    if (before instanceof ProviderError) return refusedBy(before)
    const item = before.find((one) => isOccurrence(one, occurrence))
    if (!item || occurrence.endMs <= nowMs()) return refused('gone')
    const isRepeated = before.some((one) => one.eventId === item.eventId && one.id !== item.id)
    if (isRepeated) return refused('series')
    const unionId = item.organizerId
    // Nobody to act as.
    if (unionId === '') return refused('permission')
    try {
      const told = await client.getEvent(unionId, item.eventId, signal)
      if (!isSingle(told, item, zone)) return refused('series')
      const event = { unionId, eventId: item.eventId }
      return { kind: 'found', item, event, isOnlyRoom: isOnlyRoom(told, roomId), before }
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ProviderError)) throw error
      return writeRefusal(error)
    }
  }
}
