import { SECOND_MS } from '../../../shared/domain/duration.ts'
import type { Clock } from '../../ports/Clock.ts'
import { ProviderError } from '../ProviderError.ts'
import { waitFor } from '../../async/waitFor.ts'
import type { FeishuClient } from './client.ts'
import type { EventRef } from './writeCalls.ts'

/** Rooms answer within seconds. Each look is a call of the month's allowance, so the later ones are rarer. */
const WAITS_MS = [1, 1, 1, 2, 2, 3].map((seconds) => seconds * SECOND_MS)

/** What a room said to being asked for. */
export type RoomAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'declined' }
  /** It was asked, and said nothing in time. */
  | { readonly kind: 'silent' }
  /** The event does not have it: the question did not arrive, or not yet. */
  | { readonly kind: 'absent' }
  /** The event could not be read. */
  | { readonly kind: 'unread'; readonly error: ProviderError }

/** Waits for a room's answer, ten seconds at most. @throws the signal's reason */
export async function awaitRoom(
  client: Pick<FeishuClient, 'getRoomAnswer'>,
  clock: Clock,
  event: EventRef,
  roomId: string,
  signal: AbortSignal,
): Promise<RoomAnswer> {
  let answer: RoomAnswer = { kind: 'absent' }
  for (const waitMs of WAITS_MS) {
    await waitFor(clock, waitMs, signal)
    answer = await look(client, event, roomId, signal)
    if (answer.kind === 'accepted' || answer.kind === 'declined') return answer
  }
  return answer
}

async function look(
  client: Pick<FeishuClient, 'getRoomAnswer'>,
  event: EventRef,
  roomId: string,
  signal: AbortSignal,
): Promise<RoomAnswer> {
  try {
    const status = await client.getRoomAnswer(event, roomId, signal)
    if (status === null) return { kind: 'absent' }
    if (status === 'accept') return { kind: 'accepted' }
    return { kind: status === 'decline' || status === 'removed' ? 'declined' : 'silent' }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof ProviderError) return { kind: 'unread', error }
    throw error
  }
}
