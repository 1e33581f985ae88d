import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ScriptFailure } from '../commandLine.mjs'
import { isElf } from './fileMagic.mjs'

/**
 * Every library of the system that Electron is linked against or opens by itself, and the Debian package it lies in. One list
 * for both packages: the rpm asks for the library itself, whose name is the same on every distribution. Debian 13 and Ubuntu
 * 24.04 renamed some packages (t64); the new name stands first, because there the old one is also a name others answer to.
 * @type {ReadonlyArray<{ library: string, deb: string }>}
 */
export const libraries = [
  { library: 'libasound.so.2', deb: 'libasound2t64 | libasound2' },
  { library: 'libatk-1.0.so.0', deb: 'libatk1.0-0t64 | libatk1.0-0' },
  { library: 'libatk-bridge-2.0.so.0', deb: 'libatk-bridge2.0-0t64 | libatk-bridge2.0-0' },
  { library: 'libatspi.so.0', deb: 'libatspi2.0-0t64 | libatspi2.0-0' },
  { library: 'libc.so.6', deb: 'libc6' },
  { library: 'libcairo.so.2', deb: 'libcairo2' },
  { library: 'libcups.so.2', deb: 'libcups2t64 | libcups2' },
  { library: 'libdbus-1.so.3', deb: 'libdbus-1-3' },
  { library: 'libdrm.so.2', deb: 'libdrm2' },
  { library: 'libexpat.so.1', deb: 'libexpat1' },
  { library: 'libgbm.so.1', deb: 'libgbm1' },
  { library: 'libgcc_s.so.1', deb: 'libgcc-s1' },
  { library: 'libgio-2.0.so.0', deb: 'libglib2.0-0t64 | libglib2.0-0' },
  { library: 'libglib-2.0.so.0', deb: 'libglib2.0-0t64 | libglib2.0-0' },
  { library: 'libgobject-2.0.so.0', deb: 'libglib2.0-0t64 | libglib2.0-0' },
  { library: 'libgtk-3.so.0', deb: 'libgtk-3-0t64 | libgtk-3-0' },
  { library: 'libnspr4.so', deb: 'libnspr4' },
  { library: 'libnss3.so', deb: 'libnss3' },
  { library: 'libnssutil3.so', deb: 'libnss3' },
  { library: 'libpango-1.0.so.0', deb: 'libpango-1.0-0' },
  { library: 'libsmime3.so', deb: 'libnss3' },
  { library: 'libudev.so.1', deb: 'libudev1' },
  { library: 'libX11.so.6', deb: 'libx11-6' },
  { library: 'libxcb.so.1', deb: 'libxcb1' },
  { library: 'libXcomposite.so.1', deb: 'libxcomposite1' },
  { library: 'libXdamage.so.1', deb: 'libxdamage1' },
  { library: 'libXext.so.6', deb: 'libxext6' },
  { library: 'libXfixes.so.3', deb: 'libxfixes3' },
  { library: 'libxkbcommon.so.0', deb: 'libxkbcommon0' },
  { library: 'libXrandr.so.2', deb: 'libxrandr2' },
  // Not linked: opened when the keyring is asked for a key.
  { library: 'libsecret-1.so.0', deb: 'libsecret-1-0' },
  // Not linked: what Electron's own libEGL and libGLESv2 draw with.
  { library: 'libEGL.so.1', deb: 'libegl1' },
  { library: 'libGL.so.1', deb: 'libgl1' },
]

/** Parts of the C library, which has them since long in every version there is. */
const ofTheSystem = new Set(['ld-linux-x86-64.so.2', 'ld-linux-aarch64.so.1', 'libdl.so.2', 'libm.so.6'])
ofTheSystem.add('libpthread.so.0').add('librt.so.1').add('rtld')

/** rpm's own reader of ELF files; it reads those of other processors as well. */
const ELFDEPS = '/usr/lib/rpm/elfdeps'

/** Libraries the program's files are linked against, by their bare names. */
function linkedLibraries(program) {
  const own = readdirSync(program, { withFileTypes: true }).filter((entry) => entry.isFile())
  const files = own.map(({ name }) => join(program, name)).filter(isElf)
  const { status, stdout, error } = spawnSync(ELFDEPS, ['--requires', ...files], { encoding: 'utf8' })
  if (status !== 0)
    throw new ScriptFailure(`${ELFDEPS} failed (${error?.message ?? status}): apt-get install rpm`)
  const names = stdout.split('\n').filter(Boolean)
  const shipped = new Set(own.map(({ name }) => name))
  return [...new Set(names.map((name) => name.replace(/\(.*$/, '')))].filter((name) => !shipped.has(name))
}

/**
 * @param {string} program the unpacked program
 * @throws {ScriptFailure} when Electron came to need a library that no dependency brings
 */
export function requireKnownLibraries(program) {
  const known = new Set(libraries.map(({ library }) => library))
  const unknown = linkedLibraries(program).filter((name) => !known.has(name) && !ofTheSystem.has(name))
  if (unknown.length === 0) return
  throw new ScriptFailure(
    `Electron needs ${unknown.join(', ')}: add the package to scripts/lib/linuxPackage/libraries.mjs.`,
  )
}
