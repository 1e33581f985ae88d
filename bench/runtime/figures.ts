import type { Figure } from '../Figure.ts'
import type { Heap } from './launchApp.ts'

/** The same of both apps. */
export interface Beside {
  readonly ours: number
  readonly empty: number
}

/** Heaps around a number of snapshots. */
export interface Growth {
  readonly before: Heap
  readonly after: Heap
  readonly events: number
  readonly warmUp: number
}

/** What was measured on one runtime. */
export interface Runtimes {
  readonly version: string
  /** Really idle; null: an hour by the app's own clock. */
  readonly minutes: number | null
  /** Whether the machine forgot its files before each cold start. */
  readonly isTrulyCold: boolean
  readonly runs: { readonly cold: number; readonly warm: number }
  readonly coldWindowMs: Beside
  readonly coldShownMs: Beside
  readonly warmWindowMs: Beside
  readonly warmShownMs: Beside
  readonly memoryBytes: Beside
  readonly cpuPercent: Beside
  readonly growth: Growth
}

/** Every figure, so that those that cannot be taken are left out by name. */
export const runtimeNames = {
  coldWindow: 'runtime: cold start to its window',
  coldShown: 'runtime: cold start to the last plan',
  warmWindow: 'runtime: warm start to its window',
  warmShown: 'runtime: warm start to the last plan',
  memory: 'runtime: memory after an idle hour',
  cpu: 'runtime: CPU of a quiet minute',
  pageGrowth: 'runtime: growth of the heap of the page',
  mainGrowth: 'runtime: growth of the heap of main',
} as const

const MOST_GROWTH_MB = 1
const mega = (bytes: number): number => bytes / 1_000_000

const beside = (name: string, unit: string, { ours, empty }: Beside, detail: string): Figure => ({
  name,
  unit,
  ours,
  target: null,
  peer: empty,
  detail,
})

function growthOf(name: string, key: 'pageBytes' | 'mainBytes', growth: Growth, on: string): Figure {
  const { before, after, events, warmUp } = growth
  return {
    name,
    unit: 'MB',
    ours: mega(after[key] - before[key]),
    target: MOST_GROWTH_MB,
    peer: null,
    detail: `${on}: ${mega(before[key]).toFixed(2)} → ${mega(after[key]).toFixed(2)} MB over ${events} snapshots after ${warmUp} to warm up, two forced collections each; the page's last snapshot is sent again, a revision each, fifty at a time, and drawn`,
  }
}

/** What was measured, as figures. The other column is the empty app. */
export function runtimeFigures(measured: Runtimes): readonly Figure[] {
  const { version, minutes, isTrulyCold, runs, memoryBytes, growth } = measured
  const on = `Electron ${version}, Xvfb, no GPU`
  const byEmpty = 'the other is an empty app, started in turn'
  const cold = `${on}; ${isTrulyCold ? "the machine's cached files dropped before each" : 'a fresh profile before each: files could not be dropped from memory'}; median of ${runs.cold}; ${byEmpty}`
  const warm = `${on}; median of ${runs.warm}; ${byEmpty}`
  const idle =
    minutes === null
      ? "an hour by the app's own clock in 120 steps, then two minutes of the machine's; the empty app two minutes"
      : `${minutes} real minutes, the empty app as long`
  const inMega = { ours: mega(memoryBytes.ours), empty: mega(memoryBytes.empty) }
  return [
    beside(runtimeNames.coldWindow, 'ms', measured.coldWindowMs, cold),
    beside(runtimeNames.coldShown, 'ms', measured.coldShownMs, `${cold} to its only page`),
    beside(runtimeNames.warmWindow, 'ms', measured.warmWindowMs, warm),
    beside(runtimeNames.warmShown, 'ms', measured.warmShownMs, `${warm} to its only page`),
    beside(runtimeNames.memory, 'MB', inMega, `${on}; PSS of all processes; ${idle}, then the quiet minute`),
    beside(
      runtimeNames.cpu,
      '% of a core',
      measured.cpuPercent,
      `${on}; all processes, a real minute after the idle time; the other is an empty app in a minute of its own`,
    ),
    growthOf(runtimeNames.pageGrowth, 'pageBytes', growth, on),
    growthOf(runtimeNames.mainGrowth, 'mainBytes', growth, on),
  ]
}
