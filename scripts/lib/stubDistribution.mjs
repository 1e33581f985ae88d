import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPackage } from '@electron/asar'

/**
 * A folder shaped like an Electron that was unpacked by hand, so that the packager can be run where the real one cannot be
 * fetched.
 * @param {'linux' | 'win'} platform
 * @returns {Promise<string>} the folder
 */
export async function stubDistribution(platform) {
  const folder = join('dist', `stub-electron-${platform}`)
  rmSync(folder, { recursive: true, force: true })
  for (const part of ['locales', 'resources', 'start-page'])
    mkdirSync(join(folder, part), { recursive: true })
  const name = platform === 'win' ? 'electron.exe' : 'electron'
  writeFileSync(join(folder, name), 'not Electron: a stub for packaging checks\n')
  chmodSync(join(folder, name), 0o755)
  for (const locale of ['en-US', 'zh-CN', 'de']) writeFileSync(join(folder, 'locales', `${locale}.pak`), '')
  // Electron's own start page, which no package may carry.
  writeFileSync(join(folder, 'start-page', 'main.js'), '')
  await createPackage(join(folder, 'start-page'), join(folder, 'resources', 'default_app.asar'))
  rmSync(join(folder, 'start-page'), { recursive: true })
  const { version } = JSON.parse(readFileSync('node_modules/electron/package.json', 'utf8'))
  writeFileSync(join(folder, 'version'), version)
  return folder
}
