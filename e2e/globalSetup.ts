import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildBootstrap } from './standIn/buildBootstrap.ts'

const root = join(import.meta.dirname, '..')
const built = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html']

/** The specs run what was built, not the sources: without a build there is nothing to run. */
export async function setUp(): Promise<void> {
  const missing = built.filter((file) => !existsSync(join(root, file)))
  if (missing.length > 0) throw new Error(`${missing.join(', ')} not found: run "npm run build" first`)
  await buildBootstrap()
}

export default setUp
