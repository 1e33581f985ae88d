import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { inProject } from '../projectRoot.mjs'
import { PROGRAM_FOLDER } from './description.mjs'
import { isElf, isScript } from './fileMagic.mjs'

const input = (...parts) => inProject('build', 'linux', ...parts)

/** Where systemd looks on every distribution of today; nothing of it starts before somebody enables it. */
const units = {
  'usr/lib/systemd/system': [
    'doorplate-cage.service',
    'doorplate-watchdog.service',
    'doorplate-watchdog.timer',
  ],
  'usr/lib/systemd/user': [
    'doorplate.service',
    'doorplate-desktop-watchdog.service',
    'doorplate-desktop-watchdog.timer',
  ],
}

/**
 * Lays out the whole file system of the package below `stage`.
 * @param {string} stage an empty folder
 * @param {string} program the unpacked program, as electron-builder leaves it
 * @param {ReturnType<typeof import('./description.mjs').describePackage>} about
 * @param {Date} date of the changelog
 */
export function layTree(stage, program, about, date) {
  const put = (source, path) => {
    mkdirSync(dirname(join(stage, path)), { recursive: true })
    cpSync(source, join(stage, path), { recursive: true, verbatimSymlinks: true })
  }
  put(program, PROGRAM_FOLDER)
  // It only says which Electron was unpacked here.
  rmSync(join(stage, PROGRAM_FOLDER, 'version'), { force: true })
  put(input('package', 'apparmor-profile'), `${PROGRAM_FOLDER}/resources/apparmor-profile`)
  for (const [folder, names] of Object.entries(units)) {
    for (const name of names) put(input(name), `${folder}/${name}`)
  }
  put(input('package', 'doorplate.desktop'), 'usr/share/applications/doorplate.desktop')
  for (const icon of readdirSync(inProject('build', 'icons'))) {
    const size = icon.replace('.png', '')
    put(inProject('build', 'icons', icon), `usr/share/icons/hicolor/${size}/apps/doorplate.png`)
  }
  put(inProject('resources', 'icon.svg'), 'usr/share/icons/hicolor/scalable/apps/doorplate.svg')
  put(input('package', 'copyright'), 'usr/share/doc/doorplate/copyright')
  put(input('package', 'lintian-overrides'), 'usr/share/lintian/overrides/doorplate')
  put(inProject('NOTICE'), 'usr/share/doc/doorplate/NOTICE')
  writeFileSync(join(stage, 'usr/share/doc/doorplate/changelog.gz'), changelog(about, date))
  mkdirSync(join(stage, 'usr/bin'), { recursive: true })
  // Which of the kept trees runs: docs/updates.md.
  symlinkSync('../lib/doorplate/start', join(stage, 'usr/bin/doorplate'))
  for (const script of ['start', 'keep-tree']) put(input('updates', script), `usr/lib/doorplate/${script}`)
  put(input('updates', 'doorplate-ring'), 'usr/sbin/doorplate-ring')
  settleModes(stage)
}

const changelog = ({ name, version, maintainer }, date) =>
  gzipSync(
    `${name} (${version}) stable; urgency=medium\n\n  * Version ${version} of Doorplate.\n\n` +
      ` -- ${maintainer}  ${date.toUTCString().replace('GMT', '+0000')}\n`,
    { level: 9 },
  )

/**
 * The same modes whatever the umask of who builds. The sandbox helper is setuid, as Chrome ships it: Chromium takes user
 * namespaces where it may, and falls back on the helper where an administrator has forbidden them, now or later.
 */
function settleModes(stage) {
  for (const path of [stage, ...readTree(stage).map((file) => join(stage, file))]) {
    const status = statSync(path, { throwIfNoEntry: false })
    if (status === undefined) continue
    const isOpen = status.isDirectory() || isExecutable(path)
    chmodSync(path, path.endsWith('/chrome-sandbox') ? 0o4755 : isOpen ? 0o755 : 0o644)
  }
}

/** Programs say it in their first bytes; libraries are loaded, not run. */
function isExecutable(path) {
  if (/\.so(\.\d+)?$/.test(path)) return false
  return isElf(path) || isScript(path)
}

/** @returns {string[]} every path below a folder, folders before what lies in them */
export const readTree = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
