import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess, StdioOptions } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** How a command in the root ended. */
export interface Ended {
  readonly code: number
  readonly output: string
}

/** A Debian of its own for one test file, with its own processes. What it changes is gone when it is closed. */
export interface FreshRoot {
  /** Its files, seen from outside. */
  readonly path: (inside: string) => string
  /** The same through its first process: sockets and mounts of the inside. */
  readonly living: (inside: string) => string
  /** Runs a shell command as root. @throws when it cannot be started; never for its exit code */
  run(command: string, env?: Readonly<Record<string, string>>): Ended
  /** The same, but it goes on by itself. */
  start(command: string, stdio: StdioOptions): ChildProcess
  close(): void
}

/** How long a package installation may take on a machine that does other things as well. */
const COMMAND_MS = 300_000

async function firstProcessOf(pid: number): Promise<string> {
  for (let tries = 0; tries < 200; tries++) {
    const child = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    // The script first; the root is ready once that has become the one that waits.
    if (child !== '' && readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('sleep infinity'))
      return child
    await wait(50)
  }
  throw new Error('the root was not entered within ten seconds')
}

function settle(folder: string): void {
  const put = (path: string, text: string, mode: number): void =>
    writeFileSync(join(folder, path), text, { mode })
  // What is thrown away needs no fsync after every file.
  put('etc/dpkg/dpkg.cfg.d/quick', 'force-unsafe-io\n', 0o644)
  put('usr/sbin/policy-rc.d', '#!/bin/sh\nexit 101\n', 0o755)
}

/** @param base a Debian as it comes, which is copied */
export async function openFreshRoot(base: string): Promise<FreshRoot> {
  const work = mkdtempSync(join(tmpdir(), 'dp-'))
  const folder = join(work, 'root')
  // cp keeps owners, links and devices; Node's own copy does not.
  const copied = spawnSync('cp', ['-a', '--reflink=auto', base, folder], { encoding: 'utf8' })
  if (copied.status !== 0) throw new Error(copied.stderr)
  settle(folder)
  cpSync(join(import.meta.dirname, 'enterRoot.sh'), join(work, 'enterRoot.sh'))
  const flags = ['--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private']
  const holder = spawn('unshare', [...flags, 'sh', join(work, 'enterRoot.sh'), folder], { stdio: 'inherit' })
  const first = await firstProcessOf(holder.pid!)
  const enter = ['--target', first, '--mount', '--pid', '--', 'sh', '-c']
  return {
    path: (inside) => join(folder, inside),
    living: (inside) => `/proc/${first}/root${inside}`,
    run(command, env = {}) {
      const ended = spawnSync('nsenter', [...enter, `cd /; ${command}`], {
        encoding: 'utf8',
        env: { ...insideEnv, ...env },
        timeout: COMMAND_MS,
        maxBuffer: 64 * 1024 * 1024,
      })
      return { code: ended.status ?? 1, output: ended.stdout + ended.stderr }
    },
    start: (command, stdio) =>
      spawn('nsenter', [...enter, `cd /; ${command}`], { stdio, env: { ...insideEnv } }),
    close() {
      holder.kill('SIGKILL')
      spawnSync('rm', ['-rf', '--one-file-system', work])
    },
  }
}

const insideEnv = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  LANG: 'C.UTF-8',
  DEBIAN_FRONTEND: 'noninteractive',
}
