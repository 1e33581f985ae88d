import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { ScriptFailure } from './commandLine.mjs'
import { say } from './progress.mjs'
import { inProject } from './projectRoot.mjs'

const endWithParent = pathToFileURL(inProject('scripts', 'lib', 'endWithParent.mjs')).href
const STOP_DEADLINE_MS = 4000
const READY_DEADLINE_MS = 30_000

/**
 * @typedef {object} Child
 * @property {string} name
 * @property {Promise<void>} ended settles when the process is gone
 * @property {() => string} fate how it ended, in words
 * @property {() => Promise<void>} stop asks it to end, then insists
 */

/**
 * Watches a process that was spawned with its output piped. What it prints goes to standard error under its name.
 * @param {string} name
 * @param {import('node:child_process').ChildProcess} child
 * @param {(line: string) => boolean} takesLine answers true for a line that is not for people
 * @returns {Child}
 */
function watch(name, child, takesLine = () => false) {
  let fate = 'still runs'
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue
    createInterface({ input: stream }).on('line', (line) => {
      if (!takesLine(line)) say(`[${name}] ${line}`)
    })
  }
  const ended = new Promise((resolve) => {
    child.once('error', (error) => {
      fate = `could not be started: ${error.message}`
      resolve()
    })
    child.once('exit', (code, signal) => {
      fate = signal ? `ended by ${signal}` : `ended with exit code ${code}`
      resolve()
    })
  })
  async function stop() {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
    child.kill('SIGTERM')
    const insist = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS)
    await ended
    clearTimeout(insist)
  }
  return { name, ended, fate: () => fate, stop }
}

/**
 * Starts one of our own programs, which says `{"event":"ready", …}` when it serves. It ends with this process, however
 * this process ends.
 * @param {string} name
 * @param {readonly string[]} args the JavaScript file first
 * @param {Record<string, string>} env
 * @returns {{ child: Child, ready: Promise<Record<string, string>> }} `ready` rejects when it ends before
 */
export function startProgram(name, args, env = {}) {
  const child = spawn(process.execPath, ['--import', endWithParent, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let tellReady = () => undefined
  const readyLine = new Promise((resolve) => (tellReady = resolve))
  const watched = watch(name, child, (line) => {
    if (!line.startsWith('{"event":"ready"')) return false
    tellReady(JSON.parse(line))
    return true
  })
  return { child: watched, ready: withinDeadline(readyLine, watched) }
}

async function withinDeadline(readyLine, watched) {
  let timer
  const late = new Promise((resolve) => (timer = setTimeout(resolve, READY_DEADLINE_MS, 'late')))
  const first = await Promise.race([readyLine, watched.ended.then(() => 'ended'), late])
  clearTimeout(timer)
  if (typeof first === 'object') return first
  const why = first === 'ended' ? watched.fate() : `did not get ready within ${READY_DEADLINE_MS / 1000} s`
  throw new ScriptFailure(`${watched.name} ${why}; its own message is above.`)
}

/**
 * Starts a window or another foreign program.
 * @param {string} name
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Record<string, string>} env
 */
export function startForeign(name, command, args, env = {}) {
  // Browsers chatter about the machine they run on; none of it helps anybody here.
  return watch(
    name,
    spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'ignore'] }),
  )
}

/**
 * Settles at the first of: a signal that asks this process to end, or the end of one of its children.
 * @param {readonly Child[]} children
 * @returns {Promise<Child | null>} the child that ended, or null when we were asked
 */
export function untilAskedOrEnded(children) {
  const asked = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve(null))
  })
  return Promise.race([asked, ...children.map((child) => child.ended.then(() => child))])
}

/**
 * Runs a program in the place of this script: its output, its signals, its exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code
 */
export function startForeground(command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  // The terminal signals the whole group; a supervisor signals only us.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
