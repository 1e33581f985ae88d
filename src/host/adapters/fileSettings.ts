import { readFile } from 'node:fs/promises'
import type { SettingsStore } from '../../core/ports/SettingsStore.ts'
import { errorCode } from '../../core/storage/StorageFs.ts'
import { brokenConfiguration } from '../HostFailure.ts'
import { parseJsonFile } from './parseJsonFile.ts'

const remedies: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file. Write one after the example in docs/settings.md, or correct --config.',
  EACCES: 'this user may not read it. Give the user of the service the right to read it.',
  EISDIR: 'this is a directory. Name the file in it: --config DIRECTORY/FILE.',
}

/**
 * Settings from the operator's JSON file, which Doorplate reads and never writes.
 * `load` throws HostFailure: naming a file that does not exist is a mistake, not "nothing stored yet".
 */
export function createFileSettings(file: string): SettingsStore {
  async function load(): Promise<unknown> {
    let content: string
    try {
      content = await readFile(file, 'utf8')
    } catch (error: unknown) {
      const code = errorCode(error)
      throw brokenConfiguration([`${file}: ${remedies[code] ?? `cannot be read (${code}).`}`], {
        cause: error,
      })
    }
    return parseJsonFile(file, content)
  }

  return {
    load,
    save: () => Promise.reject(new Error(`${file} belongs to the operator; change it there and start again`)),
    isWritable: false,
  }
}
