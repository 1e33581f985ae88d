import { lstatSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PROGRAM_FOLDER } from './description.mjs'
import { readTree } from './layTree.mjs'
import { libraries } from './libraries.mjs'
import { rpmScripts } from './maintainerScripts.mjs'
import { runTool } from './runTool.mjs'

const architectures = { x64: 'x86_64', arm64: 'aarch64' }
/** Every rpm of today reads xz. The tests do not wait for any. */
const compressions = { best: 'w6.xzdio', quick: 'w.ufdio' }

export const rpmArchitecture = (arch) => architectures[arch]

/** Only folders that are ours: those of the distribution belong to it. */
function fileLines(stage) {
  return readTree(stage).flatMap((path) => {
    const status = lstatSync(join(stage, path))
    if (!status.isDirectory()) {
      const mode = (status.mode & 0o7777).toString(8)
      return [status.isSymbolicLink() ? `"/${path}"` : `%attr(${mode}, root, root) "/${path}"`]
    }
    const isOurs =
      path === PROGRAM_FOLDER ||
      path.startsWith(`${PROGRAM_FOLDER}/`) ||
      /\/(?:doc|lib)\/doorplate$/.test(path)
    return isOurs ? [`%dir %attr(755, root, root) "/${path}"`] : []
  })
}

/** A program that was built elsewhere: nothing is compiled, stripped, searched for dependencies or renamed. */
const asItIs = [
  '%global debug_package %{nil}',
  '%global __os_install_post %{nil}',
  '%global _build_id_links none',
  'AutoReqProv: no',
]

function specFile(stage, about, compression) {
  const lines = [
    `%global _binary_payload ${compressions[compression]}`,
    ...asItIs,
    `Name: ${about.name}`,
    `Version: ${about.version}`,
    'Release: 1',
    `Summary: ${about.summary}`,
    `License: ${about.license}`,
    `URL: ${about.homepage}`,
    `Vendor: ${about.vendor}`,
    `Packager: ${about.maintainer}`,
    ...libraries.map(({ library }) => `Requires: ${library}()(64bit)`),
    ...about.needed.map(({ rpm }) => `Requires: ${rpm}`),
    ...about.recommended.map(({ rpm }) => `Recommends: ${rpm}`),
    '%description',
    ...about.description,
    '%install',
    `cp -a "${stage}/." "%{buildroot}/"`,
    '%files',
    ...fileLines(stage),
    // A percent sign would be a macro.
    ...Object.entries(rpmScripts(about.version)).flatMap(([name, body]) => [
      `%${name} -p /bin/sh`,
      body.replaceAll('%', '%%'),
    ]),
  ]
  return `${lines.join('\n')}\n`
}

/**
 * @param {{ stage: string, about: object, arch: 'x64' | 'arm64', compression: 'best' | 'quick', file: string }} build
 *   `stage` is the tree as it shall lie on the tablet, `file` what is written
 * @throws {import('../commandLine.mjs').ScriptFailure} where rpmbuild is missing or refuses
 */
export async function buildRpm({ stage, about, arch, compression, file }) {
  const work = mkdtempSync(join(dirname(file), '.rpm-'))
  const spec = join(work, 'doorplate.spec')
  writeFileSync(spec, specFile(stage, about, compression))
  try {
    const target = `${rpmArchitecture(arch)}-linux`
    await runTool('rpmbuild', ['-bb', '--target', target, '--define', `_topdir ${work}`, spec], 'rpm')
    const folder = join(work, 'RPMS', rpmArchitecture(arch))
    renameSync(join(folder, readdirSync(folder)[0]), file)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
