import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { path7za } from '7zip-bin'
import { run } from './run.ts'

const root = join(import.meta.dirname, '../../..')
const sources = join(import.meta.dirname, 'standIn')
const compiler = 'x86_64-w64-mingw32-gcc'

/** A 7-Zip for Windows, which unpacks the program in the place of a plug-in. */
export const sevenZipForWindows = join(
  dirname(fileURLToPath(import.meta.resolve('7zip-bin'))),
  'win',
  'x64',
  '7za.exe',
)

const compile = (source: string, to: string, ...options: string[]): Promise<unknown> =>
  run(compiler, ['-Os', '-s', '-Wall', '-Werror', ...options, '-o', to, join(sources, source)])

/**
 * Builds installers by electron-builder, its script and ours, around a stand-in for the program. They are not the product's:
 * for 64 bits, since Wine from Debian runs no others, and with stand-ins for the plug-ins Debian lacks.
 */
export interface TrialInstallers {
  /** In the place of the supervisor: see supervisor.c. */
  readonly supervisor: string
  /** @returns the path of the installer */
  build(version: string): Promise<string>
}

/** Prepares what every installer needs. Call once. */
export async function prepareTrialInstallers(
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<TrialInstallers> {
  const supervisor = join(folder, 'supervisor.exe')
  const plugins = join(folder, 'nsis', 'plugins', 'amd64-unicode')
  // electron-builder asks for this one, and the script names it.
  for (const path of [plugins, join(folder, 'nsis', 'plugins', 'x86-unicode')])
    mkdirSync(path, { recursive: true })
  const plugin = join(folder, 'plugins.dll')
  await Promise.all([compile('plugins.c', plugin, '-shared'), compile('supervisor.c', supervisor)])
  for (const name of ['UAC', 'StdUtils', 'WinShell', 'Nsis7z'])
    copyFileSync(plugin, join(plugins, `${name}.dll`))
  writeFileSync(join(folder, 'nsis', 'makensis'), makensis(plugins), { mode: 0o755 })
  const sevenZip = join(folder, '7za')
  copyFileSync(path7za, sevenZip)
  chmodSync(sevenZip, 0o755)

  return {
    supervisor,
    async build(version) {
      const output = join(folder, version)
      const distribution = await standInElectron(join(folder, `electron-${version}`), version)
      await run(
        process.execPath,
        [
          join(root, 'node_modules/electron-builder/cli.js'),
          ...options(output, distribution),
          `-c.extraMetadata.version=${version}`,
        ],
        {
          cwd: root,
          env: {
            ...env,
            ELECTRON_BUILDER_7ZIP_PATH: sevenZip,
            ELECTRON_BUILDER_NSIS_DIR: join(folder, 'nsis'),
            ELECTRON_BUILDER_NSIS_RESOURCES_DIR: join(folder, 'nsis'),
            DOORPLATE_STUB_ELECTRON: '1',
          },
        },
      )
      return join(output, `Doorplate-${version}-win-x64.exe`)
    },
  }
}

const options = (output: string, distribution: string): string[] => [
  ...['--win', 'nsis', '--x64', '--publish', 'never', '-c.compression=store'],
  ...[`-c.directories.output=${output}`, `-c.electronDist=${distribution}`],
  // The stand-in has no resources and no hash to edit.
  ...['-c.win.signAndEditExecutable=false', '-c.disableAsarIntegrity=true'],
]

/** A label goes unused where the script's question for 64 bits is answered beforehand; every other warning is an error. */
const makensis = (plugins: string): string => `#!/bin/sh
exec makensis "-XTarget amd64-unicode" "-X!pragma warning disable 6012" "-X!addplugindir /amd64-unicode ${plugins}" "$@"
`

async function standInElectron(folder: string, version: string): Promise<string> {
  mkdirSync(join(folder, 'locales'), { recursive: true })
  await compile('doorplate.c', join(folder, 'electron.exe'), `-DVERSION="${version}"`)
  for (const locale of ['en-US', 'zh-CN', 'de']) writeFileSync(join(folder, 'locales', `${locale}.pak`), '')
  writeFileSync(join(folder, 'version'), '0.0.0')
  return folder
}
