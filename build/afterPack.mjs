// Finishes the packed Electron before it is signed, inside electron-builder: no app of Electron's own, and every fuse written.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { flipFuses } from '@electron/fuses'
import { fuseSet, leftOutFuses } from './fuses.mjs'

export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  // A distribution unpacked by hand brings its start page along; the packager removes it only from its own downloads.
  rmSync(join(appOutDir, 'resources', 'default_app.asar'), { force: true })
  // A stub distribution (scripts/dist.mjs --dir-only) has no fuse wire; a real one without it must fail.
  if (process.env['DOORPLATE_STUB_ELECTRON'] === '1') return
  const name =
    electronPlatformName === 'win32' ? `${packager.appInfo.productFilename}.exe` : packager.executableName
  const leftOut = leftOutFuses(process.env['DOORPLATE_FUSES_LEFT_OUT'])
  if (leftOut.length > 0) console.log(`  a build for tests: leaves out the fuse ${leftOut.join(', ')}`)
  await flipFuses(join(appOutDir, name), fuseSet(process.env['DOORPLATE_FUSES'] ?? 'production', leftOut))
}
