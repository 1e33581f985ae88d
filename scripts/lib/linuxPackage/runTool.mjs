import { ScriptFailure } from '../commandLine.mjs'
import { runProgram } from '../runProgram.mjs'

/**
 * Runs a packager's tool; what it says is shown when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {string} fromPackage the Debian package that brings it
 */
export async function runTool(command, args, fromPackage) {
  const { code, output } = await runProgram(command, args, { write: () => undefined })
  if (code === 0) return
  const remedy = code === 127 ? ` Install it: apt-get install ${fromPackage}` : ''
  throw new ScriptFailure(`${command} failed (${code}).${remedy}\n${output}`)
}
