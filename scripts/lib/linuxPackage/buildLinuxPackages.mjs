import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildDeb, debArchitecture } from './buildDeb.mjs'
import { buildRpm, rpmArchitecture } from './buildRpm.mjs'
import { describePackage } from './description.mjs'
import { layTree } from './layTree.mjs'
import { requireKnownLibraries } from './libraries.mjs'

const kinds = {
  deb: { build: buildDeb, architecture: debArchitecture },
  rpm: { build: buildRpm, architecture: rpmArchitecture },
}

/** Whoever wants the same bytes twice says when it is. */
function buildDate() {
  const epoch = process.env['SOURCE_DATE_EPOCH']
  return epoch ? new Date(Number(epoch) * 1000) : new Date()
}

/**
 * Makes a deb and an rpm of an unpacked program.
 * @param {{ program: string, arch: 'x64' | 'arm64', folder: string, wanted?: string[], version?: string,
 *   compression?: 'best' | 'quick' }} build `program` is the folder electron-builder unpacked, `folder` where the packages
 *   go, `wanted` which of deb and rpm, `version` another one than that of package.json
 * @returns {Promise<string[]>} the files, in the order of `wanted`
 * @throws {import('../commandLine.mjs').ScriptFailure} where a tool is missing, or Electron needs a library nobody named
 */
export async function buildLinuxPackages({
  program,
  arch,
  folder,
  wanted = ['deb', 'rpm'],
  version,
  compression = 'best',
}) {
  requireKnownLibraries(program)
  mkdirSync(folder, { recursive: true })
  const about = describePackage({ version })
  const work = mkdtempSync(join(folder, '.tree-'))
  const stage = join(work, 'root')
  mkdirSync(stage)
  try {
    layTree(stage, program, about, buildDate())
    const files = []
    for (const kind of wanted) {
      const { build, architecture } = kinds[kind]
      const file = join(folder, `Doorplate-${about.version}-linux-${architecture(arch)}.${kind}`)
      await build({ stage, about, arch, compression, file })
      files.push(file)
    }
    return files
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
