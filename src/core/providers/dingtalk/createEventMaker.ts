import { HOUR_MS } from '../../../shared/domain/duration.ts'
import type { Clock } from '../../ports/Clock.ts'
import { waitFor } from '../../async/waitFor.ts'
import type { ProviderError } from '../ProviderError.ts'
import type { Leftovers } from '../writes/createLeftovers.ts'
import { sendOnce } from '../writes/sendOnce.ts'
import type { DingtalkClient } from './client.ts'
import type { EventDraft, EventKey } from './writeCalls.ts'
import { isAnswered, isStillAtWork } from './writeErrors.ts'

const STILL_AT_WORK_MS = 1000
/** The platform knows a token for a day; asked later it would make the event anew. */
const TOKEN_LIFE_MS = 20 * HOUR_MS

/** The event a booking begins with, before it has a room. */
export type Making =
  | { readonly kind: 'made'; readonly eventId: string }
  /** There is none, or nobody knows of one: no room is taken by it either way. */
  | { readonly kind: 'failed'; readonly error: ProviderError }

/** Makes it, once for every token. @throws the signal's reason */
export type MakeEvent = (draft: EventDraft, token: string, signal: AbortSignal) => Promise<Making>

/** See {@link MakeEvent}. The token is what allows to ask again where an answer got lost (D:create-schedule). */
export function createEventMaker(
  { client, clock, leftovers }: { client: DingtalkClient; clock: Clock; leftovers: Leftovers<EventKey> },
  unionId: string,
): MakeEvent {
  /** The same token again tells the id of what was made under it. */
  function rememberUnanswered(draft: EventDraft, token: string): void {
    const sinceMs = clock.monotonic()
    leftovers.rememberUnanswered(async (signal) => {
      if (clock.monotonic() - sinceMs > TOKEN_LIFE_MS) return null
      return { unionId, eventId: await client.createEvent(unionId, draft, token, () => undefined, signal) }
    })
  }

  return async (draft, token, signal) => {
    const make = () =>
      sendOnce((onSend) => client.createEvent(unionId, draft, token, onSend, signal), isAnswered, signal)
    const first = await make()
    if (first.kind === 'answered') return { kind: 'made', eventId: first.answer }
    if (first.kind !== 'lost') return { kind: 'failed', error: first.error }
    try {
      if (isStillAtWork(first.error)) await waitFor(clock, STILL_AT_WORK_MS, signal)
      const second = await make()
      if (second.kind === 'answered') return { kind: 'made', eventId: second.answer }
      rememberUnanswered(draft, token)
      return { kind: 'failed', error: second.error }
    } catch (error) {
      rememberUnanswered(draft, token)
      throw error
    }
  }
}
