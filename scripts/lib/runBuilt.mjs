import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './build.mjs'
import { runScript } from './commandLine.mjs'
import { ensureInstalled } from './install.mjs'
import { inProject } from './projectRoot.mjs'

/**
 * Runs one of our programs in this very process, so that signals, exit code and output are its own. Installs and builds
 * first where that is needed; asking for help needs neither.
 * @param {string} name file below `out/node`
 * @param {string} about what `--help` says while the program is not built
 * @param {readonly import('./build.mjs').BuildName[]} needed
 */
export function runBuilt(name, about, needed) {
  const file = inProject('out', 'node', `${name}.js`)
  const args = process.argv.slice(2)
  return runScript({
    name,
    help: about,
    args: args.includes('--help') && !existsSync(file) ? ['--help'] : [],
    run: async () => {
      if (!args.includes('--help')) {
        await ensureInstalled()
        await ensureBuilt(...needed)
      }
      process.argv = [process.execPath, file, ...args]
      await import(pathToFileURL(file).href)
      return process.exitCode ?? 0
    },
  })
}
