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
import { ensureTestElectron } from './lib/testElectron.mjs'

const help = `Usage: npm run bench [-- NAME...] [-- --json FILE] [-- --minutes N]

Installs and builds what is missing, then measures the built panel in Chromium and on the real Electron against the
simulator on this machine. Prints a table (ours, target, best known other or the empty app) and writes the figures as
JSON. All of it takes well over twenty minutes on two cores, twice that on a busy machine; every name says at its end
how long it took.

  NAME         which figures; all by default
                 opening   navigation to the last plan on screen, script bytes, requests; a minute
                 quiet     a minute in which nothing happens: CPU, changes of the page, heap; that minute
                 starts    a meeting's start to the changed screen; a minute
                 actions   a press on a button to visible progress, and to what the calendar says, on every platform;
                           minutes
                 electron  start of the built main process on the stand-in to its window and to the last plan, size of
                           what is built; half a minute
                 runtime   the real Electron beside an empty app: cold and warm start, memory after an idle hour, CPU of
                           a quiet minute, heaps over ten thousand snapshots; about ten minutes. Left out by name where
                           no Electron can be had
                 budget    calls of a month and age of the data, 1, 5 and 25 rooms on every platform, in virtual time;
                           the longest of them with release and presses
                 day       memory of the built main process before and after 24 simulated hours; minutes
                 release   random histories of check-ins, faults and no-shows: rooms given back wrongly; minutes
                 presses   random histories of bookings, extensions and ends: times booked twice, presses sent twice;
                           minutes
  --json FILE  where the figures go (default bench/results/latest.json; with names, .cache/bench/latest.json)
  --minutes N  runtime: both apps really idle so long before their memory is read (60: an hour each) instead of an hour
               by the app's own clock and two minutes of the machine's
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

/** @returns null where it is not wanted, or cannot be had: its figures are then left out by name */
async function findElectron(names) {
  if (names.length > 0 && !names.includes('runtime')) return null
  return ensureTestElectron((text) => process.stderr.write(text))
}

async function bench(names, jsonFile, minutes) {
  // The benchmarks look for what was built from the repository's folder.
  process.chdir(projectRoot)
  await ensureInstalled()
  await ensureBuilt('panel', 'node')
  const { browser, problem } = await ensureTestBrowser((text) => process.stderr.write(text))
  if (problem !== null) say(problem.trim())
  if (browser === null) throw new ScriptFailure('there is no browser to measure in.')
  const electron = await findElectron(names)
  await withProgress('preparing', bundleBenchmarks)
  const { measure } = await import(pathToFileURL(bundle).href)
  return measure({ names, jsonFile, browser, electron, minutes })
}

const all = process.argv.slice(2)
const isValue = (index) => ['--json', '--minutes'].includes(all[index - 1])
const names = all.filter((arg, index) => !arg.startsWith('-') && !isValue(index))

/** Some of the figures must not take the place of all of them. */
const usualFile = () =>
  inProject(...(names.length === 0 ? ['bench', 'results'] : ['.cache', 'bench']), 'latest.json')

/** @returns null where none are asked for */
function readMinutes(text) {
  if (text === undefined) return null
  const minutes = Number(text)
  if (!(minutes > 0 && minutes <= 1440))
    throw new ScriptFailure('--minutes takes a number above 0, at most 1440.', 2)
  return minutes
}

await runScript({
  name: 'bench',
  help,
  options: { json: { type: 'string' }, minutes: { type: 'string' } },
  args: all.filter((arg) => !names.includes(arg)),
  run: ({ json, minutes }) =>
    bench(names, json === undefined ? usualFile() : resolve(json), readMinutes(minutes)),
})
