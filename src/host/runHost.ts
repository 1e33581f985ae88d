import { HostFailure, failureCodes } from './HostFailure.ts'
import { helpText, parseCommandLine } from './parseCommandLine.ts'
import type { HostWorld } from './HostOptions.ts'
import type { CommandLineDefaults } from './parseCommandLine.ts'
import { runHostCommand } from './runHostCommand.ts'
import { startHost } from './startHost.ts'
import type { RunningHost } from './startHost.ts'

/** The process around the host, as far as the program touches it. */
export interface HostProcess {
  /** What follows the program's name. */
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly defaults: CommandLineDefaults
  readonly version: string
  readonly writeOut: (text: string) => void
  readonly writeError: (text: string) => void
  /** Resolves when somebody asks the program to end. */
  readonly stopAsked: Promise<void>
  readonly world?: Partial<HostWorld> | undefined
}

async function serve(host: RunningHost, { writeOut, stopAsked }: HostProcess): Promise<number> {
  writeOut(`${JSON.stringify({ event: 'ready', url: host.url })}\n`)
  await stopAsked
  await host.stop()
  return 0
}

/**
 * The whole program, from the command line to its exit code.
 * @returns the exit code, once everything is stopped
 */
export async function runHost(self: HostProcess): Promise<number> {
  const { environment, version, writeOut, writeError } = self
  const asked = parseCommandLine(self.args, self.defaults)
  if (asked.kind === 'help') {
    writeOut(helpText)
    return 0
  }
  if (asked.kind === 'version') {
    writeOut(`${version}\n`)
    return 0
  }
  if (asked.kind === 'wrong') {
    writeError(`doorplate: ${asked.problem} --help lists every option.\n`)
    return failureCodes.wrongUsage
  }
  if (asked.kind === 'command') {
    const { output, notes, exitCode } = await runHostCommand(asked.command, {
      ...asked.options,
      environment,
      version,
    })
    writeOut(output)
    writeError(notes)
    return exitCode
  }
  try {
    const host = await startHost({ ...asked.options, environment, version, writeLog: writeError }, self.world)
    return await serve(host, self)
  } catch (error: unknown) {
    if (!(error instanceof HostFailure)) throw error
    writeError(error.lines.map((line) => `doorplate: ${line}\n`).join(''))
    return error.exitCode
  }
}
