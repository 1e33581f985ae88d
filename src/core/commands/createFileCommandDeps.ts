import { readFile, writeFile } from 'node:fs/promises'
import type { DeviceIdentity } from '../machine/DeviceIdentity.ts'
import type { FileCommandDeps } from './runFileCommand.ts'

/** The real disk. */
export function createFileCommandDeps(
  device: DeviceIdentity,
  findSecret: FileCommandDeps['findSecret'],
): FileCommandDeps {
  return {
    readText: (path) => readFile(path, 'utf8'),
    writePrivate: (path, text) => writeFile(path, text, { mode: 0o600 }),
    device,
    findSecret,
  }
}
