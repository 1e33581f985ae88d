import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../repositoryFiles.ts'
import { openTablet } from './openTablet.ts'
import type { Tablet } from './openTablet.ts'
import { buildStandInPackage } from './standInPackage.ts'

const { debianRelease, ensureDebianRoot } = (await import(join(root, 'scripts/lib/debianRoot.mjs'))) as {
  debianRelease: () => string | null
  ensureDebianRoot: (write: (text: string) => void) => Promise<string>
}
const { ensureAptPrograms } = (await import(join(root, 'scripts/lib/aptPackages.mjs'))) as {
  ensureAptPrograms: (
    wanted: Record<string, string>,
    write: (text: string) => void,
  ) => Promise<readonly string[]>
}

/** The first run of a machine makes a Debian of its own. */
const FIRST_RUN_MS = 600_000
const ONE_TEST_MS = 120_000

const quietly = (): void => undefined
const homes: string[] = []
const folder = mkdtempSync(join(tmpdir(), 'doorplate-updates-'))
afterAll(() => {
  // gpg leaves an agent running for each of them.
  for (const home of homes) spawnSync('gpgconf', ['--homedir', home, '--kill', 'gpg-agent'])
  rmSync(folder, { recursive: true, force: true })
}, ONE_TEST_MS)
const at = (...names: string[]): string => join(folder, ...names)

/** A key of an organisation. Without a passphrase: nobody is there to type it. */
function makeKey(name: string): { readonly home: string; readonly fingerprint: string } {
  const home = at(name)
  mkdirSync(home, { mode: 0o700 })
  homes.push(home)
  const gpg = (...args: string[]) =>
    spawnSync('gpg', ['--homedir', home, '--batch', ...args], { encoding: 'utf8' })
  gpg('--passphrase', '', '--quick-generate-key', `${name} <key@example.invalid>`, 'ed25519', 'sign', '1d')
  const listed = gpg('--list-secret-keys', '--with-colons').stdout
  return { home, fingerprint: /^fpr:+([0-9A-F]{40}):/m.exec(listed)?.[1] ?? '' }
}

function release(home: string, ...args: string[]): string {
  const script = join(root, 'scripts/aptRepository.mjs')
  const run = spawnSync(process.execPath, [script, '--repository', at('repository'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, GNUPGHOME: home },
  })
  if (run.status !== 0) throw new Error(run.stderr)
  return run.stdout
}

const takesNothing = 'No packages found that can be upgraded unattended'
const start =
  'setpriv --reuid=doorplate --regid=doorplate --init-groups env DOORPLATE_SUPERVISED=1 ' +
  '/usr/bin/doorplate --user-data=/var/lib/doorplate || [ $? = 10 ]'

if (debianRelease() === null) process.stderr.write('Updates are not tried: this needs root on Debian.\n')

