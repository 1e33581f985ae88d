import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { readCommandLine, usage } from './commandLine.ts'
import { createSimulator } from './createSimulator.ts'

const remedies: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there already: stop it, or choose another port with --port',
  EACCES: 'this port needs more rights: choose one above 1023 with --port',
  EADDRNOTAVAIL: 'this machine has no such address: leave --host out to listen on 127.0.0.1',
  ENOTFOUND: 'this host name cannot be resolved: leave --host out to listen on 127.0.0.1',
}

function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return remedies[code] ?? (error instanceof Error ? error.message : String(error))
}

/** Where the command line speaks to, and what ends it. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Resolves when the program is asked to end. */
  readonly askedToEnd: () => Promise<void>
}

const processTerminal: Terminal = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  askedToEnd: () =>
    new Promise((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
    }),
}

/**
 * Runs the simulator until a signal ends it; says `{"event":"ready","url":…}` on one line once it answers.
 * @param argv the arguments after the program's name
 * @returns the exit code: 0 ended as asked, 1 the address cannot be had, 2 the arguments are wrong
 */
export async function main(argv: readonly string[], terminal: Terminal = processTerminal): Promise<number> {
  const command = readCommandLine(argv)
  if (command.kind === 'help') {
    terminal.out(usage)
    return 0
  }
  if (command.kind === 'wrong') {
    terminal.err(`simulator: ${command.message}\nTry --help.\n`)
    return 2
  }
  const { port, host, seed } = command
  const ended = terminal.askedToEnd()
  const simulator = createSimulator({ seed })
  try {
    const { url } = await simulator.listen(port, host)
    terminal.out(`${JSON.stringify({ event: 'ready', url })}\n`)
  } catch (error: unknown) {
    await simulator.close()
    terminal.err(`simulator: cannot listen on ${host}:${port}: ${whyNot(error)}\n`)
    return 1
  }
  await ended
  await simulator.close()
  return 0
}

/** Whether this file, or the bundle it went into, is what Node was started with. */
function isEntry(): boolean {
  const [, started] = process.argv
  if (started === undefined) return false
  try {
    return realpathSync(started) === realpathSync(fileURLToPath(import.meta.url))
  } catch {
    return false
  }
}

if (isEntry()) process.exitCode = await main(process.argv.slice(2))
