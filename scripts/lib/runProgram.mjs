import { spawn } from 'node:child_process'
import { projectRoot } from './projectRoot.mjs'

/**
 * Runs a program to its end. It reads nothing. What it prints goes to standard error unless told otherwise, so that
 * standard output stays free for our own lines.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, write?: (text: string) => void, deadlineMs?: number }} options `write`
 *   receives both streams; `deadlineMs` ends a program that hangs
 * @returns {Promise<{ code: number, output: string }>} `output` is both streams together
 */
export function runProgram(command, args, { env = {}, write = toErrors, deadlineMs } = {}) {
  return new Promise((resolve) => {
    let output = ''
    const child = spawn(command, args, {
      cwd: projectRoot,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const take = (text) => {
      output += text
      write(text)
    }
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', take)
    const deadline = deadlineMs && setTimeout(() => child.kill('SIGKILL'), deadlineMs)
    child.on('error', (error) => {
      clearTimeout(deadline)
      take(`${error.message}\n`)
      resolve({ code: 127, output })
    })
    child.on('close', (code, signal) => {
      clearTimeout(deadline)
      if (signal) take(`ended by ${signal}\n`)
      resolve({ code: code ?? 1, output })
    })
  })
}

const toErrors = (text) => process.stderr.write(text)

/** Runs a JavaScript file with this very Node. */
export const runNode = (args, options) => runProgram(process.execPath, args, options)
