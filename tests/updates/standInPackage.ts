import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../repositoryFiles.ts'

const script = (name: string) => import(join(root, 'scripts/lib/linuxPackage', name)) as Promise<unknown>

/** Stands for the panel: says its version, and is well for a minute only where a file says so. */
const program = (version: string): string => `#!/bin/sh
for argument in "$@"; do
  case $argument in --user-data=*) folder=\${argument#--user-data=} ;; esac
done
echo "panel ${version}"
if [ -e /tmp/well ]; then echo "well $DOORPLATE_TREE" >>"$folder/run/trees"; fi
exit 10
`

/**
 * The real package but for the program and what that is linked against: the same tree, links and maintainer scripts.
 * @param folder takes the deb
 * @returns the deb
 */
export async function buildStandInPackage(folder: string, version: string): Promise<string> {
  const { describePackage } = (await script('description.mjs')) as {
    describePackage: (changes: { version: string }) => unknown
  }
  const { layTree } = (await script('layTree.mjs')) as {
    layTree: (stage: string, program: string, about: unknown, date: Date) => void
  }
  const { debianScripts } = (await script('maintainerScripts.mjs')) as {
    debianScripts: (version: string) => Record<string, string>
  }
  const unpacked = join(folder, `program-${version}`)
  const stage = join(folder, `stage-${version}`)
  for (const path of [join(unpacked, 'resources'), join(stage, 'DEBIAN')])
    mkdirSync(path, { recursive: true })
  writeFileSync(join(unpacked, 'doorplate'), program(version), { mode: 0o755 })
  layTree(stage, unpacked, describePackage({ version }), new Date(0))
  const architecture = spawnSync('dpkg', ['--print-architecture'], { encoding: 'utf8' }).stdout.trim()
  const fields = ['Package: doorplate', `Version: ${version}`, `Architecture: ${architecture}`]
  fields.push(
    'Depends: passwd',
    'Maintainer: Nobody <nobody@example.invalid>',
    'Section: misc',
    'Priority: optional',
  )
  writeFileSync(join(stage, 'DEBIAN/control'), `${fields.join('\n')}\nDescription: a door\n`)
  for (const [name, text] of Object.entries(debianScripts(version))) {
    writeFileSync(join(stage, 'DEBIAN', name), text)
    chmodSync(join(stage, 'DEBIAN', name), 0o755)
  }
  const deb = join(folder, `doorplate-${version}.deb`)
  const built = spawnSync('dpkg-deb', ['--root-owner-group', '-Zgzip', '--build', stage, deb], {
    encoding: 'utf8',
  })
  if (built.status !== 0) throw new Error(built.stderr)
  return deb
}
