import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureAptPrograms } from './aptPackages.mjs'
import { ScriptFailure } from './commandLine.mjs'
import { runProgram } from './runProgram.mjs'

/** Outside of the repository, and the same for every clone of it: making one takes a minute. */
const CACHE = '/var/cache/doorplate-tests'

/** What a fresh tablet of Debian has, as far as updates go. Whoever changes this changes the name as well. */
const NAME = 'updates-1'
const packages = ['unattended-upgrades']

/** The release this machine runs; null where it is no Debian, or the user is not root: then no root can be made. */
export function debianRelease() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return null
  const about = readFileSync('/etc/os-release', 'utf8')
  if (!/^ID=debian$/m.test(about)) return null
  return /^VERSION_CODENAME=(\w+)$/m.exec(about)?.[1] ?? null
}

/**
 * The folder of a small, fresh Debian. It is shared: copy it, never change it.
 * @param {(text: string) => void} write receives what the tools say
 * @returns {Promise<string>}
 * @throws {ScriptFailure} where none can be made
 */
export async function ensureDebianRoot(write) {
  const release = debianRelease()
  if (release === null) throw new ScriptFailure('a Debian of its own can only be made by root on Debian.')
  const folder = join(CACHE, `${release}-${NAME}`)
  if (existsSync(folder)) return folder
  const missing = await ensureAptPrograms({ debootstrap: 'debootstrap' }, write)
  if (missing.length > 0) throw new ScriptFailure('debootstrap is missing: apt-get install debootstrap')
  const work = join(CACHE, `.${release}-${NAME}-${process.pid}`)
  mkdirSync(CACHE, { recursive: true })
  try {
    const args = ['--variant=minbase', `--include=${packages.join(',')}`, release, work]
    const { code, output } = await runProgram('debootstrap', args, { write })
    if (code !== 0) throw new ScriptFailure(`debootstrap failed (${code}).\n${output.slice(-2_000)}`)
    // The repository of a test is the only one there is: nothing of it touches the internet.
    writeFileSync(join(work, 'etc/apt/sources.list'), '')
    for (const rest of ['var/cache/apt/archives', 'var/lib/apt/lists', 'usr/share/doc', 'usr/share/locale']) {
      rmSync(join(work, rest), { recursive: true, force: true })
    }
    for (const needed of ['var/cache/apt/archives/partial', 'var/lib/apt/lists/partial']) {
      mkdirSync(join(work, needed), { recursive: true })
    }
    // Somebody else may have been faster.
    if (!existsSync(folder)) renameSync(work, folder)
    return folder
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
