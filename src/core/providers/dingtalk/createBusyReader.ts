import { HOUR_MS } from '../../../shared/domain/duration.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { Clock } from '../../ports/Clock.ts'
import { forEachLimited } from '../http/forEachLimited.ts'
import { issueText } from '../http/createHttpClient.ts'
import { isApiWide } from '../isApiWide.ts'
import { ProviderError } from '../ProviderError.ts'
import { ROOMS_PER_QUERY } from './client.ts'
import type { DingtalkClient } from './client.ts'
import { isIdRefused } from './errors.ts'
import { dingtalkPermissions } from './reactions.ts'
import { busyItemsSchema } from './schema.ts'
import type { BusyItem, RoomSchedule } from './schema.ts'

/** A bad id costs a call whenever it is tried again: four a day. */
const QUARANTINE_MS = 6 * HOUR_MS
/** When no room of a batch was answered alone either, the fault was not an id, and splitting is a waste. */
const SPLIT_PAUSE_MS = HOUR_MS
const BATCHES_AT_ONCE = 2
const DENIED = /permission|denied|auth|权限|无权/i

/** One room's busy times, or why there are none. */
export type BusyAnswer =
  | { readonly kind: 'read'; readonly items: readonly BusyItem[] }
  | { readonly kind: 'failed'; readonly error: ProviderError }

/** Reads busy times in as few calls as the platform allows. */
export interface BusyReader {
  /** @returns an answer for every id asked; throws only the signal's reason */
  read(
    roomIds: readonly string[],
    range: TimeRange,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, BusyAnswer>>
  /** Calls the next {@link read} of these rooms is expected to spend. */
  cost(roomIds: readonly string[]): number
}

interface Quarantined {
  readonly error: ProviderError
  readonly untilMs: number
}

const failed = (error: ProviderError): BusyAnswer => ({ kind: 'failed', error })

/** See {@link BusyReader}. */
export function createBusyReader(client: DingtalkClient, clock: Clock): BusyReader {
  const quarantine = new Map<string, Quarantined>()
  let splitsAgainAtMs = -Infinity

  /** Healthy rooms together; one whose quarantine is over alone, so that it cannot fail the others again. */
  function batchesOf(roomIds: readonly string[]): readonly (readonly string[])[] {
    const distinct = [...new Set(roomIds)]
    const healthy = distinct.filter((id) => !quarantine.has(id))
    const due = distinct.filter((id) => (quarantine.get(id)?.untilMs ?? Infinity) <= clock.monotonic())
    const count = Math.ceil(healthy.length / ROOMS_PER_QUERY)
    const full = Array.from({ length: count }, (_, index) =>
      healthy.slice(index * ROOMS_PER_QUERY, (index + 1) * ROOMS_PER_QUERY),
    )
    return [...full, ...due.map((id) => [id])]
  }

  /** Refused where its siblings were not: the id is the fault, whatever the code says. */
  function setApart(roomId: string, refusal: ProviderError): BusyAnswer {
    const error = new ProviderError('notFound', refusal.message, refusal.details)
    quarantine.set(roomId, { error, untilMs: clock.monotonic() + QUARANTINE_MS })
    return failed(error)
  }

  async function readAlone(roomId: string, range: TimeRange, signal: AbortSignal): Promise<BusyAnswer> {
    try {
      const answer = answerOf(roomId, await client.queryBusy([roomId], range, signal))
      quarantine.delete(roomId)
      return answer
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ProviderError) || isApiWide(error)) throw error
      // Its being refused alone proves little; the vendor naming the id does, and so does a second refusal.
      const isProven = error.kind === 'notFound' || (isIdRefused(error) && quarantine.has(roomId))
      return isProven ? setApart(roomId, error) : failed(error)
    }
  }

  /** One bad id fails the whole query: asks for each room alone, and sets apart those that fail where others do not. */
  async function split(
    roomIds: readonly string[],
    range: TimeRange,
    signal: AbortSignal,
    into: Map<string, BusyAnswer>,
  ): Promise<void> {
    for (const id of roomIds) into.set(id, await readAlone(id, range, signal))
    const refused = roomIds.flatMap((id) => {
      const answer = into.get(id)
      return answer?.kind === 'failed' && isIdRefused(answer.error) ? [{ id, error: answer.error }] : []
    })
    if (refused.length === roomIds.length) splitsAgainAtMs = clock.monotonic() + SPLIT_PAUSE_MS
    else for (const { id, error } of refused) into.set(id, setApart(id, error))
  }

  async function readBatch(
    roomIds: readonly string[],
    range: TimeRange,
    signal: AbortSignal,
    into: Map<string, BusyAnswer>,
  ): Promise<void> {
    const [first] = roomIds
    if (first !== undefined && roomIds.length === 1) {
      into.set(first, await readAlone(first, range, signal))
      return
    }
    try {
      const schedules = await client.queryBusy(roomIds, range, signal)
      for (const id of roomIds) into.set(id, answerOf(id, schedules))
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ProviderError) || !isIdRefused(error)) throw error
      if (clock.monotonic() < splitsAgainAtMs) throw error
      await split(roomIds, range, signal, into)
    }
  }

  return {
    cost: (roomIds) => batchesOf(roomIds).length,
    async read(roomIds, range, signal) {
      const answers = new Map<string, BusyAnswer>()
      let stopped: ProviderError | null = null
      await forEachLimited(batchesOf(roomIds), BATCHES_AT_ONCE, async (batch) => {
        try {
          if (stopped) throw stopped
          await readBatch(batch, range, signal, answers)
        } catch (error) {
          signal.throwIfAborted()
          if (!(error instanceof ProviderError)) throw error
          if (isApiWide(error)) stopped ??= error
          // Rooms read before it stay read.
          for (const id of batch) if (!answers.has(id)) answers.set(id, failed(error))
        }
      })
      for (const [id, { error }] of quarantine) {
        if (roomIds.includes(id) && !answers.has(id)) answers.set(id, failed(error))
      }
      return answers
    },
  }
}

/** One room's part of an answer. A room that is missing, refused or damaged is unknown, and never an empty one. */
export function answerOf(roomId: string, schedules: readonly RoomSchedule[]): BusyAnswer {
  const name = 'meetingRooms/schedules/query'
  const own = schedules.filter((one) => one.roomId === roomId)
  if (own.length === 0)
    return failed(new ProviderError('badResponse', `${name}: the room is missing from the answer`))
  const refused = own.find(({ error }) => error)
  // The text is the vendor's and may name people or rooms: it decides the kind and goes no further.
  if (refused) return failed(roomError(name, refused.error ?? ''))
  const parsed = busyItemsSchema.safeParse(own.length === 1 ? own[0]?.scheduleItems : null)
  return parsed.success
    ? { kind: 'read', items: parsed.data }
    : failed(new ProviderError('badResponse', `${name}: ${issueText(parsed.error)}`))
}

function roomError(name: string, text: string): ProviderError {
  const details = { vendorCode: 'room error' }
  return DENIED.test(text)
    ? new ProviderError('permission', `${name}: the operator may not see the room`, {
        ...details,
        missingPermission: dingtalkPermissions.operator,
      })
    : new ProviderError('server', `${name}: the room alone was not answered`, details)
}
