import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import { ProviderError } from '../ProviderError.ts'
import { issueText } from '../http/createHttpClient.ts'
import { forEachLimited } from '../http/forEachLimited.ts'
import { MAX_PARALLEL_CALLS } from './client.ts'
import type { RawSchedule, WecomClient } from './client.ts'
import type { PlaceFilter } from './requests.ts'
import type { Catalogue } from './createCatalogue.ts'
import type { DaysToRead } from './days.ts'
import { asUnknownRoom, isTooWide, stopsOthers } from './errors.ts'
import { mergeDays } from './map.ts'
import { planQueries, queryById } from './planQueries.ts'
import type { OfficeQuery } from './planQueries.ts'
import { scheduleSchema } from './schema.ts'
import type { Booking, OfficeRoom } from './schema.ts'

/** One office room's bookings over all days that were read, or why there are none. */
export type OfficeReading =
  | { readonly kind: 'read'; readonly bookings: readonly Booking[]; readonly horizon: TimeRange }
  | { readonly kind: 'failed'; readonly error: ProviderError }

/** Reads office rooms (D:93620). */
export interface OfficeReader {
  /** @returns an entry for every id; throws only the signal's reason */
  read(
    ids: readonly number[],
    days: DaysToRead,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<number, OfficeReading>>
  /** How many calls a read of these rooms takes, the list itself aside. */
  cost(ids: readonly number[], days: DaysToRead): number
}

/** One room's answer for one day. */
type DayAnswer = readonly Booking[] | ProviderError
type DayAnswers = Map<number, DayAnswer>

const CALL = 'oa/meetingroom/get_booking_info'

/** See {@link OfficeReader}. */
export function createOfficeReader(
  client: WecomClient,
  catalogue: Catalogue<number, OfficeRoom>,
): OfficeReader {
  /** Places that cannot be asked for as a whole, until the process ends: they will not shrink. */
  const refusedPlaces = new Set<string>()
  const isRefused = (filter: PlaceFilter): boolean => refusedPlaces.has(JSON.stringify(filter))
  const plan = (ids: readonly number[]): readonly OfficeQuery[] =>
    planQueries(ids, (id) => catalogue.get(id), isRefused)

  function createRun(signal: AbortSignal) {
    let stopped: ProviderError | null = null

    /** Puts the same answer for every room of the query into `into`, room by room. */
    async function ask(query: OfficeQuery, day: TimeRange, into: DayAnswers): Promise<void> {
      const { filter, ids } = query
      try {
        if (stopped) throw stopped
        const schedules = await client.getBookingInfo(filter, day, signal)
        for (const id of ids) into.set(id, answerFor(id, schedules))
      } catch (error) {
        signal.throwIfAborted()
        if (!(error instanceof ProviderError)) throw error
        if (stopsOthers(error)) stopped ??= error
        if (isTooWide(error) && ids.length > 1) refusedPlaces.add(JSON.stringify(filter))
        const own = ids.length === 1 ? asUnknownRoom(error) : error
        for (const id of ids) into.set(id, own)
      }
    }

    /** A place's answer may miss a room that moved, or be too much to tell: then its rooms are asked for one by one. */
    async function askAgain(query: OfficeQuery, day: TimeRange, into: DayAnswers): Promise<void> {
      if (query.ids.length === 1) return
      const lost = query.ids.filter((id) => {
        const answer = into.get(id)
        return answer instanceof ProviderError && (answer.kind === 'notFound' || isTooWide(answer))
      })
      if (lost.length === 0) return
      if (!isRefused(query.filter)) catalogue.doubt()
      for (const id of lost) await ask(queryById(id), day, into)
    }

    return async (query: OfficeQuery, day: TimeRange): Promise<DayAnswers> => {
      const answers: DayAnswers = new Map()
      await ask(query, day, answers)
      await askAgain(query, day, answers)
      return answers
    }
  }

  return {
    async read(ids, { needed, welcome }, signal) {
      if (ids.length === 0) return new Map()
      await catalogue.learn(signal)
      const askDay = createRun(signal)
      const readings = new Map<number, OfficeReading>()
      const readQuery = async (query: OfficeQuery): Promise<void> => {
        const answers: DayAnswers[] = []
        for (const day of [...needed, ...welcome]) answers.push(await askDay(query, day))
        for (const id of query.ids) readings.set(id, together(id, answers, { needed, welcome }))
      }
      await forEachLimited(plan(ids), MAX_PARALLEL_CALLS, readQuery)
      return readings
    },
    cost: (ids, { needed, welcome }) => plan(ids).length * (needed.length + welcome.length),
  }
}

/** A room the answer leaves out is not an empty one: it was deleted, hidden from the app, or never there. */
function answerFor(id: number, schedules: readonly RawSchedule[]): DayAnswer {
  const own = schedules.filter((one) => one.meetingroom_id === id)
  if (own.length === 0) return new ProviderError('notFound', `${CALL}: the answer leaves the room out`)
  const bookings: Booking[] = []
  for (const { schedule } of own) {
    const parsed = scheduleSchema.safeParse(schedule)
    if (!parsed.success) return new ProviderError('badResponse', `${CALL}: ${issueText(parsed.error)}`)
    bookings.push(...parsed.data)
  }
  return bookings
}

/** Every needed stretch must have been answered; the welcome ones widen the horizon if they all were. */
function together(id: number, answers: readonly DayAnswers[], days: DaysToRead): OfficeReading {
  const told = answers.map((one) => one.get(id) ?? new ProviderError('badResponse', `${CALL}: not asked`))
  const needed = allOf(told.slice(0, days.needed.length))
  if (needed instanceof ProviderError) return { kind: 'failed', error: needed }
  const welcome = allOf(told.slice(days.needed.length))
  const isWider = days.welcome.length > 0 && !(welcome instanceof ProviderError)
  const last = isWider ? days.welcome.at(-1) : days.needed.at(-1)
  const horizon = { fromMs: days.needed[0]?.fromMs ?? 0, untilMs: last?.untilMs ?? 0 }
  return { kind: 'read', bookings: mergeDays(isWider ? [...needed, ...welcome] : needed), horizon }
}

function allOf(answers: readonly DayAnswer[]): readonly (readonly Booking[])[] | ProviderError {
  const read: (readonly Booking[])[] = []
  for (const answer of answers) {
    if (answer instanceof ProviderError) return answer
    read.push(answer)
  }
  return read
}
