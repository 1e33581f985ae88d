import { spawnSync } from 'node:child_process'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { createSimulator } from '../../../simulator/createSimulator.ts'
import type { Simulator } from '../../../simulator/createSimulator.ts'
import { exitCodes } from '../../../src/core/Core.ts'
import { openFreshRoot } from './FreshRoot.ts'
import type { FreshRoot } from './FreshRoot.ts'
import { createInstalledPanel, HEADLESS_FLAGS, HEARTBEAT, HOME } from './InstalledPanel.ts'
import type { InstalledPanel } from './InstalledPanel.ts'

const given = inject('linuxPackages')
const packages = typeof given === 'string' ? null : given
const title = 'the packages on a minimal Debian 12'
const named = typeof given === 'string' ? `${title} (skipped: ${given})` : title
const repository = join(import.meta.dirname, '../../..')

/** Longer than any start on a machine that does other things as well. */
const START = { timeout: 120_000, interval: 200 }

/** The demo's settings and secrets for a simulated office, as a file to provision from. */
async function demoOf(url: string): Promise<string> {
  const { readDemoSettings } = (await import(join(repository, 'scripts/lib/demoSettings.mjs'))) as {
    readDemoSettings: (flags: object) => { at(simulator: string): Promise<object> }
  }
  const flags = {
    language: 'zh-CN',
    theme: 'light',
    port: '0',
    'unknown-after-minutes': '5',
    platform: 'wecom',
  }
  return JSON.stringify(await readDemoSettings(flags).at(url))
}

