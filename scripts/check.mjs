// npm run check: everything that must be true before a change is handed on.
import { mkdirSync, rmSync } from 'node:fs'
import { ensureAptPrograms } from './lib/aptPackages.mjs'
import { build } from './lib/build.mjs'
import { bundleChecks } from './lib/bundleChecks.mjs'
import { runScript, ScriptFailure } from './lib/commandLine.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { inProject } from './lib/projectRoot.mjs'
import { runNode } from './lib/runProgram.mjs'
import { ensureTestBrowser } from './lib/testBrowser.mjs'
import { countPlaywright, countVitest } from './lib/testCounts.mjs'
import { ensureTestElectron } from './lib/testElectron.mjs'
import { windowsTools } from './lib/windowsTools.mjs'

const help = `Usage: npm run check

Installs what is missing (packages; Chromium, Xvfb, a Chinese font and what the packages are tried with through apt, as root on
Debian or Ubuntu; an Electron to test on), then runs format, lint, types, builds, checks of the bundles, unit tests, the Linux
packages (built, and as root on Debian installed into a fresh system) and end-to-end tests. A step that fails does not stop the
others.
The last line is "N passed, N failed, N skipped"; the exit code is 0 only when nothing failed and every suite ran.
`

const DEADLINE_MS = 40 * 60_000
const reports = inProject('.cache', 'check')
const write = (text) => process.stdout.write(text)
/** A log file is no place for colours. */
const plainText = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: '0' }
const modules = (...parts) => inProject('node_modules', ...parts)
const single = (isFine) => ({ passed: isFine ? 1 : 0, failed: isFine ? 0 : 1, skipped: 0 })

/** A step that only succeeds or fails; its output matters only then. */
const command = (args) => async () => {
  const { code, output } = await runNode(args, {
    write: () => undefined,
    deadlineMs: DEADLINE_MS,
    env: plainText,
  })
  if (code !== 0) write(output)
  return single(code === 0)
}

const builds = (name) => async () => {
  const { code, output } = await build(name, { write: () => undefined })
  if (code !== 0) write(output)
  return single(code === 0)
}

const bundle = (check) => async () => {
  const problem = await check().catch((error) => `${error.message}`)
  if (problem !== null) write(`${problem}\n`)
  return single(problem === null)
}

/** @param {string} name of the report @param {string} project of vitest.config.ts; with `!` all the others */
const vitest = (name, project) => async () => {
  const file = `${reports}/${name}.json`
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]
  const args = [
    modules('vitest', 'vitest.mjs'),
    'run',
    '--allowOnly=false',
    '--project',
    project,
    ...reporters,
  ]
  const { code } = await runNode(args, { write, deadlineMs: DEADLINE_MS, env: plainText })
  return countVitest(file, code)
}

async function unit() {
  const missing = await ensureAptPrograms(windowsTools, () => undefined)
  if (missing.length > 0) write(`The Windows installer is not tried: no ${missing.join(', ')}.\n`)
  return vitest('unit', '!linuxPackages')()
}

async function endToEnd() {
  const { browser, problem } = await ensureTestBrowser(write)
  if (problem !== null) write(problem)
  if (browser === null) return single(false)
  // Looked for again by Playwright itself, which names it; without one its tests are skipped by name.
  await ensureTestElectron(write)
  const file = `${reports}/e2e.json`
  const args = ['test', '--forbid-only', '--reporter=list,json,./e2e/SkippedReporter.ts']
  const { code } = await runNode([modules('@playwright', 'test', 'cli.js'), ...args], {
    write,
    deadlineMs: DEADLINE_MS,
    env: { ...plainText, PLAYWRIGHT_CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  })
  return countPlaywright(file, code)
}

/** Lint takes one core for as long as these take the other. */
const lanes = [
  [['lint', command([modules('eslint', 'bin', 'eslint.js'), '.', '--max-warnings=0'])]],
  [
    ['format', command([modules('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'])],
    ['types', command([inProject('scripts', 'types.mjs')])],
    ['build: panel', builds('panel')],
    ['build: node', builds('node')],
  ],
]

/** One after the other: they look at what was built, and take all there is of the machine. */
const steps = [
  ...bundleChecks.map(([name, check]) => [name, bundle(check)]),
  ['unit tests', unit],
  ['Linux packages', vitest('linuxPackages', 'linuxPackages')],
  ['end-to-end tests', endToEnd],
]

async function runStep([name, run]) {
  const startMs = performance.now()
  const counts = await run()
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
  const line = `${counts.failed === 0 ? 'ok    ' : 'FAILED'} ${seconds.padStart(7)} s  ${name}: ${sentence(counts)}`
  write(`${line}\n`)
  return { counts, line }
}

async function runInOrder(list) {
  const results = []
  for (const step of list) {
    write(`\n== ${step[0]}\n`)
    results.push(await runStep(step))
  }
  return results
}

async function runSteps() {
  const results = (await Promise.all(lanes.map(runInOrder))).flat()
  results.push(...(await runInOrder(steps)))
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const { counts } of results) for (const key of Object.keys(total)) total[key] += counts[key]
  write(`\n${results.map(({ line }) => line).join('\n')}\n`)
  return total
}

const sentence = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`

/** Without the packages no step means anything. */
async function install() {
  try {
    await ensureInstalled()
    return null
  } catch (error) {
    if (!(error instanceof ScriptFailure)) throw error
    write(`${error.message}\n`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

async function check() {
  rmSync(reports, { recursive: true, force: true })
  mkdirSync(reports, { recursive: true })
  const total = (await install()) ?? (await runSteps())
  write(`\n${sentence(total)}\n`)
  return total.failed === 0 ? 0 : 1
}

await runScript({ name: 'check', help, run: check })
