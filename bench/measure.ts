import { mkdir, writeFile } from 'node:fs/promises'
import { arch, cpus, platform } from 'node:os'
import { dirname } from 'node:path'
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
import { measureStarts } from './measureStarts.ts'
import { printTable } from './printTable.ts'

// Threads of the benchmark import the bundle and ask for it by name.
export { countBadPresses } from '../src/core/booking/testing/playPresses.ts'
export { countUnfairReleases } from './measureReleases.ts'

/** Every benchmark by the name it is called by. */
const benchmarks: Readonly<Record<string, (executablePath: string) => Promise<readonly Figure[]>>> = {
  opening: measureOpening,
  quiet: measureQuiet,
  starts: measureStarts,
  actions: measureActions,
  electron: measureElectron,
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
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function writeJson(file: string, figures: readonly Figure[]): Promise<void> {
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    platform: platform(),
    arch: arch(),
  }
  const report = {
    takenAt: new Date().toISOString(),
    machine,
    node: process.versions.node,
    figures: figures.map((figure) => ({ ...figure, ours: rounded(figure.ours), isKept: isKept(figure) })),
  }
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`)
}

/**
 * Takes the figures, prints them and writes them down.
 * @returns the exit code: 0 kept every promise, 1 missed one, 2 asked for what does not exist
 */
export async function measure({ names, jsonFile, browser }: BenchOptions): Promise<number> {
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
    figures.push(...(await run(browser)))
  }
  printTable(figures, say)
  await writeJson(jsonFile, figures)
  return figures.every(isKept) ? 0 : 1
}
