import util from 'node:util'

/** Something the person at the terminal must mend; the message holds the remedy. */
export class ScriptFailure extends Error {
  /**
   * @param {string} message what is wrong and what to do
   * @param {number} exitCode
   */
  constructor(message, exitCode = 1) {
    super(message)
    this.name = 'ScriptFailure'
    this.exitCode = exitCode
  }
}

const OLDEST_NODE = [20, 19]

/** @throws {ScriptFailure} on a Node that the tools below would fail on in less clear words */
function requireNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return
  throw new ScriptFailure(
    `this is Node ${version}; Doorplate needs ${OLDEST_NODE.join('.')} or newer. Install one from https://nodejs.org.`,
  )
}

/**
 * Runs a script: its flags, its help, its failures as one sentence instead of a stack.
 * @param {{ name: string, help: string, options?: import('node:util').ParseArgsOptionsConfig, args?: string[],
 *   run: (values: Record<string, any>) => Promise<number> }} script `run` answers with the exit code
 */
export async function runScript({ name, help, options = {}, args = process.argv.slice(2), run }) {
  try {
    requireNode()
    process.exitCode = await run(readFlags(help, options, args))
  } catch (error) {
    if (!(error instanceof ScriptFailure)) throw error
    if (error.exitCode === 0) process.stdout.write(error.message)
    else process.stderr.write(`${name}: ${error.message}\n`)
    process.exitCode = error.exitCode
  }
}

function readFlags(help, options, args) {
  let values
  try {
    const flags = { ...options, help: { type: 'boolean', short: 'h' } }
    ;({ values } = util.parseArgs({ args, options: flags, strict: true }))
  } catch (error) {
    throw new ScriptFailure(`${error.message.split('. ', 1)[0]}. --help lists every option.`, 2)
  }
  if (values.help) throw new ScriptFailure(help, 0)
  return values
}
