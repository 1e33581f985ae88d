import { app } from 'electron'
import { exitCodes } from '../core/Core.ts'
import { createRun } from './createRun.ts'
import type { Run } from './createRun.ts'
import { parseLaunchOptions } from './launch/parseLaunchOptions.ts'
import { startApp } from './startApp.ts'

/** @throws when the command line or the panel's folder is wrong: there is no log yet to say it in */
function prepareRun(): Run {
  const launch = parseLaunchOptions(process.argv, process.env, process.cwd())
  if (!launch.ok) throw new Error(launch.problem)
  return createRun(launch.options)
}

try {
  void startApp(prepareRun())
} catch (error) {
  process.stderr.write(`doorplate: ${error instanceof Error ? error.message : String(error)}\n`)
  app.exit(exitCodes.configurationBroken)
}
