import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ScriptFailure } from './commandLine.mjs'
import { withProgress } from './progress.mjs'
import { inProject } from './projectRoot.mjs'
import { runNode, runProgram } from './runProgram.mjs'

const readPackages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {}

/**
 * Whether node_modules holds what the lock file asks for, by npm's own record of what it installed. Packages for other
 * systems may be absent.
 */
function isInstalled() {
  const record = inProject('node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const installed = readPackages(record)
  return Object.entries(readPackages(inProject('package-lock.json'))).every(
    ([path, { version, optional, link }]) => {
      if (path === '' || link) return true
      return installed[path] === undefined ? optional === true : installed[path].version === version
    },
  )
}

/** npm's own script beside this Node, which needs no shell on Windows; else whatever the PATH has. */
export function runNpm(args) {
  const inNode = dirname(process.execPath)
  const scripts = [
    process.env['npm_execpath'],
    join(inNode, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(inNode, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ]
  const script = scripts.find((path) => path?.endsWith('npm-cli.js') && existsSync(path))
  return script ? runNode([script, ...args]) : runProgram('npm', args)
}

/** Installs the packages where they are missing or not those of the lock file. */
export async function ensureInstalled() {
  if (isInstalled()) return
  const { code } = await withProgress('installing packages', () => runNpm(['ci', '--no-audit', '--no-fund']))
  if (code === 0 && isInstalled()) return
  throw new ScriptFailure(
    'npm ci did not install the packages (its own message is above). Check the network; behind a mirror: ' +
      'npm config set registry https://registry.npmmirror.com',
  )
}
