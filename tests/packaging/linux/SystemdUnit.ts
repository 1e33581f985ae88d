import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { FreshRoot } from './FreshRoot.ts'

/** A service unit as systemd reads it: every value of every key of one section, in order. */
export type Unit = ReadonlyMap<string, readonly string[]>

/** @param text of the unit; an empty value forgets the earlier ones, a backslash at the end goes on in the next line */
export function readUnit(text: string, section = 'Service'): Unit {
  const values = new Map<string, string[]>()
  let current = ''
  for (const line of text.replaceAll('\\\n', ' ').split('\n')) {
    current = /^\[(\w+)\]$/.exec(line)?.[1] ?? current
    const [, key, value = ''] = /^(\w+)=(.*)$/.exec(line) ?? []
    if (key === undefined || current !== section) continue
    values.set(key, value === '' ? [] : [...(values.get(key) ?? []), value])
  }
  return values
}

/** How one run of a service went. */
export type Run =
  /** A condition said no: it is neither started nor failed. */
  { readonly kind: 'held' } | { readonly kind: 'ended'; readonly code: number }

/** Plays systemd for one unit in a root that has none: the keys this project's units use, as systemd.service(5) tells them. */
export interface SystemdService {
  /** The `systemctl start` of an operator: the runtime folder is made anew. */
  startByHand(): StartedService
  /** What systemd does by itself after `Restart=` decided for it. */
  startAgain(): StartedService
  /** Whether `Restart=` and its exceptions start it again after this end. */
  isRestartedAfter(run: Run): boolean
}

/** A service that was started. */
export interface StartedService {
  readonly ended: Promise<Run>
}

/** What {@link createSystemdService} needs. */
export interface SystemdServiceDeps {
  readonly root: FreshRoot
  readonly unit: Unit
  /** For what a headless root lacks. */
  readonly environment?: Readonly<Record<string, string>>
}

/** systemd's own escape for a dollar sign; the commands of the units need no other one. */
const unescaped = (command: string): string => command.replaceAll('$$', '$')
const words = (values: readonly string[] = []): number[] =>
  values.flatMap((line) => line.split(' ').map(Number))
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

export function createSystemdService({ root, unit, environment = {} }: SystemdServiceDeps): SystemdService {
  const one = (key: string): string | undefined => unit.get(key)?.at(-1)
  const user = one('User')
  const folders = { state: one('StateDirectory'), runtime: one('RuntimeDirectory') }
  const variables: Record<string, string> = {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'C.UTF-8',
    ...(user && { HOME: `/var/lib/${user}` }),
    // pam_systemd's part.
    ...(folders.runtime && {
      RUNTIME_DIRECTORY: `/run/${folders.runtime}`,
      XDG_RUNTIME_DIR: `/run/session-${user}`,
    }),
    ...(folders.state && { STATE_DIRECTORY: `/var/lib/${folders.state}` }),
    ...Object.fromEntries((unit.get('Environment') ?? []).map((pair) => pair.split('=') as [string, string])),
    ...environment,
  }

  function as(command: string): string {
    const assigned = Object.entries(variables).map(([key, value]) => quoted(`${key}=${value}`))
    const drop = user ? `setpriv --reuid=${user} --regid=${user} --init-groups` : ''
    return `umask ${one('UMask') ?? '0022'}; exec ${drop} env -i ${assigned.join(' ')} ${unescaped(command)}`
  }

  function makeFolders(): void {
    const mine = (path: string, mode: string): string => `install -d -m ${mode} -o ${user} -g ${user} ${path}`
    if (folders.state) root.run(mine(`/var/lib/${folders.state}`, one('StateDirectoryMode') ?? '0755'))
    if (folders.runtime)
      root.run(`${mine(`/run/${folders.runtime}`, '0755')}; ${mine(`/run/session-${user}`, '0700')}`)
  }

  function start(): StartedService {
    makeFolders()
    for (const key of ['ExecCondition', 'ExecStartPre']) {
      for (const command of unit.get(key) ?? []) {
        const { code } = root.run(as(command))
        if (code !== 0)
          return {
            ended: Promise.resolve(key === 'ExecCondition' ? { kind: 'held' } : { kind: 'ended', code }),
          }
      }
    }
    if (one('Type') === 'oneshot') {
      const codes = (unit.get('ExecStart') ?? []).map((command) => root.run(as(command)).code)
      return { ended: Promise.resolve({ kind: 'ended', code: codes.find((code) => code !== 0) ?? 0 }) }
    }
    const main = root.start(as(one('ExecStart') ?? 'false'), ['ignore', 'ignore', 'ignore'])
    return { ended: endOf(main) }
  }

  return {
    startByHand() {
      if (folders.runtime) root.run(`rm -rf /run/${folders.runtime} /run/session-${user}`)
      return start()
    },
    startAgain: start,
    isRestartedAfter(run) {
      if (run.kind === 'held' || words(unit.get('RestartPreventExitStatus')).includes(run.code)) return false
      if (words(unit.get('RestartForceExitStatus')).includes(run.code)) return true
      const isClean = run.code === 0 || words(unit.get('SuccessExitStatus')).includes(run.code)
      const restart = one('Restart') ?? 'no'
      return restart === 'always' || restart === (isClean ? 'on-success' : 'on-failure')
    },
  }
}

async function endOf(main: ChildProcess): Promise<Run> {
  const [code] = (await once(main, 'close')) as [number | null]
  return { kind: 'ended', code: code ?? 255 }
}
