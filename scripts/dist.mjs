// npm run dist:linux | dist:win [-- options]: packages the built app.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ScriptFailure } from './lib/commandLine.mjs'
import { buildLinuxPackages } from './lib/linuxPackage/buildLinuxPackages.mjs'
import { stubDistribution } from './lib/stubDistribution.mjs'

const help = `Usage: npm run dist:linux | npm run dist:win [-- options]

  --dir-only       packs into dist/<platform>-unpacked only, against a stub Electron: works offline, and is what the
                   checks read. The result cannot run.
  --arch ARCH      x64 or arm64 instead of both.
  --only KINDS     Linux: some of deb,rpm,AppImage instead of all three.
  --electron DIR   an unpacked Electron instead of a download, with its version in DIR/version.
  --out DIR        another folder than dist.
  --quick          Linux: packages that are larger and sooner made, for trying something out.

Without --dir-only the real installers are made. That needs the Electron distribution and electron-builder's tools from
their download hosts, or mirrors of them, and on Linux dpkg-deb and rpmbuild: see docs/release.md.
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'dir-only': { type: 'boolean' },
    arch: { type: 'string' },
    only: { type: 'string' },
    electron: { type: 'string' },
    out: { type: 'string', default: 'dist' },
    quick: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})
const platform = positionals[0]
if (values.help || (platform !== 'linux' && platform !== 'win')) {
  process.stdout.write(help)
  process.exit(values.help ? 0 : 2)
}
const wanted = values.only?.split(',') ?? ['deb', 'rpm', 'AppImage']
const unknown = wanted.filter((kind) => !['deb', 'rpm', 'AppImage'].includes(kind))
if (unknown.length > 0) {
  process.stderr.write(`dist: --only ${unknown.join(',')}: expected deb, rpm or AppImage.\n`)
  process.exit(2)
}
for (const needed of ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html']) {
  if (!existsSync(needed)) {
    process.stderr.write(`dist: ${needed} is missing. Run: npm run build\n`)
    process.exit(1)
  }
}

const arches = values.arch ? [values.arch] : values['dir-only'] ? ['x64'] : ['x64', 'arm64']
const shared = ['--publish', 'never', `-c.directories.output=${values.out}`]
if (values.electron) {
  const version = readFileSync(join(values.electron, 'version'), 'utf8').trim()
  shared.push(`-c.electronDist=${resolve(values.electron)}`, `-c.electronVersion=${version}`)
}

function runBuilder(args, env = {}) {
  const cli = join('node_modules', 'electron-builder', 'cli.js')
  const run = spawnSync(process.execPath, [cli, `--${platform}`, ...args, ...shared], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  if (run.status !== 0) process.exit(run.status ?? 1)
}

/** electron-builder unpacks the program; the packages are made of that folder by dpkg-deb and rpmbuild. */
async function buildForLinux() {
  runBuilder(['dir', ...arches.map((arch) => `--${arch}`)])
  for (const arch of arches) {
    const program = resolve(values.out, arch === 'x64' ? 'linux-unpacked' : `linux-${arch}-unpacked`)
    const kinds = wanted.filter((kind) => kind !== 'AppImage')
    const compression = values.quick ? 'quick' : 'best'
    const folder = resolve(values.out)
    const files = await buildLinuxPackages({ program, arch, folder, wanted: kinds, compression })
    for (const file of files) process.stdout.write(`  ${file}\n`)
    // Last: its runtime comes from a download host, and the others are done when that cannot be reached.
    if (wanted.includes('AppImage')) runBuilder(['AppImage', `--${arch}`, `--prepackaged=${program}`])
  }
}

if (values['dir-only']) {
  const args = [
    'dir',
    ...arches.map((arch) => `--${arch}`),
    `-c.electronDist=${await stubDistribution(platform)}`,
  ]
  // A stub is no PE file: there is nothing to edit, sign or hash in it.
  if (platform === 'win') args.push('-c.win.signAndEditExecutable=false', '-c.disableAsarIntegrity=true')
  runBuilder(args, { DOORPLATE_STUB_ELECTRON: '1' })
} else if (platform === 'linux') {
  await buildForLinux().catch((error) => {
    if (!(error instanceof ScriptFailure)) throw error
    process.stderr.write(`dist: ${error.message}\n`)
    process.exit(1)
  })
} else {
  runBuilder(arches.map((arch) => `--${arch}`))
}
