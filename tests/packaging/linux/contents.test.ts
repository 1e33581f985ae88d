import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { getCurrentFuseWire } from '@electron/fuses'

const given = inject('linuxPackages')
const name = (what: string): string => (typeof given === 'string' ? `${what} (skipped: ${given})` : what)
const packages = typeof given === 'string' ? { deb: '', rpm: '', program: '' } : given

function output(command: string, ...args: readonly string[]): string {
  const run = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } })
  if (run.status !== 0) throw new Error(`${command} ${args.join(' ')}\n${run.stdout}${run.stderr}`)
  return run.stdout
}

const lines = (text: string): string[] => text.split('\n').filter(Boolean)
const field = (key: string): string => output('dpkg-deb', '--field', packages.deb, key).trim()
const list = (text: string): string[] => text.split(', ')

/** What lies on the tablet besides folders: mode, owner and path. */
const expected = [
  '-rw-r--r-- /opt/Doorplate/LICENSE.electron.txt',
  '-rw-r--r-- /opt/Doorplate/LICENSES.chromium.html',
  '-rwsr-xr-x /opt/Doorplate/chrome-sandbox',
  '-rw-r--r-- /opt/Doorplate/chrome_100_percent.pak',
  '-rw-r--r-- /opt/Doorplate/chrome_200_percent.pak',
  '-rwxr-xr-x /opt/Doorplate/chrome_crashpad_handler',
  '-rwxr-xr-x /opt/Doorplate/doorplate',
  '-rw-r--r-- /opt/Doorplate/icudtl.dat',
  '-rw-r--r-- /opt/Doorplate/libEGL.so',
  '-rw-r--r-- /opt/Doorplate/libGLESv2.so',
  '-rw-r--r-- /opt/Doorplate/libffmpeg.so',
  '-rw-r--r-- /opt/Doorplate/libvk_swiftshader.so',
  '-rw-r--r-- /opt/Doorplate/libvulkan.so.1',
  '-rw-r--r-- /opt/Doorplate/locales/en-US.pak',
  '-rw-r--r-- /opt/Doorplate/locales/zh-CN.pak',
  '-rw-r--r-- /opt/Doorplate/resources.pak',
  '-rw-r--r-- /opt/Doorplate/resources/app.asar',
  '-rw-r--r-- /opt/Doorplate/resources/apparmor-profile',
  '-rw-r--r-- /opt/Doorplate/snapshot_blob.bin',
  '-rw-r--r-- /opt/Doorplate/v8_context_snapshot.bin',
  '-rw-r--r-- /opt/Doorplate/vk_swiftshader_icd.json',
  'lrwxrwxrwx /usr/bin/doorplate',
  '-rwxr-xr-x /usr/lib/doorplate/keep-tree',
  '-rwxr-xr-x /usr/lib/doorplate/start',
  '-rw-r--r-- /usr/lib/systemd/system/doorplate-cage.service',
  '-rw-r--r-- /usr/lib/systemd/system/doorplate-watchdog.service',
  '-rw-r--r-- /usr/lib/systemd/system/doorplate-watchdog.timer',
  '-rw-r--r-- /usr/lib/systemd/user/doorplate-desktop-watchdog.service',
  '-rw-r--r-- /usr/lib/systemd/user/doorplate-desktop-watchdog.timer',
  '-rw-r--r-- /usr/lib/systemd/user/doorplate.service',
  '-rwxr-xr-x /usr/sbin/doorplate-ring',
  '-rw-r--r-- /usr/share/applications/doorplate.desktop',
  '-rw-r--r-- /usr/share/doc/doorplate/NOTICE',
  '-rw-r--r-- /usr/share/doc/doorplate/changelog.gz',
  '-rw-r--r-- /usr/share/doc/doorplate/copyright',
  ...[16, 24, 32, 48, 64, 128, 256, 512].map(
    (size) => `-rw-r--r-- /usr/share/icons/hicolor/${size}x${size}/apps/doorplate.png`,
  ),
  '-rw-r--r-- /usr/share/icons/hicolor/scalable/apps/doorplate.svg',
  '-rw-r--r-- /usr/share/lintian/overrides/doorplate',
]
const byPath = (one: string, other: string): number => (one.slice(11) < other.slice(11) ? -1 : 1)

