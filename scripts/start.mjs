// npm start [-- options]: the Electron panel with the real settings.
import { ensureBuilt } from './lib/build.mjs'
import { runScript, ScriptFailure } from './lib/commandLine.mjs'
import { startForeground } from './lib/children.mjs'
import { findElectron, installElectron } from './lib/findElectron.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { projectRoot } from './lib/projectRoot.mjs'

const help = `Usage: npm start [-- --windowed] [--user-data=DIR] [--provision=FILE] [--display=N]

Installs and builds what is missing, then runs the Electron panel. What stands after -- is handed to it:

  --windowed         an ordinary window instead of the kiosk
  --user-data=DIR    where settings, secrets, state and logs are kept
  --provision=FILE   takes settings and secrets over from a file at this start
  --display=N        the screen to fill, counted from 1
`

const args = process.argv.slice(2)
await runScript({
  name: 'start',
  help,
  args: args.filter((arg) => arg === '--help' || arg === '-h'),
  run: async () => {
    await ensureInstalled()
    const electron = findElectron()
    if (electron === null) throw new ScriptFailure(installElectron)
    await ensureBuilt('panel')
    return startForeground(electron, [projectRoot, ...args])
  },
})