describe.skipIf(packages === null)(named, () => {
  let root: FreshRoot
  let panel: InstalledPanel
  let simulator: Simulator
  const calls: string[] = []

  /** Seen at the platform's end: only with settings and an unsealed secret does a panel get that far. */
  async function roomIsAskedFor(): Promise<void> {
    await vi.waitFor(() => expect(calls.filter((line) => !line.includes('gettoken'))).not.toEqual([]), START)
    await vi.waitFor(() => expect(panel.exists(HEARTBEAT)).toBe(true), START)
  }
  function forgetEarlierStarts(): void {
    calls.length = 0
    panel.sh(`rm -f ${HEARTBEAT}`)
  }

  beforeAll(async () => {
    simulator = createSimulator({ log: (line) => calls.push(line) })
    root = await openFreshRoot(packages!.base)
    panel = createInstalledPanel(root)
    panel.sh('apt-get update -q')
  }, 120_000)
  afterAll(async () => {
    root.close()
    await simulator.close()
  }, 180_000)

  it('the deb is installed by apt alone: every library is found, the fonts and the session come along', () => {
    panel.install(packages!.olderDeb)
    const elf = `find /opt/Doorplate -maxdepth 1 -type f \\( -perm -100 -o -name '*.so*' \\)`
    expect(panel.sh(`for file in $(${elf}); do ldd "$file" 2>&1; done | grep 'not found' || true`)).toBe('')
    for (const name of ['cage', 'xwayland', 'libpam-systemd', 'fonts-noto-cjk', 'fonts-noto-color-emoji']) {
      expect(panel.sh(`dpkg-query --show --showformat '\${db:Status-Status}' ${name}`)).toBe('installed')
    }
  }, 600_000)

  it('it made the account and its closed folder, and enabled nothing', () => {
    expect(panel.sh('getent passwd doorplate')).toMatch(/:\/var\/lib\/doorplate:\/usr\/sbin\/nologin$/m)
    // Groups of screen and touch, as far as this system has them.
    const groups = ['video', 'input', 'render'].filter((name) => root.run(`getent group ${name}`).code === 0)
    expect(panel.sh('id --groups --name doorplate').trim().split(' ').sort()).toEqual(
      ['doorplate', ...groups].sort(),
    )
    expect(panel.sh(`stat --format '%a %U:%G' ${HOME}`).trim()).toBe('700 doorplate:doorplate')
    expect(root.run('systemctl is-enabled doorplate-cage.service').output.trim()).toBe('disabled')
    // AppArmor of Debian 12 knows no user namespaces; the profile would be an error at every start.
    expect(panel.exists('/etc/apparmor.d/doorplate')).toBe(false)
  })

  it('systemd finds no fault with the units', () => {
    expect(panel.sh('systemd-analyze verify /usr/lib/systemd/system/doorplate-*')).toBe('')
    const ofTheUser = '/usr/lib/systemd/user/doorplate*'
    expect(panel.sh(`XDG_RUNTIME_DIR=/tmp systemd-analyze verify --user ${ofTheUser}`)).toBe('')
  }, 60_000)

  it('under its own user and sandboxed it shows a room; 12, 10, 0 and 11 do what the unit promises', async () => {
    await panel.lend()
    writeFileSync(root.path('/tmp/provision.json'), await demoOf((await simulator.listen(0)).url), {
      mode: 0o644,
    })
    panel.sh(`install -m 0600 -o doorplate -g doorplate /tmp/provision.json ${HOME}/provision.json`)
    const provisioned = panel.cage((unit) =>
      unit.replace('/usr/bin/doorplate ', `/usr/bin/doorplate --provision=${HOME}/provision.json `),
    )
    const first = provisioned.startByHand()
    await roomIsAskedFor()
    const main = panel.sh('pgrep -o -x doorplate').trim()
    expect(panel.sh(`ps -o user= -p ${main}`).trim()).toBe('doorplate')
    // Chromium marks each process that it sandboxed: the zygote's namespaces are not the main process's.
    const spaces = panel.sh(
      `for pid in $(pgrep -x doorplate); do readlink /proc/$pid/ns/user; done | sort -u | wc -l`,
    )
    expect(Number(spaces)).toBeGreaterThan(1)
    const pictures = join(repository, '.cache/packages')
    await vi.waitFor(() => expect(panel.picture(pictures)).toBeGreaterThan(50), START)

    // Another one uses the folder, and the first is none the worse for it.
    const second = `XDG_RUNTIME_DIR=/run/session-doorplate WAYLAND_DISPLAY=wayland-0 HOME=${HOME} /usr/bin/doorplate`
    const asUser = `setpriv --reuid=doorplate --regid=doorplate --init-groups env ${second}`
    expect(root.run(`${asUser} ${HEADLESS_FLAGS} --user-data=${HOME}`).code).toBe(exitCodes.alreadyRunning)

    // An error nobody caught asks for a fresh process, which needs no provisioning any more.
    panel.signal('USR2')
    expect(provisioned.isRestartedAfter(await first.ended)).toBe(true)
    expect(panel.log()).toContain(`"code":${exitCodes.restartMe}`)
    forgetEarlierStarts()
    const restarted = panel.cage().startAgain()
    await roomIsAskedFor()

    // The system asks it to end, as an admin does who leaves the kiosk. It stays down.
    panel.signal('TERM')
    await restarted.ended
    expect((await panel.cage().startAgain().ended).kind).toBe('held')

    // A command line that is wrong: started by hand it is tried once, and stays down.
    const misspelt = panel.cage((unit) => unit.replace('--user-data=', '--display=none --user-data='))
    expect((await misspelt.startByHand().ended).kind).toBe('ended')
    expect((await misspelt.startAgain().ended).kind).toBe('held')
  }, 400_000)

  it('upgraded, it finds its settings, secrets and journals', async () => {
    // From here on the root says that systemd runs, and that its AppArmor is that of Ubuntu 24.04.
    panel.recordSystemctl()
    panel.sh('mkdir -p /etc/apparmor.d/abi && touch /etc/apparmor.d/abi/4.0')
    const before = panel.kept()
    for (const file of ['settings.json', 'secrets.json', 'state/']) expect(before).toContain(` ./${file}`)
    panel.install(packages!.deb)
    expect(panel.kept()).toBe(before)
    expect(panel.told()).toEqual(['daemon-reload', 'try-restart doorplate-watchdog.timer'])
    expect(panel.read('/etc/apparmor.d/doorplate')).toContain('userns,')

    await panel.lend()
    forgetEarlierStarts()
    const run = panel.cage().startByHand()
    await roomIsAskedFor()
    panel.signal('TERM')
    await run.ended
  }, 300_000)

  it('the watchdog starts a panel again whose heartbeat is stale, and leaves a living one alone', async () => {
    panel.sh(`touch ${HEARTBEAT}`)
    expect((await panel.watchdog().startAgain().ended).kind).toBe('held')
    expect(panel.told().join()).not.toContain('restart')
    panel.sh(`touch --date '6 minutes ago' ${HEARTBEAT}`)
    expect(await panel.watchdog().startAgain().ended).toEqual({ kind: 'ended', code: 0 })
    expect(panel.told()).toContain('restart doorplate-cage.service')
    // The fresh panel has five minutes of its own.
    expect((await panel.watchdog().startAgain().ended).kind).toBe('held')
    panel.told()
  })

  it('removed, it keeps what the panel wrote; purged, it leaves nothing', () => {
    const before = panel.kept()
    panel.sh('apt-get remove -y doorplate')
    expect(panel.told()).toEqual([
      'stop doorplate-watchdog.timer doorplate-cage.service',
      '--no-reload disable doorplate-cage.service doorplate-watchdog.timer',
      '--no-reload --global disable doorplate.service doorplate-desktop-watchdog.timer',
      'daemon-reload',
    ])
    expect(panel.kept()).toBe(before)
    for (const path of ['/opt/Doorplate', '/opt/Doorplate.trees', '/etc/apparmor.d/doorplate']) {
      expect(panel.exists(path), path).toBe(false)
    }
    panel.sh('apt-get purge -y doorplate')
    // What lies in /run is systemd's own to clear.
    expect(panel.sh(`find / -xdev -iname '*doorplate*' -not -path '/tmp/*' -not -path '/run/*'`)).toBe('')
    for (const kind of ['passwd', 'group']) expect(root.run(`getent ${kind} doorplate`).code).not.toBe(0)
  }, 120_000)

  it('the rpm does the same, as far as a Debian lets it: installed, upgraded, erased', () => {
    const rpm = (...args: readonly string[]): void => {
      const flags = ['--root', root.path('/'), '--force-debian', '--nodeps']
      const run = spawnSync('rpm', [...flags, ...args], { encoding: 'utf8' })
      if (run.status !== 0)
        throw new Error(`rpm ${args.join(' ')}: ${run.status}\n${run.stdout}${run.stderr}`)
    }
    rpm('--install', packages!.olderRpm)
    expect(panel.sh('getent passwd doorplate')).toMatch(/:\/var\/lib\/doorplate:/)
    expect(statSync(root.path(HOME)).mode & 0o7777).toBe(0o700)
    expect(statSync(root.path('/opt/Doorplate/chrome-sandbox')).mode & 0o7777).toBe(0o4755)
    expect(panel.told()).toEqual(['daemon-reload'])
    panel.sh(`touch ${HOME}/settings.json`)
    rpm('--upgrade', packages!.rpm)
    expect(panel.told()).toEqual(['daemon-reload', 'try-restart doorplate-watchdog.timer'])
    rpm('--erase', 'doorplate')
    expect(panel.told()).toContain('stop doorplate-watchdog.timer doorplate-cage.service')
    expect(panel.exists('/opt/Doorplate')).toBe(false)
    expect(panel.exists(`${HOME}/settings.json`)).toBe(true)
  }, 120_000)
})
