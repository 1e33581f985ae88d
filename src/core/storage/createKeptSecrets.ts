import { join } from 'node:path'
import { z } from 'zod'
import { createLane } from '../async/createLane.ts'
import type { SecretName, SecretStore } from '../ports/SecretStore.ts'
import { errorCode } from './StorageFs.ts'
import type { StorageFs } from './StorageFs.ts'
import { writeFileAtomically } from './writeFileAtomically.ts'

/** What {@link createKeptSecrets} needs. */
export interface KeptSecretsDeps {
  readonly folder: string
  readonly fs: StorageFs
  /** The operator's own secrets; they come first and are never written. */
  readonly given: SecretStore
  /** Told every value that leaves the store, so that the log can hide it. */
  readonly onRead: (value: string) => void
}

const fileSchema = z.record(z.string(), z.string())

/**
 * Secrets typed into the settings screen of a host that keeps its own settings: a file of mode 0600 in the host's folder.
 * They are protected by the file's rights and nothing else, and {@link SecretStore.strength} says so.
 */
export function createKeptSecrets({ folder, fs, given, onRead }: KeptSecretsDeps): SecretStore {
  const path = join(folder, 'secrets.json')

  /** @throws when the file is there and cannot be read or understood: that is not "no secrets" */
  async function readAll(): Promise<Readonly<Record<string, string>>> {
    let text: string
    try {
      text = await fs.readFile(path)
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return {}
      throw error
    }
    return fileSchema.parse(JSON.parse(text))
  }

  /** One after the other, or two writers would lose one another's secret. */
  const inTurn = createLane()
  const change = (edit: (all: Readonly<Record<string, string>>) => Record<string, string>): Promise<void> =>
    inTurn(async () => writeFileAtomically(path, JSON.stringify(edit(await readAll())), fs))

  return {
    async read(name) {
      const fromOperator = await given.read(name)
      if (fromOperator.kind !== 'missing') return fromOperator
      try {
        const value = (await readAll())[name]
        if (value === undefined) return { kind: 'missing' }
        onRead(value)
        return { kind: 'found', value }
      } catch (error) {
        return {
          kind: 'unavailable',
          reason: `${path} cannot be read (${errorCode(error) || 'not valid JSON'}).`,
        }
      }
    },
    async write(name: SecretName, value) {
      // It would be kept and never used: better refused than believed.
      if ((await given.read(name)).kind === 'found') throw new Error(`${name} is given by the operator`)
      await change((all) => ({ ...all, [name]: value }))
    },
    remove: (name) =>
      change((all) => Object.fromEntries(Object.entries(all).filter(([key]) => key !== name))),
    strength: () => Promise.resolve('fileOnly'),
  }
}
