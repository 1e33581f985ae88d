import { existsSync, readFileSync } from 'node:fs'
import { inProject } from './projectRoot.mjs'

/** How to get the runtime; npm ci does not fetch it. */
export const installElectron = `Electron's runtime is not installed. Fetch it (about 120 MB) with

    npx install-electron

or, where its download host cannot be reached, through a mirror:

    ELECTRON_MIRROR=https://npmmirror.com/mirrors/electron/ npx install-electron

The panel also runs without it, in any browser: npm run host -- --config FILE
`

/** The path of Electron's executable, or null while only its npm package is there. */
export function findElectron() {
  const folder = inProject('node_modules', 'electron')
  const name = inProject('node_modules', 'electron', 'path.txt')
  if (!existsSync(name)) return null
  const executable = inProject('node_modules', 'electron', 'dist', readFileSync(name, 'utf8').trim())
  return existsSync(folder) && existsSync(executable) ? executable : null
}
