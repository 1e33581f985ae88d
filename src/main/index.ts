import { app } from 'electron'
import { exitCodes } from '../core/Core.ts'
import { createRun } from './createRun.ts'
import { runDoctorCommand } from './doctor/runDoctorCommand.ts'
import { parseCommand } from './launch/parseCommand.ts'
import { parseLaunchOptions } from './launch/parseLaunchOptions.ts'
import type { LaunchOptions } from './launch/parseLaunchOptions.ts'
import { runCommand } from './launch/runCommand.ts'
import { startApp } from './startApp.ts'

/** @throws when the command line is wrong: there is no log yet to say it in */
function readCommandLine() {
  const asked = parseCommand(process.argv, process.cwd())
  if (asked.kind === 'wrong') throw new Error(asked.problem)
  const launch = parseLaunchOptions(process.argv, process.env, process.cwd())
  if (!launch.ok) throw new Error(launch.problem)
  return { command: asked.kind === 'command' ? asked.command : null, options: launch.options }
}

/** Chromium goes on once this file has ended: a panel is started at once, a command is answered first. */
async function begin(): Promise<void> {
  const { command, options } = readCommandLine()
  if (command === null) startPanel(options)
  else if (command.kind === 'doctor') await runDoctorCommand(command, options.userDataFolder)
  else await runCommand(command, options)
}

/** @throws when the panel's folder is wrong */
function startPanel(options: LaunchOptions): void {
  void startApp(createRun(options))
}

try {
  await begin()
} catch (error) {
  process.stderr.write(`doorplate: ${error instanceof Error ? error.message : String(error)}\n`)
  app.exit(exitCodes.configurationBroken)
}