// In order: each test goes on where the one before it stopped, as nights follow each other.
describe.skipIf(debianRelease() === null)('updates from a signed repository (root on Debian)', () => {
  let tablet: Tablet
  let home = ''

  /** From canary to everybody, and onto the web server. */
  function promote(): void {
    release(home, '--promote', 'early')
    release(home, '--promote', 'stable')
    serve()
  }
  async function publish(version: string): Promise<void> {
    release(home, '--add', await buildStandInPackage(folder, version))
    promote()
  }
  const serve = (): void => tablet.bring(at('repository/public'), 'srv/repository')
  const night = (): string => tablet.must('apt-get -q update && unattended-upgrade --verbose')
  const installed = (): string => tablet.must("dpkg-query --show --showformat '${Version}' doorplate")
  const calls = (): string => (tablet.has('tmp/systemctl') ? tablet.read('tmp/systemctl') : '')

  beforeAll(async () => {
    const missing = await ensureAptPrograms({ reprepro: 'reprepro', gpg: 'gnupg' }, quietly)
    expect(missing).toEqual([])
    tablet = openTablet(at('tablet'), await ensureDebianRoot(quietly))
    // As under a running systemd: what the package asks of it is written down.
    tablet.write('usr/local/bin/systemctl', '#!/bin/sh\necho "$*" >>/tmp/systemctl\n', 0o755)
    mkdirSync(at('tablet/run/systemd/system'), { recursive: true })
    const key = makeKey('organisation')
    home = key.home
    release(home, '--create', key.fingerprint)
    await buildStandInPackage(folder, '0.2.0')
    release(home, '--add', await buildStandInPackage(folder, '0.3.0'))
  }, FIRST_RUN_MS)

  it(
    'a tablet that was set up by hand follows its ring: what is in canary is none of its business',
    () => {
      serve()
      tablet.bring(at('doorplate-0.2.0.deb'), 'tmp/first.deb')
      tablet.must('apt-get -q -y install /tmp/first.deb')
      const setUp =
        'doorplate-ring stable --repository file:/srv/repository --key /srv/repository/doorplate.asc'
      expect(tablet.must(setUp)).toMatch(/ring: +stable\n.*\ninstalled: +0\.2\.0\n/)
      expect(night()).toContain(takesNothing)
      expect(installed()).toBe('0.2.0')
    },
    ONE_TEST_MS,
  )

  it('unattended-upgrades takes Doorplate’s origin and security, nothing else', () => {
    const config = tablet.must('apt-config dump')
    const wanted = [...config.matchAll(/^Unattended-Upgrade::(?:Origins-Pattern|Allowed-Origins):: "(.*)"/gm)]
    expect(wanted.map(([, pattern]) => pattern)).toEqual([
      'origin=Doorplate',
      'origin=Debian,codename=${distro_codename},label=Debian-Security',
      'origin=Debian,codename=${distro_codename}-security,label=Debian-Security',
      'origin=Ubuntu,archive=${distro_codename}-security',
    ])
    expect(config).toContain('APT::Periodic::Unattended-Upgrade "1";')
  })

  it(
    'what was promoted comes at night, keeps the settings and the old tree, and restarts nobody',
    () => {
      tablet.write('tmp/well', '')
      expect(tablet.must(start)).toContain('panel 0.2.0')
      const settings = '{"version":1,"name":"kept"}'
      tablet.write('var/lib/doorplate/settings.json', settings)
      promote()
      tablet.write('tmp/systemctl', '')
      expect(tablet.must('apt-get -q update && unattended-upgrade --dry-run --verbose')).toContain(
        'Packages that will be upgraded: doorplate',
      )
      expect(installed()).toBe('0.2.0')
      night()
      expect(installed()).toBe('0.3.0')
      expect(tablet.read('var/lib/doorplate/settings.json')).toBe(settings)
      expect(calls()).not.toMatch(/\b(?:stop|restart|try-restart)\b.*doorplate-cage/)
      expect(tablet.has('opt/Doorplate.trees/0.2.0/doorplate')).toBe(true)
      expect(JSON.parse(tablet.read('opt/Doorplate.trees/last-update.json'))).toMatchObject({
        version: '0.3.0',
        from: '0.2.0',
      })
    },
    ONE_TEST_MS,
  )

  it(
    'three bad starts bring the old version back, and no night installs the bad one again',
    () => {
      tablet.must('rm /tmp/well')
      for (let turn = 0; turn < 3; turn += 1) expect(tablet.must(start)).toBe('panel 0.3.0\n')
      tablet.write('tmp/well', '')
      expect(tablet.must(start)).toBe(
        'doorplate: 0.3.0 was not well in three starts; 0.2.0 runs until another version is installed\npanel 0.2.0\n',
      )
      expect(night()).toContain(takesNothing)
      expect(tablet.must(start)).toBe('panel 0.2.0\n')
    },
    ONE_TEST_MS,
  )

  it(
    'a newer version is taken, and stays',
    async () => {
      await publish('0.3.1')
      night()
      expect(installed()).toBe('0.3.1')
      for (let turn = 0; turn < 2; turn += 1) expect(tablet.must(start)).toBe('panel 0.3.1\n')
      expect(tablet.has('opt/Doorplate.trees/0.2.0')).toBe(true)
    },
    ONE_TEST_MS,
  )

  describe('what did not come from the organisation is refused', () => {
    const inRelease = 'srv/repository/dists/stable/InRelease'
    const packages = (): string =>
      `srv/repository/dists/stable/main/binary-${tablet.must('dpkg --print-architecture').trim()}/Packages`

    beforeAll(async () => {
      await publish('0.4.0')
    }, ONE_TEST_MS)

    /** @returns what a night says to a repository somebody has changed */
    function nightAfter(change: () => void): string {
      serve()
      change()
      const { output } = tablet.run(
        'apt-get -q update; unattended-upgrade --verbose; apt-get -q -y install doorplate',
      )
      expect(installed()).toBe('0.3.1')
      tablet.must('rm -rf /var/lib/apt/lists && mkdir -p /var/lib/apt/lists/partial')
      return output
    }

    it.each<[string, RegExp, () => void]>([
      [
        'a changed list of releases',
        /BADSIG|invalid/,
        () => tablet.write(inRelease, tablet.read(inRelease).replace('Suite: stable', 'Suite: Stable')),
      ],
      [
        'a changed list of packages',
        /Hash Sum mismatch|unexpected size/,
        () =>
          tablet.write(packages(), tablet.read(packages()).replaceAll('Depends: passwd', 'Depends: bash')),
      ],
      [
        'a changed package',
        /Hash Sum mismatch|unexpected size/,
        () => {
          const deb = at('tablet', tablet.must('ls /srv/repository/pool/main/d/doorplate/*0.4.0*').trim())
          const bytes = readFileSync(deb)
          bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
          writeFileSync(deb, bytes)
        },
      ],
      ['another one’s key', /NO_PUBKEY/, () => tablet.bring(at('stranger/public'), 'srv/repository')],
      [
        'no signature',
        /is not signed/,
        () => {
          tablet.must(`rm /${inRelease} /srv/repository/dists/stable/Release.gpg`)
        },
      ],
    ])(
      '%s',
      (name, refusal, change) => {
        if (name === 'another one’s key') strangersRepository()
        expect(nightAfter(change)).toMatch(refusal)
      },
      ONE_TEST_MS,
    )

    /** The same packages, signed by somebody else. */
    function strangersRepository(): void {
      const key = makeKey('stranger-key')
      const script = join(root, 'scripts/aptRepository.mjs')
      const steps = [
        ['--create', key.fingerprint],
        ['--add', at('doorplate-0.4.0.deb'), '--ring', 'stable'],
      ]
      for (const step of steps) {
        const run = spawnSync(process.execPath, [script, '--repository', at('stranger'), ...step], {
          env: { ...process.env, GNUPGHOME: key.home },
        })
        expect(run.status).toBe(0)
      }
    }

    it(
      'and what did is taken',
      () => {
        serve()
        night()
        expect(installed()).toBe('0.4.0')
      },
      ONE_TEST_MS,
    )
  })

  it('a version withdrawn from a ring reaches no further tablet', () => {
    expect(release(home, '--withdraw', 'stable')).toMatch(/canary +0\.4\.0 .*\nearly +0\.4\.0 .*\nstable +-/)
    serve()
    tablet.must('apt-get -q update')
    expect(tablet.must('apt-cache madison doorplate')).not.toContain('srv/repository')
  })

  it(
    'removing the package takes the trees along, purging it everything',
    () => {
      tablet.must('apt-get -q -y purge doorplate')
      for (const path of ['opt/Doorplate', 'opt/Doorplate.trees']) expect(tablet.has(path), path).toBe(false)
      expect(tablet.has('var/lib/doorplate')).toBe(false)
    },
    ONE_TEST_MS,
  )
})
