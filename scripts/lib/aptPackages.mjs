import { existsSync, readFileSync } from 'node:fs'
import { runProgram } from './runProgram.mjs'

/** Whether this user may install what a check needs: root on Debian, or on a system made from it. */
export function isAptRoot() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false
  return /^ID(?:_LIKE)?=.*\b(?:debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'))
}

/**
 * Installs packages one after the other, without what they only recommend, so that a name one release lacks does not
 * keep the others away. What failed is seen by looking for the program afterwards.
 * @param {readonly string[]} names
 * @param {(text: string) => void} write receives what apt says
 */
export async function installByApt(names, write) {
  // Several workers may ask at once: apt waits for the lock instead of giving up.
  const wait = ['-o', 'DPkg::Lock::Timeout=600']
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, write }
  await runProgram('apt-get', [...wait, 'update', '-q'], options)
  for (const name of names) {
    await runProgram('apt-get', [...wait, 'install', '-y', '-q', '--no-install-recommends', name], options)
  }
}

/**
 * Sees to it that the programs a check needs are there, through apt where this user may.
 * @param {Readonly<Record<string, string>>} wanted the package by the program it brings, e.g. `{ rpmbuild: 'rpm' }`
 * @param {(text: string) => void} write receives what apt says
 * @returns {Promise<readonly string[]>} the programs that are still missing; empty when all is well
 */
export async function ensureAptPrograms(wanted, write) {
  const missing = await missingPrograms(Object.keys(wanted))
  if (missing.length === 0 || !isAptRoot()) return missing
  await installByApt([...new Set(missing.map((program) => wanted[program]))], write)
  return missingPrograms(missing)
}

async function missingPrograms(programs) {
  const missing = []
  for (const program of programs) if (!(await isOnPath(program))) missing.push(program)
  return missing
}

const quietly = { write: () => undefined }

async function isOnPath(program) {
  const finder = process.platform === 'win32' ? 'where' : 'which'
  return (await runProgram(finder, [program], quietly)).code === 0
}
