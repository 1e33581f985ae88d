// npm run dist:linux | dist:win [-- --dir-only]: packages the built app with electron-builder.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const help = `Usage: npm run dist:linux | npm run dist:win [-- --dir-only] [--arch x64|arm64]

  --dir-only   packs into dist/<platform>-unpacked only, against a stub Electron: works offline, and is what the
               checks read. The result cannot run.
  --arch ARCH  one architecture instead of both.

Without --dir-only the real installers are made. That needs the Electron distribution and electron-builder's tools from
their download hosts, or mirrors of them: see docs/release.md.
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'dir-only': { type: 'boolean' }, arch: { type: 'string' }, help: { type: 'boolean' } },
})
const platform = positionals[0]
if (values.help || (platform !== 'linux' && platform !== 'win')) {
  process.stdout.write(help)
  process.exit(values.help ? 0 : 2)
}
for (const needed of ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html']) {
  if (!existsSync(needed)) {
    process.stderr.write(`dist: ${needed} is missing. Run: npm run build\n`)
    process.exit(1)
  }
}

/** A folder shaped like an unpacked Electron, so that the packager can be run where the real one cannot be fetched. */
function stubDistribution() {
  const folder = join('dist', `stub-electron-${platform}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'locales'), { recursive: true })
  const name = platform === 'win' ? 'electron.exe' : 'electron'
  writeFileSync(join(folder, name), 'not Electron: a stub for packaging checks\n')
  chmodSync(join(folder, name), 0o755)
  for (const locale of ['en-US', 'zh-CN', 'de']) writeFileSync(join(folder, 'locales', `${locale}.pak`), '')
  writeFileSync(
    join(folder, 'version'),
    JSON.parse(readFileSync('node_modules/electron/package.json', 'utf8')).version,
  )
  return folder
}

const args = [`--${platform}`]
const env = { ...process.env }
if (values['dir-only']) {
  args.push('dir', `-c.electronDist=${stubDistribution()}`)
  // A stub is no PE file: there is nothing to edit, sign or hash in it.
  if (platform === 'win') args.push('-c.win.signAndEditExecutable=false', '-c.disableAsarIntegrity=true')
  env['DOORPLATE_STUB_ELECTRON'] = '1'
}
args.push(...(values.arch ? [`--${values.arch}`] : values['dir-only'] ? ['--x64'] : ['--x64', '--arm64']))
const cli = join('node_modules', 'electron-builder', 'cli.js')
const run = spawnSync(process.execPath, [cli, ...args, '--publish', 'never'], { stdio: 'inherit', env })
process.exit(run.status ?? 1)