describe.skipIf(typeof given === 'string')(name('the deb'), () => {
  it('holds exactly these files, all of root, none that others may write', () => {
    const listed = lines(output('dpkg-deb', '--contents', packages.deb))
    expect(listed.filter((line) => !line.includes(' root/root '))).toEqual([])
    const files = listed
      .filter((line) => !line.startsWith('d'))
      .map((line) => `${line.slice(0, 10)} ${/ \.(\/.*?)(?: -> .*)?$/.exec(line)?.[1] ?? line}`)
    expect(files.sort(byPath)).toEqual(expected.toSorted(byPath))
  })

  it('says what it is and who made it', () => {
    expect(field('Package')).toBe('doorplate')
    expect(field('Architecture')).toBe('amd64')
    expect(field('Section')).toBe('misc')
    expect(field('Maintainer')).toMatch(/^.+ <.+@.+>$/)
    expect(field('Homepage')).toMatch(/^https:\/\//)
    expect(Number(field('Installed-Size'))).toBeGreaterThan(150_000)
  })

  // Without the fonts every Chinese sign is a box; Ubuntu 24.04 and Debian 13 know libasound2 under its new name only.
  it('asks for the renamed libraries by either name, and recommends the session and the fonts', () => {
    expect(list(field('Depends'))).toEqual(
      expect.arrayContaining([
        'libasound2t64 | libasound2',
        'libgtk-3-0t64 | libgtk-3-0',
        'libnss3',
        'libgbm1',
      ]),
    )
    expect(list(field('Recommends'))).toEqual([
      'cage',
      'xwayland',
      'default-logind | logind',
      'fonts-noto-cjk',
      'fonts-noto-color-emoji',
    ])
  })

  it('is faultless in the eyes of lintian, but for what is overridden with its reason', () => {
    // The tests' own build is not compressed.
    const ofTheTests = ['control', 'data'].map((part) => `uses-no-compression-for-${part}-tarball`)
    const args = ['--fail-on', 'error', '--suppress-tags', ofTheTests.join(','), packages.deb]
    const run = spawnSync('lintian', args, { encoding: 'utf8' })
    expect(run.stdout).not.toMatch(/^E:/m)
    expect(run.status).toBe(0)
  }, 240_000)
})

describe.skipIf(typeof given === 'string')(name('the rpm'), () => {
  const query = (...args: readonly string[]): string => output('rpm', '-qp', ...args, packages.rpm)

  it('holds the same files with the same modes', () => {
    const files = lines(query('--qf', '[%{FILEMODES:perms} %{FILEUSERNAME}:%{FILEGROUPNAME} %{FILENAMES}\n]'))
    expect(files.filter((line) => !line.includes(' root:root '))).toEqual([])
    const listed = files.filter((line) => !line.startsWith('d')).map((line) => line.replace(' root:root', ''))
    expect(listed.sort(byPath)).toEqual(expected.toSorted(byPath))
  })

  it('asks for the same libraries by the names every distribution has', () => {
    const requires = lines(query('--requires'))
    expect(requires).toEqual(
      expect.arrayContaining(['libasound.so.2()(64bit)', 'libgtk-3.so.0()(64bit)', 'shadow-utils']),
    )
    expect(query('--recommends')).toContain('google-noto-sans-cjk')
    expect(query('--qf', '%{NAME} %{ARCH} %{LICENSE} %{URL}')).toMatch(/^doorplate x86_64 Apache-2\.0 https:/)
  })

  it('does at its ends what the deb does: both have the same shell functions', () => {
    const shared = readFileSync(
      join(import.meta.dirname, '../../../build/linux/package/lifecycle.sh'),
      'utf8',
    )
    expect(query('--scripts').split(shared.trim())).toHaveLength(4)
    for (const script of ['postinst', 'prerm', 'postrm']) {
      expect(output('dpkg-deb', '--info', packages.deb, script)).toContain(shared.trim())
    }
  })
})

describe.skipIf(typeof given === 'string')(name('the program in both'), () => {
  it('has every fuse of its Electron written as for production', async () => {
    const {
      version: _version,
      resetAdHocDarwinSignature: _reset,
      ...wire
    } = {
      resetAdHocDarwinSignature: null,
      ...(await getCurrentFuseWire(join(packages.program, 'doorplate'))),
    }
    // 48 is off, 49 is on, in the order of the fuses; the older Electron of the tests has no ninth.
    expect(Object.values(wire)).toEqual([48, 48, 48, 48, 49, 49, 48, 48])
  })

  it('brings no app of Electron’s own', () => {
    expect(existsSync(join(packages.program, 'resources', 'default_app.asar'))).toBe(false)
  })
})
