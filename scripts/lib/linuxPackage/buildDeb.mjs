import { createHash } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readTree } from './layTree.mjs'
import { libraries } from './libraries.mjs'
import { debianScripts } from './maintainerScripts.mjs'
import { runTool } from './runTool.mjs'

const architectures = { x64: 'amd64', arm64: 'arm64' }
/** Every dpkg reads xz. The tests do not wait for any. */
const compressions = { best: ['-Zxz'], quick: ['-Znone'] }

export const debArchitecture = (arch) => architectures[arch]

const list = (names) => [...new Set(names)].join(', ')

function controlFile(about, arch, kibibytes) {
  const lines = [
    `Package: ${about.name}`,
    `Version: ${about.version}`,
    `Section: ${about.section}`,
    'Priority: optional',
    `Architecture: ${debArchitecture(arch)}`,
    `Maintainer: ${about.maintainer}`,
    `Installed-Size: ${kibibytes}`,
    `Depends: ${list([...libraries, ...about.needed].map(({ deb }) => deb))}`,
    `Recommends: ${list(about.recommended.map(({ deb }) => deb))}`,
    `Homepage: ${about.homepage}`,
    `Description: ${about.summary}`,
    ...about.description.map((line) => ` ${line}`),
  ]
  return `${lines.join('\n')}\n`
}

/** Sums for `debsums`, which tells a damaged disk from a damaged program. */
function sumFiles(stage) {
  let bytes = 0
  const sums = []
  for (const path of readTree(stage)) {
    const status = lstatSync(join(stage, path))
    if (!status.isFile()) continue
    bytes += Math.ceil(status.size / 1024) * 1024
    sums.push(
      `${createHash('md5')
        .update(readFileSync(join(stage, path)))
        .digest('hex')}  ${path}\n`,
    )
  }
  return { sums: sums.join(''), kibibytes: bytes / 1024 }
}

/**
 * @param {{ stage: string, about: object, arch: 'x64' | 'arm64', compression: 'best' | 'quick', file: string }} build
 *   `stage` is the tree as it shall lie on the tablet, `file` what is written
 * @throws {import('../commandLine.mjs').ScriptFailure} where dpkg-deb is missing or refuses
 */
export async function buildDeb({ stage, about, arch, compression, file }) {
  const { sums, kibibytes } = sumFiles(stage)
  const control = join(stage, 'DEBIAN')
  mkdirSync(control)
  try {
    writeFileSync(join(control, 'control'), controlFile(about, arch, kibibytes))
    writeFileSync(join(control, 'md5sums'), sums)
    for (const [name, script] of Object.entries(debianScripts(about.version))) {
      writeFileSync(join(control, name), script)
      chmodSync(join(control, name), 0o755)
    }
    await runTool(
      'dpkg-deb',
      ['--root-owner-group', ...compressions[compression], '--build', stage, file],
      'dpkg',
    )
  } finally {
    rmSync(control, { recursive: true })
  }
}
