import { spawn } from 'node:child_process'
import { projectRoot } from './projectRoot.mjs'

/**
 * Runs a program to its end. It reads nothing, and its output goes where people look, so that ours stays one JSON line.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, isQuiet?: boolean }} options `isQuiet` keeps the output back; see `output`
 * @returns {Promise<{ code: number, output: string }>} `output` is both streams together
 */
export function runProgram(command, args, { env = {}, isQuiet = false } = {}) {
  return new Promise((resolve) => {
    let output = ''
    const child = spawn(command, args, {
      cwd: projectRoot,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text
        if (!isQuiet) process.stderr.write(text)
      })
    }
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }))
    child.on('close', (code, signal) => resolve({ code: code ?? (signal ? 128 : 1), output }))
  })
}

/** Runs a JavaScript file with this very Node. */
export const runNode = (args, options) => runProgram(process.execPath, args, options)
