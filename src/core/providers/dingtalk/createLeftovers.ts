import type { Clock } from '../../ports/Clock.ts'
import type { Logger } from '../../ports/Logger.ts'
import { ProviderError } from '../ProviderError.ts'
import type { DingtalkClient } from './client.ts'
import type { EventDraft, EventKey } from './writeCalls.ts'

const MOST_KEPT = 50
const MOST_PER_TIDYING = 3
const MOST_TRIES = 5
/** The platform knows a token for a day; asked later it would make the event anew. */
const TOKEN_LIFE_MS = 20 * 3_600_000

/** An event of ours that may stand in the service person's calendar without a room. */
export type Leftover =
  /** It holds no room. */
  | { readonly kind: 'roomless'; readonly event: EventKey }
  /** Nobody read whether it got the room: it may be a good booking. */
  | { readonly kind: 'unread'; readonly event: EventKey; readonly roomId: string }
  /** Nobody knows whether it was made: the same token again tells its id. */
  | {
      readonly kind: 'unanswered'
      readonly unionId: string
      readonly draft: EventDraft
      readonly token: string
    }

/** Sees to it that no event outlives its lost room. Kept in memory: what a restart forgets stays in the calendar. */
export interface Leftovers {
  /**
   * Deletes a roomless event, or remembers to. Never throws.
   * @param roomId the room a request may still be under way to: should it come true before the event is deleted, it is a
   * booking people were told nothing certain of, and it stays
   * @returns whether it is gone
   */
  takeBack(event: EventKey, signal: AbortSignal, roomId?: string): Promise<boolean>
  remember(leftover: Leftover): void
  /** Tries a few of the remembered ones again. Throws only the signal's reason. */
  tidy(signal: AbortSignal): Promise<void>
}

interface Kept {
  readonly leftover: Leftover
  readonly sinceMs: number
  tries: number
}

/** See {@link Leftovers}. */
export function createLeftovers(client: DingtalkClient, clock: Clock, log: Logger): Leftovers {
  const kept = new Set<Kept>()

  function remember(leftover: Leftover): void {
    kept.add({ leftover, sinceMs: clock.monotonic(), tries: 0 })
    const [eldest] = kept
    if (kept.size > MOST_KEPT && eldest) kept.delete(eldest)
  }

  async function remove(event: EventKey, signal: AbortSignal): Promise<void> {
    try {
      await client.deleteEvent(event, signal)
    } catch (error) {
      const isGone = error instanceof ProviderError && error.kind === 'notFound'
      if (!isGone) throw error
    }
  }

  async function holdsRoom(event: EventKey, roomId: string, signal: AbortSignal): Promise<boolean> {
    const { meetingRooms } = await client.getEvent(event.unionId, event.eventId, signal)
    return (meetingRooms ?? []).some((room) => room.roomId === roomId && room.responseStatus !== 'declined')
  }

  async function resolve({ leftover, sinceMs }: Kept, signal: AbortSignal): Promise<void> {
    if (leftover.kind === 'roomless') return remove(leftover.event, signal)
    if (leftover.kind === 'unread') {
      const { event, roomId } = leftover
      return (await holdsRoom(event, roomId, signal)) ? undefined : remove(event, signal)
    }
    if (clock.monotonic() - sinceMs > TOKEN_LIFE_MS) return
    const { unionId, draft, token } = leftover
    const eventId = await client.createEvent(unionId, draft, token, () => undefined, signal)
    return remove({ unionId, eventId }, signal)
  }

  /** @returns whether nothing is left to do about it */
  async function isResolved(one: Kept, signal: AbortSignal): Promise<boolean> {
    try {
      await resolve(one, signal)
      return true
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ProviderError)) throw error
      if (error.kind === 'notFound') return true
      one.tries += 1
      if (one.tries < MOST_TRIES) return false
      const { kind, details } = error
      log.warn('an event without its room stays in the calendar', { kind, vendorCode: details.vendorCode })
      return true
    }
  }

  return {
    remember,
    async takeBack(event, signal, roomId) {
      try {
        signal.throwIfAborted()
        await remove(event, signal)
        return true
      } catch (error) {
        remember(roomId === undefined ? { kind: 'roomless', event } : { kind: 'unread', event, roomId })
        if (signal.aborted || error instanceof ProviderError) return false
        throw error
      }
    },
    async tidy(signal) {
      for (const one of [...kept].slice(0, MOST_PER_TIDYING)) {
        // What stops one stops the next: they wait for the next booking.
        if (!(await isResolved(one, signal))) return
        kept.delete(one)
      }
    },
  }
}
