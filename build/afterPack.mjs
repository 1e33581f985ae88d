// Writes the fuses into the packed Electron. Runs before signing, inside electron-builder.
import { join } from 'node:path'
import { flipFuses } from '@electron/fuses'
import { fuseSet } from './fuses.mjs'

export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  // A stub distribution (scripts/dist.mjs --dir-only) has no fuse wire; a real one without it must fail.
  if (process.env['DOORPLATE_STUB_ELECTRON'] === '1') return
  const name =
    electronPlatformName === 'win32' ? `${packager.appInfo.productFilename}.exe` : packager.executableName
  await flipFuses(join(appOutDir, name), fuseSet(process.env['DOORPLATE_FUSES'] ?? 'production'))
}
