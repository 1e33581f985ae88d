import { DAY_MS, MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'
import type { Clock } from '../../ports/Clock.ts'
import { issueText } from '../http/createHttpClient.ts'
import { isApiWide } from '../isApiWide.ts'
import { ProviderError } from '../ProviderError.ts'
import { ROOMS_PER_CALL } from './client.ts'
import type { BusyAnswer, FeishuClient } from './client.ts'
import { isRoomRefused } from './errors.ts'
import { inChunks } from '../inChunks.ts'
import { busyItemsSchema } from './schema.ts'
import type { BusyItem } from './schema.ts'
import { localDays } from './vendorTime.ts'

const REFUSED_LIFE_MS = 15 * MINUTE_MS
const CALL = 'meeting_room/freebusy/batch_get'

/** One room's busy times. `absent`: the answer left the room out and did not say why; it proves nothing. */
export type BusyReading =
  | { readonly kind: 'read'; readonly items: readonly BusyItem[]; readonly horizon: TimeRange }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly error: ProviderError }

/** Reads busy times, twenty rooms a call. */
export interface BusyReader {
  /** @returns an entry for every id; throws only the signal's reason */
  read(
    ids: readonly string[],
    range: TimeRange,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, BusyReading>>
  /** How many calls a read of these rooms takes. */
  cost(ids: readonly string[]): number
}

/** See {@link BusyReader}. */
export function createBusyReader(
  client: Pick<FeishuClient, 'getBusyTimes'>,
  clock: Clock,
  zone: Zone,
): BusyReader {
  /** Ids that spoil the answer for their neighbours, and until when they are left out. */
  const refused = new Map<string, number>()
  const isLeftOut = (id: string): boolean => clock.monotonic() < (refused.get(id) ?? -Infinity)

  /** One unknown id may fail the whole question: halves find it, and it is not asked for again for a while. */
  async function ask(
    ids: readonly string[],
    range: TimeRange,
    into: Map<string, BusyReading>,
    signal: AbortSignal,
  ): Promise<ProviderError | null> {
    try {
      // A meeting that began yesterday may run now; whether the answer tells of it without being asked, nobody wrote.
      const asked = { fromMs: range.fromMs - DAY_MS, untilMs: range.untilMs }
      const answer = await client.getBusyTimes(ids, asked, signal)
      for (const id of ids) into.set(id, readingOf(answer, id, range, zone))
      return null
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ProviderError)) throw error
      if (isRoomRefused(error) && ids.length > 1) {
        const middle = Math.ceil(ids.length / 2)
        const first = await ask(ids.slice(0, middle), range, into, signal)
        return first ?? (await ask(ids.slice(middle), range, into, signal))
      }
      for (const id of ids) into.set(id, { kind: 'failed', error })
      const [only] = ids
      if (isRoomRefused(error) && only !== undefined) refused.set(only, clock.monotonic() + REFUSED_LIFE_MS)
      return isApiWide(error) ? error : null
    }
  }

  return {
    async read(ids, range, signal) {
      const readings = new Map<string, BusyReading>(
        ids.map((id) => [id, { kind: 'failed', error: notFound() }]),
      )
      let stopped: ProviderError | null = null
      for (const chunk of inChunks(
        ids.filter((id) => !isLeftOut(id)),
        ROOMS_PER_CALL,
      )) {
        if (stopped) for (const id of chunk) readings.set(id, { kind: 'failed', error: stopped })
        else stopped = await ask(chunk, range, readings, signal)
      }
      return readings
    },
    cost: (ids) => Math.ceil(ids.filter((id) => !isLeftOut(id)).length / ROOMS_PER_CALL),
  }
}

const notFound = (): ProviderError => new ProviderError('notFound', `${CALL}: the room is not known`)

function readingOf(answer: BusyAnswer, id: string, range: TimeRange, zone: Zone): BusyReading {
  if (answer.refused.has(id)) return { kind: 'failed', error: notFound() }
  const told = answer.rooms.get(id)
  if (told === undefined) return { kind: 'absent' }
  const parsed = busyItemsSchema.safeParse(told)
  if (!parsed.success)
    return { kind: 'failed', error: new ProviderError('badResponse', `${CALL}: ${issueText(parsed.error)}`) }
  const horizon = { fromMs: Math.max(range.fromMs, answer.range.fromMs), untilMs: answer.range.untilMs }
  const distinct = new Map(
    parsed.data.map((item) => [`${item.uid}_${item.original_time ?? 0}@${item.startMs}`, item]),
  )
  const items = [...distinct.values()].map((item) => ({ ...item, ...localDays(item, zone) }))
  return { kind: 'read', items, horizon }
}
