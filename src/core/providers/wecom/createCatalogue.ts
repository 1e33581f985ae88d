import { MINUTE_MS } from '../../../shared/domain/duration.ts'
import type { Clock } from '../../ports/Clock.ts'
import type { Logger } from '../../ports/Logger.ts'
import { ProviderError } from '../ProviderError.ts'

const LIFE_MS = 6 * 60 * MINUTE_MS
const RETRY_MS = 10 * MINUTE_MS

/** What the platform says about its rooms (names, places, sizes), held for hours: it changes rarely. */
export interface Catalogue<Id, Entry> {
  /** Reads the list when it is old. Never fails the read of meetings; throws only the signal's reason. */
  learn(signal: AbortSignal): Promise<void>
  get(id: Id): Entry | undefined
  /** Takes a list that was read for another purpose. */
  take(entries: readonly Entry[]): void
  /** A room was not where the list says: read it again, though not more often than every ten minutes. */
  doubt(): void
}

/** What a catalogue works with. */
export interface CatalogueOptions<Id, Entry> {
  readonly clock: Clock
  readonly log: Logger
  /** For the log, e.g. `oa/meetingroom/list`. */
  readonly name: string
  readonly list: (signal: AbortSignal) => Promise<readonly Entry[]>
  readonly idOf: (entry: Entry) => Id
}

/** See {@link Catalogue}. A list that cannot be read leaves the older one in force. */
export function createCatalogue<Id, Entry>(options: CatalogueOptions<Id, Entry>): Catalogue<Id, Entry> {
  const { clock, log, name, list, idOf } = options
  let entries: ReadonlyMap<Id, Entry> = new Map()
  let dueAtMs = -Infinity
  let readAtMs = -Infinity
  let loggedKind: string | undefined

  function take(listed: readonly Entry[]): void {
    entries = new Map(listed.map((entry) => [idOf(entry), entry]))
    readAtMs = clock.monotonic()
    dueAtMs = readAtMs + LIFE_MS
    loggedKind = undefined
  }

  return {
    async learn(signal) {
      if (clock.monotonic() < dueAtMs) return
      try {
        take(await list(signal))
      } catch (error) {
        signal.throwIfAborted()
        if (!(error instanceof ProviderError)) throw error
        dueAtMs = clock.monotonic() + Math.max(RETRY_MS, error.details.retryAfterMs ?? 0)
        const { kind, details } = error
        if (kind !== loggedKind)
          log.warn('the list of rooms cannot be read', { name, kind, vendorCode: details.vendorCode })
        loggedKind = kind
      }
    },
    get: (id) => entries.get(id),
    take,
    doubt() {
      dueAtMs = Math.min(dueAtMs, Math.max(readAtMs, clock.monotonic() - RETRY_MS) + RETRY_MS)
    },
  }
}
