import fc from 'fast-check'
import { findUnfair } from '../src/core/checkIn/testing/findUnfair.ts'
import { histories } from '../src/core/checkIn/testing/History.ts'
import { playHistory } from '../src/core/checkIn/testing/playHistory.ts'
import { countInThread } from './countInThread.ts'
import type { Figure } from './Figure.ts'

const HISTORIES = 100_000
const SEED = 20_261_123
const WORKERS = 2
/** Counterexamples worth printing. */
const SHOWN = 3

/** What a number of histories came to. */
export interface ReleaseCount {
  readonly played: number
  readonly releases: number
  readonly unfair: number
  readonly examples: readonly string[]
}

/** Random mornings of a room lived through with the real check-ins, judged by what really happened in them. */
export async function countUnfairReleases(runs: number, seed: number): Promise<ReleaseCount> {
  const examples: string[] = []
  let played = 0
  let releases = 0
  let unfair = 0
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const told = await playHistory(history)
      const found = findUnfair(told)
      played += 1
      releases += told.calls.length
      unfair += found.length
      if (found.length > 0 && examples.length < SHOWN) {
        examples.push(`${found.join(', ')} in ${JSON.stringify(history)}`)
      }
    }),
    { numRuns: runs, seed },
  )
  return { played, releases, unfair, examples }
}

/** No-show releases over random histories: how many were wrong. */
export async function measureReleases(): Promise<readonly Figure[]> {
  const startedMs = performance.now()
  const seeds = Array.from({ length: WORKERS }, (_one, index) => SEED + index)
  const runs = Math.ceil(HISTORIES / WORKERS)
  const counts = await Promise.all(
    seeds.map((seed) => countInThread('countUnfairReleases', countUnfairReleases, runs, seed)),
  )
  const total = (field: 'played' | 'releases' | 'unfair'): number =>
    counts.reduce((sum, count) => sum + count[field], 0)
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(0)
  const examples = counts.flatMap((count) => count.examples).map((one) => `; ${one}`)
  return [
    {
      name: 'release: rooms taken from people who checked in, unfairly, or twice',
      unit: 'cases',
      ours: total('unfair'),
      target: 0,
      peer: null,
      detail: `${total('played')} random histories, seeds ${seeds.join(' and ')}, ${total('releases')} releases, ${seconds} s${examples.join('')}`,
    },
  ]
}
