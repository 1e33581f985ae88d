import { app } from 'electron'
import { exitCodes } from '../core/Core.ts'
import { parseLaunchOptions } from './launch/parseLaunchOptions.ts'
import { startApp } from './startApp.ts'

const launch = parseLaunchOptions(process.argv, process.env, process.cwd())
if (launch.ok) {
  void startApp(launch.options)
} else {
  process.stderr.write(`doorplate: ${launch.problem}\n`)
  app.exit(exitCodes.configurationBroken)
}
