import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { electronPreloadFile } from '../standIn/buildBootstrap.ts'
import type { Runtime } from './runtime.ts'

/** What the app is made of once it is built. */
const parts = ['package.json', 'resources', 'out/main', 'out/preload', 'out/renderer']

/** Nobody in particular: Chromium's processes do not run as root, with or without its sandbox. */
export const NOBODY = 65_534

/** Where an executable is, and which one. */
export interface FoundElectron {
  readonly executable: string
  readonly version: string
}

/**
 * Lays the built app out where the runtime's user can read it: root's own clone may be closed to others.
 * @param root the repository
 * @returns the runtime, and what removes the copy again
 */
export async function prepareRuntime(
  { executable, version }: FoundElectron,
  root: string,
): Promise<{ readonly runtime: Runtime; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'doorplate-electron-'))
  await chmod(folder, 0o755)
  const appFolder = join(folder, 'app')
  for (const part of parts) await cp(join(root, part), join(appFolder, part), { recursive: true })
  const preload = join(folder, basename(electronPreloadFile))
  await cp(electronPreloadFile, preload)
  await mkdir(join(folder, 'bin'))
  const isRoot = process.getuid?.() === 0
  const command = isRoot ? join(folder, 'bin', 'electron') : executable
  if (isRoot) {
    const drop = `setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups`
    await writeFile(command, `#!/bin/sh\nexec ${drop} '${executable}' "$@"\n`, { mode: 0o755 })
  }
  return {
    runtime: { command, version, appFolder, preload, userId: isRoot ? NOBODY : null },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
