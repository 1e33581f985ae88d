import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

/** The packages every file of this project looks at, made once. */
export interface LinuxPackages {
  readonly deb: string
  readonly rpm: string
  /** The same program under a lower version. */
  readonly olderDeb: string
  readonly olderRpm: string
  /** The unpacked program they are made of. */
  readonly program: string
  /** A Debian as it comes, to be copied. */
  readonly base: string
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Or why this machine cannot make them. */
    readonly linuxPackages: LinuxPackages | string
  }
}

const root = join(import.meta.dirname, '../../..')
const script = (name: string): Promise<unknown> => import(join(root, 'scripts/lib', name))
export const OLDER_VERSION = '0.0.9'

/** Programs the tests run on this machine, and the packages that bring them. */
const programs = {
  'dpkg-deb': 'dpkg',
  rpmbuild: 'rpm',
  lintian: 'lintian',
  mmdebstrap: 'mmdebstrap',
  grim: 'grim',
}

async function whyNot(): Promise<string | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'this is no Linux on x64'
  const { isAptRoot, ensureAptPrograms } = (await script('aptPackages.mjs')) as {
    isAptRoot: () => boolean
    ensureAptPrograms: (wanted: object, write: (text: string) => void) => Promise<readonly string[]>
  }
  if (!isAptRoot()) return 'installing packages needs root on Debian'
  const missing = await ensureAptPrograms(programs, () => undefined)
  if (missing.length > 0) return `${missing.join(', ')} could not be installed`
  const entered = spawnSync('unshare', ['--mount', '--pid', '--fork', '--propagation', 'private', 'true'])
  return entered.status === 0 ? null : 'this root may make no mount namespace'
}

function runOrThrow(command: string, args: readonly string[], env: object = {}): void {
  const run = spawnSync(command, args, { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } })
  if (run.status !== 0) throw new Error(`${command} ${args.join(' ')}\n${run.stdout}${run.stderr}`)
}

/** A minimal Debian 12, kept for the next run. Its lists of packages are renewed where it is used. */
function debianBase(): string {
  const folder = '/var/cache/doorplate-tests/bookworm-1'
  if (existsSync(folder)) return folder
  const made = mkdtempSync(`${folder}-`)
  const keys = '/usr/share/keyrings/debian-archive-keyring.gpg'
  const quick = ['--skip=cleanup/apt,cleanup/reproducible', '--aptopt=Acquire::Languages "none"']
  runOrThrow('mmdebstrap', [
    '--variant=minbase',
    `--keyring=${keys}`,
    ...quick,
    'bookworm',
    join(made, 'root'),
  ])
  renameSync(join(made, 'root'), folder)
  rmSync(made, { recursive: true })
  return folder
}

async function buildPackages(out: string): Promise<LinuxPackages> {
  const { fetchPinnedElectron } = (await script('pinnedElectron.mjs')) as {
    fetchPinnedElectron: () => Promise<{ dist: string }>
  }
  const { dist } = await fetchPinnedElectron()
  const args = ['scripts/dist.mjs', 'linux', '--arch', 'x64', '--only', 'deb,rpm', '--quick']
  // Electron 33 has one fuse less than the product's.
  runOrThrow(process.execPath, [...args, '--electron', dist, '--out', out], {
    DOORPLATE_FUSES_LEFT_OUT: 'WasmTrapHandlers',
  })
  const { buildLinuxPackages } = (await script('linuxPackage/buildLinuxPackages.mjs')) as {
    buildLinuxPackages: (build: object) => Promise<[string, string]>
  }
  const program = join(out, 'linux-unpacked')
  const build = { program, arch: 'x64', compression: 'quick' }
  const [olderDeb, olderRpm] = await buildLinuxPackages({
    ...build,
    folder: join(out, 'older'),
    version: OLDER_VERSION,
  })
  const { describePackage } = (await script('linuxPackage/description.mjs')) as {
    describePackage: () => { version: string }
  }
  const name = join(out, `Doorplate-${describePackage().version}-linux`)
  return {
    deb: `${name}-amd64.deb`,
    rpm: `${name}-x86_64.rpm`,
    olderDeb,
    olderRpm,
    program,
    base: debianBase(),
  }
}

/** Makes the packages before the first file of the project, and throws them away after the last. */
export async function setup(project: TestProject): Promise<() => void> {
  const reason = await whyNot()
  if (reason !== null) {
    project.provide('linuxPackages', reason)
    return () => undefined
  }
  const out = mkdtempSync(join(tmpdir(), 'doorplate-packages-'))
  project.provide('linuxPackages', await buildPackages(out))
  return () => rmSync(out, { recursive: true, force: true })
}
