import type { Logger } from '../../ports/Logger.ts'
import { ProviderError } from '../ProviderError.ts'

const MAX_KEPT = 50
/** A press does not wait for more than this of earlier ones. */
const MAX_PER_TIDYING = 3
const MAX_TRIES = 5

/**
 * Events of ours that may stand in a calendar without a room: sees to it that none outlives its lost room. Kept in
 * memory: what a restart forgets stays in the calendar.
 */
export interface Leftovers<Event> {
  /**
   * Deletes an event that has no room, or remembers to. Never throws.
   * @param roomId the room a request may still be under way to: should it come true before the event is deleted, it is a
   * booking people were told nothing certain of, and it stays
   * @returns whether it is gone
   */
  takeBack(event: Event, signal: AbortSignal, roomId?: string): Promise<boolean>
  /** @param roomId where nobody read whether the event got this room: then it may be a good booking, and stays */
  remember(event: Event, roomId?: string): void
  /** An event nobody knows of whether it was made. @param find tells it; null where nobody can any more */
  rememberUnanswered(find: (signal: AbortSignal) => Promise<Event | null>): void
  /** Tries a few of the remembered ones again. Throws only the signal's reason. */
  tidy(signal: AbortSignal): Promise<void>
}

/** What leftovers are dealt with by. */
export interface LeftoversDeps<Event> {
  readonly log: Logger
  readonly remove: (event: Event, signal: AbortSignal) => Promise<void>
  /** Whether the event has the room, by the event's own word. */
  readonly holdsRoom: (event: Event, roomId: string, signal: AbortSignal) => Promise<boolean>
  /** Whether the platform knows no such event: there is nothing left to do. */
  readonly isGone: (error: ProviderError) => boolean
}

interface Kept<Event> {
  readonly find: (signal: AbortSignal) => Promise<Event | null>
  readonly roomId?: string | undefined
  readonly tries: number
}

/** See {@link Leftovers}. */
export function createLeftovers<Event>(deps: LeftoversDeps<Event>): Leftovers<Event> {
  const kept = new Set<Kept<Event>>()

  function keep(one: Kept<Event>): void {
    kept.add(one)
    const [eldest] = kept
    if (kept.size > MAX_KEPT && eldest) kept.delete(eldest)
  }
  const remember: Leftovers<Event>['remember'] = (event, roomId) =>
    keep({ find: () => Promise.resolve(event), roomId, tries: 0 })

  async function resolve({ find, roomId }: Kept<Event>, signal: AbortSignal): Promise<void> {
    const event = await find(signal)
    if (event === null) return
    if (roomId !== undefined && (await deps.holdsRoom(event, roomId, signal))) return
    await deps.remove(event, signal)
  }

  /** @returns why it is not dealt with yet; null where nothing is left to do about it */
  async function failureOf(attempt: () => Promise<void>, signal: AbortSignal): Promise<ProviderError | null> {
    try {
      signal.throwIfAborted()
      await attempt()
      return null
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ProviderError)) throw error
      return deps.isGone(error) ? null : error
    }
  }

  function keepOrGiveUp(one: Kept<Event>, { kind, details }: ProviderError): void {
    const tries = one.tries + 1
    if (tries < MAX_TRIES) keep({ ...one, tries })
    else
      deps.log.warn('an event without its room stays in the calendar', {
        kind,
        vendorCode: details.vendorCode,
      })
  }

  return {
    remember,
    rememberUnanswered: (find) => keep({ find, tries: 0 }),
    async takeBack(event, signal, roomId) {
      try {
        if ((await failureOf(() => deps.remove(event, signal), signal)) === null) return true
      } catch (error) {
        if (!signal.aborted) throw error
      }
      remember(event, roomId)
      return false
    },
    async tidy(signal) {
      for (const one of [...kept].slice(0, MAX_PER_TIDYING)) {
        // Another press may be at it.
        if (!kept.delete(one)) continue
        const failure = await failureOf(() => resolve(one, signal), signal).catch((error: unknown) => {
          keep(one)
          throw error
        })
        if (failure === null) continue
        // What stops one stops the next: they wait for the next booking, this one behind them.
        keepOrGiveUp(one, failure)
        return
      }
    },
  }
}
