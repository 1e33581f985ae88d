import { app } from 'electron'
import { createFileCommandDeps } from '../../core/commands/createFileCommandDeps.ts'
import type { CommandAnswer, OperatorCommand } from '../../core/commands/OperatorCommand.ts'
import { runFileCommand } from '../../core/commands/runFileCommand.ts'
import { createNodeDeviceIdentity } from '../../core/machine/createDeviceIdentity.ts'
import { findSealedSecret } from './findSealedSecret.ts'
import type { LaunchOptions } from './parseLaunchOptions.ts'

/** Resolves when the system has the text: what is still on its way when a process ends is lost on a pipe. */
const write = (stream: NodeJS.WriteStream, text: string): Promise<void> =>
  new Promise((resolve) => {
    if (text === '') resolve()
    else stream.write(text, () => resolve())
  })

/** Says what a command found and ends the process. */
export async function endWith({ output, notes, exitCode }: CommandAnswer): Promise<void> {
  await Promise.all([write(process.stdout, output), write(process.stderr, notes)])
  app.exit(exitCode)
}

/**
 * Answers a command about a file before Chromium starts: no window, no network, no lock. Nothing is made in the panel's
 * folder, so that it may be asked while the panel runs.
 */
export async function runCommand(
  command: Exclude<OperatorCommand, { kind: 'doctor' }>,
  { userDataFolder, serial }: LaunchOptions,
): Promise<void> {
  const folder = userDataFolder ?? app.getPath('userData')
  const device = createNodeDeviceIdentity(serial ?? undefined)
  await endWith(await runFileCommand(command, createFileCommandDeps(device, findSealedSecret(folder))))
}
