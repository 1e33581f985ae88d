import { SECOND_MS } from '../../../shared/domain/duration.ts'
import { ProviderError } from '../ProviderError.ts'
import { inChunks } from '../inChunks.ts'
import { createPause } from './createPause.ts'
import type { PauseOptions } from './createPause.ts'

const MAX_FACTS = 3000
/** A read is not held up longer: what is still unknown follows with the next ones. */
const MAX_LEARN_MS = 5 * SECOND_MS

/** Facts that are worth less than the busy truth: kept for long, and learned while the budget allows. */
export interface Facts<Wish, Fact> {
  /** Learns what is not known yet, the first wishes first. Never fails the read; throws only the signal's reason. */
  learn(wishes: readonly Wish[], signal: AbortSignal): Promise<void>
  /** Asks anew, whatever is known and whatever the month says, unless all is refused. Throws as {@link learn} does. */
  ask(wish: Wish, signal: AbortSignal): Promise<void>
  /** Null where nothing is known; a fact past its life is still better than none. */
  get(wish: Wish): Fact | null
  /** Since it was last asked for; infinite where it never was. */
  ageMs(wish: Wish): number
  /** Takes what was read for another purpose; null where the platform tells nothing of it. */
  take(wish: Wish, fact: Fact | null): void
  /** Something contradicts what is known: the next {@link learn} asks again. */
  doubt(wish: Wish): void
  /** Whether the last word was that the permission is missing. */
  isDenied(): boolean
}

/** Asks for several wishes, told in their order; null where the platform tells nothing of one. */
export type FetchMany<Wish, Fact> = (
  wishes: readonly Wish[],
  signal: AbortSignal,
) => Promise<readonly (Fact | null)[]>

/** What facts are learned with. */
export interface FactsOptions<Wish, Fact> extends PauseOptions {
  readonly keyOf: (wish: Wish) => string
  readonly fetchMany: FetchMany<Wish, Fact>
  /** Wishes one call may name; 1, if absent. */
  readonly perCall?: number
  readonly lifeMs: (fact: Fact | null) => number
  /** Asked before every call, where the month is counted. */
  readonly mayFetch?: () => boolean
  /** One read asks no more often than this. */
  readonly maxCalls?: number
  /**
   * How long a wish is left alone after a refusal that is about it alone. Null where the refusal stands in the way of all:
   * then nothing is asked for until that may have changed. Absent where every refusal does.
   */
  readonly missLifeMs?: (error: ProviderError) => number | null
  /** What a refusal itself tells; null or absent where it tells nothing. */
  readonly factOfRefusal?: (error: ProviderError) => Fact | null
}

interface Known<Fact> {
  readonly fact: Fact | null
  readonly askedAtMs: number
  readonly dueAtMs: number
}

/** For platforms that tell one at a time. */
export const oneByOne =
  <Wish, Fact>(fetch: (wish: Wish, signal: AbortSignal) => Promise<Fact | null>): FetchMany<Wish, Fact> =>
  (wishes, signal) =>
    Promise.all(wishes.map((wish) => fetch(wish, signal)))

/** See {@link Facts}. */
export function createFacts<Wish, Fact>(options: FactsOptions<Wish, Fact>): Facts<Wish, Fact> {
  const { clock, keyOf, fetchMany, perCall = 1, lifeMs, maxCalls = Infinity } = options
  const { mayFetch = () => true, missLifeMs = () => null, factOfRefusal = () => null } = options
  const known = new Map<string, Known<Fact>>()
  const pause = createPause(options)

  const get = (wish: Wish): Fact | null => known.get(keyOf(wish))?.fact ?? null
  const isDue = (wish: Wish): boolean => clock.monotonic() >= (known.get(keyOf(wish))?.dueAtMs ?? -Infinity)

  function remember(wish: Wish, fact: Fact | null, keepMs: number): void {
    const key = keyOf(wish)
    const askedAtMs = clock.monotonic()
    known.delete(key)
    known.set(key, { fact, askedAtMs, dueAtMs: askedAtMs + keepMs })
    const [eldest] = known.keys()
    if (known.size > MAX_FACTS && eldest !== undefined) known.delete(eldest)
  }

  const take = (wish: Wish, fact: Fact | null): void => remember(wish, fact, lifeMs(fact))

  async function fetchNow(wishes: readonly Wish[], signal: AbortSignal): Promise<void> {
    try {
      const facts = await fetchMany(wishes, signal)
      for (const [index, wish] of wishes.entries()) take(wish, facts[index] ?? null)
      pause.end()
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ProviderError)) throw error
      const keepMs = missLifeMs(error)
      if (keepMs === null) pause.begin(error)
      else for (const wish of wishes) remember(wish, factOfRefusal(error) ?? get(wish), keepMs)
    }
  }

  return {
    async learn(wishes, signal) {
      const untilMs = clock.monotonic() + MAX_LEARN_MS
      const distinct = new Map(wishes.map((wish) => [keyOf(wish), wish]))
      const chunks = inChunks([...distinct.values()].filter(isDue), perCall)
      for (const chunk of chunks.slice(0, maxCalls)) {
        if (pause.isOn() || clock.monotonic() > untilMs || !mayFetch()) return
        await fetchNow(chunk, signal)
      }
    },
    async ask(wish, signal) {
      if (!pause.isOn()) await fetchNow([wish], signal)
    },
    get,
    ageMs: (wish) => clock.monotonic() - (known.get(keyOf(wish))?.askedAtMs ?? -Infinity),
    take,
    doubt(wish) {
      const key = keyOf(wish)
      const old = known.get(key)
      if (old) known.set(key, { ...old, dueAtMs: -Infinity })
    },
    isDenied: () => pause.isDenied(),
  }
}
