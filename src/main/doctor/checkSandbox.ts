import { join } from 'node:path'
import { found } from '../../core/doctor/Finding.ts'
import type { Finding } from '../../core/doctor/Finding.ts'
import type { RunCommand } from '../../core/machine/RunCommand.ts'

/** What the check of the sandbox asks. */
export interface SandboxDeps {
  readonly platform: NodeJS.Platform
  readonly args: readonly string[]
  /** Null on systems without numbers for users. */
  readonly userId: number | null
  /** Folder of the executable. */
  readonly programFolder: string
  readonly run: RunCommand
  /** Null when there is no such file. */
  readonly findOwner: (path: string) => Promise<{ readonly userId: number; readonly mode: number } | null>
  /** Null when it cannot be read. */
  readonly readText: (path: string) => Promise<string | null>
}

const SETUID = 0o4000

/** Whether pages can be locked in: Chromium ends at once where they cannot. */
export async function checkSandbox(deps: SandboxDeps): Promise<Finding> {
  const { platform, args, userId, programFolder, run, findOwner, readText } = deps
  if (args.some((arg) => /^--(?:no-sandbox|disable-setuid-sandbox-and-namespaces)$/.test(arg))) {
    return found('fail', 'sandboxNone')
  }
  if (platform !== 'linux') return found('ok', 'sandboxSystem')
  if (userId === 0) return found('fail', 'sandboxRoot')
  const helper = join(programFolder, 'chrome-sandbox')
  const owner = await findOwner(helper)
  if (owner !== null && owner.userId === 0 && (owner.mode & SETUID) !== 0) return found('ok', 'sandboxSetuid')
  const asked = await run('unshare', ['--user', '--map-root-user', 'true'])
  if (asked.kind === 'ended' && asked.exitCode === 0) return found('ok', 'sandboxNamespaces')
  // Ubuntu 24.04 refuses them to every program without a profile, `unshare` included.
  const restricted = await readText('/proc/sys/kernel/apparmor_restrict_unprivileged_userns')
  const isOurs = (await findOwner('/etc/apparmor.d/doorplate')) !== null
  return restricted?.trim() === '1' && isOurs
    ? found('ok', 'sandboxProfile')
    : found('fail', 'sandboxMissing', { helper })
}
