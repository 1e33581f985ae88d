import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { countColours } from './countColours.ts'
import type { FreshRoot } from './FreshRoot.ts'
import { lendKeyStore } from './lendKeyStore.ts'
import { createSystemdService, readUnit } from './SystemdUnit.ts'
import type { SystemdService } from './SystemdUnit.ts'

export const HOME = '/var/lib/doorplate'
export const HEARTBEAT = `${HOME}/run/heartbeat`
const UNITS = '/usr/lib/systemd/system'
const SESSION = '/run/session-doorplate'

/** What the tests do to a root with Doorplate in it, and what they look at. */
export interface InstalledPanel {
  /** A shell command's output. @throws with what it said when it failed */
  sh(command: string): string
  exists(path: string): boolean
  read(path: string): string
  /** apt's own installation of a file from outside. */
  install(deb: string): void
  /** See {@link lendKeyStore}; for every tree that may be started. */
  lend(): Promise<void>
  /** The cage unit without a screen. @param change of the unit's text, as a drop-in of an administrator */
  cage(change?: (unit: string) => string): SystemdService
  watchdog(): SystemdService
  log(): string
  /** Ends the panel's main process with a signal. */
  signal(name: string): void
  /** Sums of what a panel must find again after an upgrade. */
  kept(): string
  /** From now on a systemd runs that writes down what it is told; every unit of it is active. */
  recordSystemctl(): void
  /** What it was told since the last time. */
  told(): readonly string[]
  /** How many colours are on the screen, a picture of which is left in `folder`. */
  picture(folder: string): number
}

/** A compositor without a screen. Turned upside down it composes what a picture of it shows, instead of passing it through. */
const environment = { WLR_BACKENDS: 'headless', WLR_LIBINPUT_NO_DEVICES: '1', WLR_RENDERER: 'pixman' }
export const HEADLESS_FLAGS = '--disable-gpu --ozone-platform=wayland'
const headless = (unit: string): string =>
  unit
    .replace('/usr/bin/cage ', '/usr/bin/cage -r -r ')
    .replace('/usr/bin/doorplate ', `/usr/bin/doorplate ${HEADLESS_FLAGS} `)

/** Chromium's own files, logs and marks: written anew by every start. */
const ofEveryStart = ['session', 'run', 'logs', 'Crashpad', '.*']
  .map((name) => `-not -path './${name}/*'`)
  .join(' ')

/** See {@link InstalledPanel}. */
export function createInstalledPanel(root: FreshRoot): InstalledPanel {
  function sh(command: string): string {
    const { code, output } = root.run(command)
    if (code !== 0) throw new Error(`${command}: ${code}\n${output}`)
    return output
  }
  const exists = (path: string): boolean => existsSync(root.path(path))
  const read = (path: string): string => readFileSync(root.path(path), 'utf8')
  const service = (name: string, change: (unit: string) => string): SystemdService =>
    createSystemdService({ root, unit: readUnit(change(read(`${UNITS}/${name}`))), environment })

  function picture(folder: string): number {
    mkdirSync(folder, { recursive: true })
    const env = {
      ...process.env,
      XDG_RUNTIME_DIR: '/tmp',
      WAYLAND_DISPLAY: root.living(`${SESSION}/wayland-0`),
    }
    const raw = spawnSync('grim', ['-t', 'ppm', '-'], { env, maxBuffer: 64 * 1024 * 1024 })
    spawnSync('grim', [join(folder, 'cage.png')], { env })
    return raw.status === 0 ? countColours(raw.stdout) : 0
  }

  return {
    sh,
    exists,
    read,
    install(deb) {
      sh('rm -f /tmp/*.deb')
      spawnSync('cp', [deb, root.path('/tmp/')])
      sh('apt-get install -y /tmp/*.deb')
    },
    async lend() {
      const archives = sh('find /opt -name app.asar').trim().split('\n')
      for (const archive of archives) await lendKeyStore(root.path(archive))
    },
    cage: (change = (unit) => unit) => service('doorplate-cage.service', (unit) => headless(change(unit))),
    watchdog: () => service('doorplate-watchdog.service', (unit) => unit),
    log: () => (exists(`${HOME}/logs/main.log`) ? read(`${HOME}/logs/main.log`) : ''),
    signal: (name) => void sh(`kill -${name} $(pgrep -o -x doorplate)`),
    kept: () => sh(`cd ${HOME}; find . -type f ${ofEveryStart} -exec sha256sum {} + | sort -k 2`),
    recordSystemctl() {
      sh('mkdir -p /run/systemd/system')
      const script = '#!/bin/sh\necho "$*" >> /tmp/systemctl.log\n'
      // In its very place: apt gives the scripts of packages a path of its own.
      sh('rm /usr/bin/systemctl')
      writeFileSync(root.path('/usr/bin/systemctl'), script, { mode: 0o755 })
    },
    told() {
      const lines = exists('/tmp/systemctl.log') ? read('/tmp/systemctl.log').split('\n').filter(Boolean) : []
      sh('rm -f /tmp/systemctl.log')
      return lines
    },
    picture,
  }
}
