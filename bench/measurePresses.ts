import { countBadPresses } from '../src/core/booking/testing/playPresses.ts'
import { countInThread } from './countInThread.ts'
import type { Figure } from './Figure.ts'

const HISTORIES = 100_000
const SEED = 20_261_123
const WORKERS = 2
/** Counterexamples worth printing. */
const SHOWN = 3

/** Bookings, extensions and ends over random histories of presses: how many were wrong. */
export async function measurePresses(): Promise<readonly Figure[]> {
  const startedMs = performance.now()
  const seeds = Array.from({ length: WORKERS }, (_one, index) => SEED + index)
  const runs = Math.ceil(HISTORIES / WORKERS)
  const counts = await Promise.all(
    seeds.map((seed) => countInThread('countBadPresses', countBadPresses, runs, seed)),
  )
  const total = (field: 'writes' | 'cuts' | 'races'): number =>
    counts.reduce((sum, count) => sum + count[field], 0)
  const faults = counts.flatMap((count) => count.faults)
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(0)
  const examples = faults.slice(0, SHOWN).map((one) => `; ${one}`)
  return [
    {
      name: 'presses: times booked twice, presses sent twice or blindly, untrue answers',
      unit: 'cases',
      ours: faults.length,
      target: 0,
      peer: null,
      detail: `${runs * WORKERS} random histories, seeds ${seeds.join(' and ')}, ${total('writes')} writes, ${total('races')} lost races, ${total('cuts')} power cuts, ${seconds} s${examples.join('')}`,
    },
  ]
}
