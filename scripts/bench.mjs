// npm run bench [-- NAME…] [--json FILE]: measures the built panel and prints the figures.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './lib/build.mjs'
import { runScript, ScriptFailure } from './lib/commandLine.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { say, withProgress } from './lib/progress.mjs'
import { inProject, projectRoot } from './lib/projectRoot.mjs'
import { runNode } from './lib/runProgram.mjs'
import { ensureTestBrowser } from './lib/testBrowser.mjs'

const help = `Usage: npm run bench [-- NAME...] [-- --json FILE]

Installs and builds what is missing, then measures the built panel in Chromium against the simulator on this machine.
Prints a table (ours, target, best known other) and writes the figures as JSON. Takes about ten minutes.

  NAME         which figures; all by default
                 opening   navigation to the last plan on screen, script bytes, requests
                 quiet     a minute in which nothing happens: CPU, changes of the page, heap
                 starts    a meeting's start to the changed screen
                 actions   a press on a button to visible progress, and to what the calendar says, on every platform
                 electron  start of the built main process to its window and to the last plan, size of what is built
                 budget    calls of a month and age of the data, 1, 5 and 25 rooms on every platform, in virtual time
                 day       memory of the built main process before and after 24 simulated hours
                 release   random histories of check-ins, faults and no-shows: rooms given back wrongly
                 presses   random histories of bookings, extensions and ends: times booked twice, presses sent twice
  --json FILE  where the figures go (default bench/results/latest.json; with names, .cache/bench/latest.json)
  --help       this text
`

const bundle = inProject('.cache', 'bench', 'bench.mjs')

/** Benchmarks are TypeScript, which plain Node does not read. */
async function bundleBenchmarks() {
  const vite = inProject('node_modules', 'vite', 'bin', 'vite.js')
  const { code, output } = await runNode([
    vite,
    'build',
    '--config',
    'bench/vite.config.ts',
    '--logLevel',
    'warn',
  ])
  if (code !== 0 || !existsSync(bundle))
    throw new ScriptFailure(`the benchmarks could not be built:\n${output}`)
}

async function bench(names, jsonFile) {
  // The benchmarks look for what was built from the repository's folder.
  process.chdir(projectRoot)
  await ensureInstalled()
  await ensureBuilt('panel', 'node')
  const { browser, problem } = await ensureTestBrowser((text) => process.stderr.write(text))
  if (problem !== null) say(problem.trim())
  if (browser === null) throw new ScriptFailure('there is no browser to measure in.')
  await withProgress('preparing', bundleBenchmarks)
  const { measure } = await import(pathToFileURL(bundle).href)
  return measure({ names, jsonFile, browser })
}

const all = process.argv.slice(2)
const isValueOfJson = (index) => all[index - 1] === '--json'
const names = all.filter((arg, index) => !arg.startsWith('-') && !isValueOfJson(index))

/** Some of the figures must not take the place of all of them. */
const usualFile = () =>
  inProject(...(names.length === 0 ? ['bench', 'results'] : ['.cache', 'bench']), 'latest.json')

await runScript({
  name: 'bench',
  help,
  options: { json: { type: 'string' } },
  args: all.filter((arg) => !names.includes(arg)),
  run: ({ json }) => bench(names, json === undefined ? usualFile() : resolve(json)),
})
