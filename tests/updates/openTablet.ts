import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** How a command inside ended; both streams together. */
interface Ended {
  readonly code: number
  readonly output: string
}

/** A small Debian in a folder, standing for a tablet: real dpkg, apt and unattended-upgrades. */
export interface Tablet {
  /** Runs a line of shell as root inside, with processes of its own. */
  run(line: string): Ended
  /** The same, and throws what was said unless it succeeds. */
  must(line: string): string
  read(path: string): string
  write(path: string, text: string, mode?: number): void
  has(path: string): boolean
  /** Replaces a folder inside by a copy of one outside. */
  bring(folder: string, path: string): void
}

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** @param folder takes the copy @param pristine the Debian to copy */
export function openTablet(folder: string, pristine: string): Tablet {
  const copied = spawnSync('cp', ['-a', '--reflink=auto', `${pristine}/.`, folder], { encoding: 'utf8' })
  if (copied.status !== 0) throw new Error(copied.stderr)

  function run(line: string): Ended {
    const inside = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc', `--root=${folder}`]
    const { status, stdout, stderr } = spawnSync(
      'unshare',
      [...inside, '/bin/sh', '-c', `exec 2>&1\n${line}`],
      {
        encoding: 'utf8',
        env: { PATH, HOME: '/root', LC_ALL: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' },
      },
    )
    return { code: status ?? 1, output: stdout + stderr }
  }

  return {
    run,
    must(line) {
      const { code, output } = run(line)
      if (code !== 0) throw new Error(`${line} ended with ${code}\n${output}`)
      return output
    },
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    write: (path, text, mode = 0o644) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text, { mode })
    },
    has: (path) => existsSync(join(folder, path)),
    bring: (source, path) => {
      rmSync(join(folder, path), { recursive: true, force: true })
      cpSync(source, join(folder, path), { recursive: true })
    },
  }
}
