import { mkdir, writeFile } from 'node:fs/promises'
import { arch, cpus, platform } from 'node:os'
import { dirname } from 'node:path'
import type { FoundElectron } from '../e2e/electron/prepareRuntime.ts'
import { isKept, rounded } from './Figure.ts'
import type { Figure } from './Figure.ts'
import { measureActions } from './measureActions.ts'
import { measureBudget } from './measureBudget.ts'
import { measureDay } from './measureDay.ts'
import { measureElectron } from './measureElectron.ts'
import { measureOpening } from './measureOpening.ts'
import { measurePresses } from './measurePresses.ts'
import { measureQuiet } from './measureQuiet.ts'
import { measureReleases } from './measureReleases.ts'
import { measureRuntime } from './measureRuntime.ts'
import { measureStarts } from './measureStarts.ts'
import { printTable } from './printTable.ts'
import { runtimeNames } from './runtime/figures.ts'

// Threads of the benchmark import the bundle and ask for it by name.
export { countBadPresses } from '../src/core/booking/testing/playPresses.ts'
export { countUnfairReleases } from './measureReleases.ts'

type Benchmark = (executablePath: string, options: BenchOptions) => Promise<readonly Figure[]>

/** Every benchmark by the name it is called by. */
const benchmarks: Readonly<Record<string, Benchmark>> = {
  opening: measureOpening,
  quiet: measureQuiet,
  starts: measureStarts,
  actions: measureActions,
  electron: measureElectron,
  runtime: (_browser, { electron, minutes }) =>
    electron === null ? Promise.resolve([]) : measureRuntime(electron, minutes),
  day: measureDay,
  release: measureReleases,
  presses: measurePresses,
  budget: measureBudget,
}

/** What to measure, and with which browser. */
export interface BenchOptions {
  /** Empty: everything. */
  readonly names: readonly string[]
  readonly jsonFile: string
  readonly browser: string
  /** The real runtime; null where none can be had, or none is wanted. */
  readonly electron: FoundElectron | null
  /** Really idle before the memory is read; null: an hour by the app's own clock. */
  readonly minutes: number | null
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** What was asked for and cannot be taken here. */
const leftOutOf = ({ names, electron }: BenchOptions): readonly string[] =>
  electron === null && (names.length === 0 || names.includes('runtime')) ? Object.values(runtimeNames) : []

async function writeJson(options: BenchOptions, figures: readonly Figure[]): Promise<void> {
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    platform: platform(),
    arch: arch(),
    electron: options.electron?.version ?? null,
  }
  const report = {
    takenAt: new Date().toISOString(),
    machine,
    node: process.versions.node,
    figures: figures.map((figure) => ({ ...figure, ours: rounded(figure.ours), isKept: isKept(figure) })),
    leftOut: leftOutOf(options),
  }
  await mkdir(dirname(options.jsonFile), { recursive: true })
  await writeFile(options.jsonFile, `${JSON.stringify(report, null, 2)}\n`)
}

/**
 * Takes the figures, prints them and writes them down.
 * @returns the exit code: 0 kept every promise, 1 missed one, 2 asked for what does not exist
 */
export async function measure(options: BenchOptions): Promise<number> {
  const { names, browser } = options
  const unknown = names.filter((name) => !Object.hasOwn(benchmarks, name))
  if (unknown.length > 0) {
    process.stderr.write(
      `bench: ${unknown.join(', ')} is not one of ${Object.keys(benchmarks).join(', ')}.\n`,
    )
    return 2
  }
  const figures: Figure[] = []
  for (const [name, run] of Object.entries(benchmarks)) {
    if (names.length > 0 && !names.includes(name)) continue
    process.stderr.write(`measuring ${name}…\n`)
    const startedMs = performance.now()
    figures.push(...(await run(browser, options)))
    process.stderr.write(`  ${((performance.now() - startedMs) / 60_000).toFixed(1)} min\n`)
  }
  printTable(figures, say)
  for (const name of leftOutOf(options)) say(`${name}: left out, there is no Electron here`)
  await writeJson(options, figures)
  return figures.every(isKept) ? 0 : 1
}
