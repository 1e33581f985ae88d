import { basename, join } from 'node:path'
import { found } from '../../core/doctor/Finding.ts'
import type { Finding } from '../../core/doctor/Finding.ts'

/** What the check of the single-instance lock asks. */
export interface InstanceDeps {
  readonly platform: NodeJS.Platform
  readonly folder: string
  /** Name of our executable. */
  readonly program: string
  /** Where a link points; null when there is none. */
  readonly readLink: (path: string) => Promise<string | null>
  /** Path of the program a process runs; null when there is no such process, empty when this user may not see it. */
  readonly programOf: (pid: number) => Promise<string | null>
}

/**
 * Whether a Doorplate runs in the folder, by looking at Chromium's lock (a link to `host-pid`): asking for the lock would
 * either take it from a panel that is about to start or wake the one that runs.
 */
export async function checkInstance(deps: InstanceDeps): Promise<Finding> {
  const { platform, folder, program, readLink, programOf } = deps
  if (platform !== 'linux') return found('unknown', 'instanceUnknown')
  const file = join(folder, 'SingletonLock')
  const pid = Number(/-(\d+)$/.exec((await readLink(file)) ?? '')?.[1] ?? NaN)
  if (Number.isNaN(pid)) return found('ok', 'instanceNone', { folder })
  const other = await programOf(pid)
  if (other === null) return found('ok', 'instanceLeft', { folder })
  return other === '' || basename(other) === program
    ? found('ok', 'instanceRuns', { folder, pid })
    : found('warn', 'instanceTaken', { file, pid, program: basename(other) })
}
