import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { prepareRuntime } from './electron/prepareRuntime.ts'
import type { FoundElectron } from './electron/prepareRuntime.ts'
import { announceRuntime } from './electron/runtime.ts'
import { buildBootstrap } from './standIn/buildBootstrap.ts'

const root = join(import.meta.dirname, '..')
const built = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html']

/** Part of the commands, which plain Node runs: see `scripts/lib/testElectron.mjs`. */
interface Finder {
  findTestElectron(): (FoundElectron & { readonly source: string }) | null
}

/**
 * The specs run what was built, not the sources: without a build there is nothing to run.
 * @returns what tidies up after the last spec
 */
export async function setUp(): Promise<() => Promise<void>> {
  const missing = built.filter((file) => !existsSync(join(root, file)))
  if (missing.length > 0) throw new Error(`${missing.join(', ')} not found: run "npm run build" first`)
  await buildBootstrap()
  const finder = (await import(join(root, 'scripts/lib/testElectron.mjs'))) as Finder
  const found = finder.findTestElectron()
  if (found === null) {
    announceRuntime(null)
    return () => Promise.resolve()
  }
  process.stdout.write(`Electron ${found.version} (${found.source})\n`)
  const { runtime, remove } = await prepareRuntime(found, root)
  announceRuntime(runtime)
  return remove
}

export default setUp
