import { createHash } from 'node:crypto'
import type { Clock } from '../../ports/Clock.ts'
import { raceAbort } from '../../async/raceAbort.ts'
import type { ProviderError } from '../ProviderError.ts'
import { sendOnce } from '../writes/sendOnce.ts'
import type { DingtalkClient } from './client.ts'
import type { Leftovers } from './createLeftovers.ts'
import type { EventDraft } from './writeCalls.ts'
import { isAnswered, isStillAtWork } from './writeErrors.ts'

const STILL_AT_WORK_MS = 1000
const MOST_TRIES = 2

/** The event a booking begins with, before it has a room. */
export type Making =
  | { readonly kind: 'made'; readonly eventId: string }
  /** There is none, or nobody knows of one: no room is taken by it either way. */
  | { readonly kind: 'failed'; readonly error: ProviderError }

/** Makes it, once for every token. @throws the signal's reason */
export type MakeEvent = (draft: EventDraft, token: string, signal: AbortSignal) => Promise<Making>

/** One idempotency token for every press, attempt and step, in the form of a UUID. */
export function stepToken(pressId: string, attempt: number, step: 'event' | 'room'): string {
  const hex = createHash('sha256').update(`${pressId} ${attempt} ${step}`).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

/** See {@link MakeEvent}. The token is what allows to ask again where an answer got lost (D:create-schedule). */
export function createEventMaker(
  { client, clock, leftovers }: { client: DingtalkClient; clock: Clock; leftovers: Leftovers },
  unionId: string,
): MakeEvent {
  const pause = (signal: AbortSignal): Promise<void> =>
    raceAbort(new Promise<void>((resolve) => clock.schedule(STILL_AT_WORK_MS, resolve)), signal)

  return async (draft, token, signal) => {
    let lost: ProviderError | null = null
    const remember = (): void => {
      if (lost) leftovers.remember({ kind: 'unanswered', unionId, draft, token })
    }
    try {
      for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
        if (lost && isStillAtWork(lost)) await pause(signal)
        const sending = await sendOnce(
          (onSend) => client.createEvent(unionId, draft, token, onSend, signal),
          isAnswered,
          signal,
        )
        if (sending.kind === 'answered') return { kind: 'made', eventId: sending.answer }
        if (sending.kind !== 'lost') {
          remember()
          return { kind: 'failed', error: sending.error }
        }
        lost = sending.error
      }
    } catch (error) {
      remember()
      throw error
    }
    remember()
    if (!lost) throw new Error('an event was neither made nor refused')
    return { kind: 'failed', error: lost }
  }
}
