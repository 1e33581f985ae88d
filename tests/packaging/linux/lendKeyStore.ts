import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPackage, extractAll, uncache } from '@electron/asar'

/**
 * Electron 33 has only the synchronous half of the key store, and production fuses let nothing be loaded before the app. So the
 * installed archive, never the package, gets this in front of it. SIGUSR2 brings about what no test can wait for: an error
 * nobody caught.
 */
const lent = `
import { safeStorage } from 'electron'
if (!('encryptStringAsync' in safeStorage)) {
  safeStorage.setUsePlainTextEncryption(true)
  Object.assign(safeStorage, {
    isAsyncEncryptionAvailable: async () => safeStorage.isEncryptionAvailable(),
    encryptStringAsync: async (text) => safeStorage.encryptString(text),
    decryptStringAsync: async (bytes) => ({ result: safeStorage.decryptString(bytes), shouldReEncrypt: false }),
  })
}
process.on('SIGUSR2', () => setImmediate(() => { throw new Error('a test asked for it') }))
await import('./out/main/index.js')
`

/** @param archive an installed `app.asar`, rewritten in place */
export async function lendKeyStore(archive: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'doorplate-lent-'))
  try {
    const app = join(folder, 'app')
    // It remembers an archive by its path, and an upgrade put another one there.
    uncache(archive)
    extractAll(archive, app)
    const manifest = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8')) as object
    writeFileSync(join(app, 'package.json'), JSON.stringify({ ...manifest, main: 'lent.mjs' }))
    writeFileSync(join(app, 'lent.mjs'), lent)
    await createPackage(app, join(folder, 'app.asar'))
    // Into the same file: an archive may be linked from more than one place.
    cpSync(join(folder, 'app.asar'), archive)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
