import { MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { TimeRange } from '../../../shared/domain/timeRange.ts'
import { createPause } from '../facts/createPause.ts'
import { inChunks } from '../inChunks.ts'
import { isApiWide } from '../isApiWide.ts'
import { ProviderError } from '../ProviderError.ts'
import { LIST_WINDOW_MS, ROOMS_PER_CALL } from './client.ts'
import { DENIED_MS } from './extras.ts'
import type { Extras } from './extras.ts'
import { keyRows, partnered } from './joinMeetings.ts'
import type { Row } from './joinMeetings.ts'
import type { BusyItem, Reservation } from './schema.ts'

const PAGE = 100
/** The start must not lie ahead of the vendor's clock, which we know to two seconds. */
const START_MARGIN_MS = MINUTE_MS
/** Half of the window lies behind: what runs now began there. */
const BEHIND_MS = 12 * 60 * MINUTE_MS
/** Where calls are counted the list is read with every third read of the busy times. */
const READS_BETWEEN = 2
/** Rows older than this tell nothing about the present. */
const ROW_LIFE_MS = 60 * MINUTE_MS

/** One room's rows, or why there are none. */
export type ListReading =
  | { readonly kind: 'read'; readonly rows: readonly Row[] }
  | { readonly kind: 'failed'; readonly error: ProviderError }

/** The reservation list: who booked, approval, check-in, release. Beside busy times, or alone where those are denied. */
export interface Reservations {
  /** Whether the next read takes the list along. */
  isDue(): boolean
  isDenied(): boolean
  /** A read went by, with the whole list or without. */
  note(wasRead: boolean): void
  /** Reads, and keeps the rows. @returns an entry for every id; throws only the signal's reason */
  read(
    ids: readonly string[],
    windows: readonly TimeRange[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, ListReading>>
  /**
   * The rows of a room that still say something beside these busy times: one that had its busy time and lost it since
   * was cancelled, moved or released.
   */
  rowsBeside(id: string, items: readonly BusyItem[]): readonly Row[]
  /** Calls a read of these rooms is expected to take: as many pages as last time. */
  cost(ids: readonly string[], windows: number): number
}

interface Kept {
  readonly rows: readonly Row[]
  readonly readAtMs: number
  readonly partnered: Set<string>
}

/** The window to read beside busy times. */
export const windowAround = (nowMs: number): TimeRange => {
  const fromMs = nowMs - BEHIND_MS
  return { fromMs, untilMs: fromMs + LIST_WINDOW_MS }
}

/** The windows to read where the list stands alone: a day back, since nobody wrote whether running rows are told. */
export const windowsAlone = (nowMs: number): readonly [TimeRange, TimeRange] => {
  const middleMs = nowMs - START_MARGIN_MS
  return [
    { fromMs: middleMs - LIST_WINDOW_MS, untilMs: middleMs },
    { fromMs: middleMs, untilMs: middleMs + LIST_WINDOW_MS },
  ]
}

/** See {@link Reservations}. */
export function createReservations(extras: Extras): Reservations {
  const { client, clock, isMetered } = extras
  const pause = createPause({ ...extras, what: 'approval, check-in, department', deniedMs: DENIED_MS })
  const kept = new Map<string, Kept>()
  const pagesOf = new Map<string, number>()
  let skipped = Infinity

  const pagesKey = (ids: readonly string[], windows: number): string => `${windows} ${ids.join()}`

  async function readChunk(
    ids: readonly string[],
    windows: readonly TimeRange[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, ListReading>> {
    const reservations: Reservation[] = []
    let pages = 0
    for (const window of windows) {
      const told = await client.listReservations(ids, window, signal)
      pages += Math.max(1, Math.ceil(told.length / PAGE))
      reservations.push(...told)
    }
    pagesOf.set(pagesKey(ids, windows.length), pages)
    const rows = keyRows(reservations)
    return new Map(ids.map((id) => [id, { kind: 'read', rows: rows.filter((row) => row.room_id === id) }]))
  }

  async function attempt(
    ids: readonly string[],
    windows: readonly TimeRange[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, ListReading> | ProviderError> {
    try {
      return await readChunk(ids, windows, signal)
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof ProviderError) return error
      throw error
    }
  }

  return {
    isDue: () => !pause.isOn() && (!isMetered || skipped >= READS_BETWEEN),
    isDenied: () => pause.isDenied(),
    note(wasRead) {
      skipped = wasRead ? 0 : skipped + 1
    },
    async read(ids, windows, signal) {
      const readings = new Map<string, ListReading>()
      let failure: ProviderError | null = null
      for (const chunk of inChunks(ids, ROOMS_PER_CALL)) {
        const stopped: ProviderError | null = failure && isApiWide(failure) ? failure : null
        const outcome: Awaited<ReturnType<typeof attempt>> =
          stopped ?? (await attempt(chunk, windows, signal))
        if (outcome instanceof ProviderError) {
          failure = outcome
          for (const id of chunk) readings.set(id, { kind: 'failed', error: outcome })
        } else for (const [id, reading] of outcome) readings.set(id, reading)
      }
      if (failure) pause.begin(failure)
      else pause.end()
      for (const [id, reading] of readings) {
        const readAtMs = clock.monotonic()
        if (reading.kind === 'read') kept.set(id, { rows: reading.rows, readAtMs, partnered: new Set() })
      }
      return readings
    },
    rowsBeside(id, items) {
      const known = kept.get(id)
      if (!known || pause.isDenied() || clock.monotonic() - known.readAtMs > ROW_LIFE_MS) return []
      const found = new Set(partnered(items, known.rows))
      const rows = known.rows.filter(({ key }) => found.has(key) || !known.partnered.has(key))
      for (const key of found) known.partnered.add(key)
      return rows
    },
    cost: (ids, windows) =>
      inChunks(ids, ROOMS_PER_CALL).reduce(
        (sum, chunk) => sum + (pagesOf.get(pagesKey(chunk, windows)) ?? windows),
        0,
      ),
  }
}
