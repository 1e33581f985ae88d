import { homedir } from 'node:os'
import { join } from 'node:path'
import { version } from '../../package.json'
import { exitCodes } from '../core/Core.ts'
import { createRedaction } from '../core/logging/redaction.ts'
import { defaultStateDirectory } from './defaultStateDirectory.ts'
import { runHost } from './runHost.ts'

/** A supervisor waits about as long before it kills. */
const STOP_DEADLINE_MS = 2000

const writeError = (text: string): void => void process.stderr.write(text)

/** An error we did not foresee may carry a request with its token: only its redacted text is told. */
function endAfterBug(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  writeError(`doorplate: a bug ended the program: ${createRedaction().text(text)}\n`)
  process.exit(exitCodes.restartMe)
}

/** The first signal asks for an orderly end and sets its deadline. */
const stopAsked = new Promise<void>((resolve) => {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      resolve()
      setTimeout(() => process.exit(0), STOP_DEADLINE_MS).unref()
    })
  }
})

process.on('uncaughtException', endAfterBug)
process.on('unhandledRejection', endAfterBug)
// A reader that went away must not take the panel with it.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

const code = await runHost({
  args: process.argv.slice(2),
  environment: process.env,
  version,
  defaults: {
    stateDirectory: defaultStateDirectory({
      environment: process.env,
      platform: process.platform,
      homeDirectory: homedir(),
    }),
    screenDirectory: join(import.meta.dirname, '../renderer'),
  },
  writeOut: (text) => void process.stdout.write(text),
  writeError,
  stopAsked,
})
process.exit(code)
