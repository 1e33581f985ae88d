import { open } from 'node:fs/promises'
import type { SecretName, SecretReading, SecretStore } from '../../core/ports/SecretStore.ts'
import { errorCode } from '../../core/storage/StorageFs.ts'
import { HostFailure } from '../HostFailure.ts'
import { parseJsonFile } from './parseJsonFile.ts'

/** What {@link createFileSecrets} needs. */
export interface FileSecretsDeps {
  /** JSON object of secret names and values; null when only the environment is used. */
  readonly file: string | null
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Told every value that leaves the store, so that the log can hide it. */
  readonly onRead: (value: string) => void
}

const ENVIRONMENT_PREFIX = 'DOORPLATE_SECRET_'

/** Rights anybody but the owner would have. */
const FOREIGN_RIGHTS = 0o077

/** `wecom.corpSecret` is `DOORPLATE_SECRET_WECOM_CORPSECRET` in the environment. */
export function environmentNameOf(name: SecretName): string {
  return `${ENVIRONMENT_PREFIX}${name.toUpperCase().replaceAll('.', '_')}`
}

const unavailable = (reason: string): SecretReading => ({ kind: 'unavailable', reason })

async function readPrivate(file: string): Promise<{ content: string } | { reason: string }> {
  try {
    const handle = await open(file, 'r')
    try {
      const { mode } = await handle.stat()
      // Windows has no such bits; there the folder's access list protects the file.
      if (process.platform !== 'win32' && (mode & FOREIGN_RIGHTS) !== 0) {
        return { reason: `${file}: other users of this machine may read it. Run: chmod 600 ${file}` }
      }
      return { content: await handle.readFile('utf8') }
    } finally {
      await handle.close()
    }
  } catch (error: unknown) {
    const code = errorCode(error)
    const problem = code === 'ENOENT' ? 'there is no such file' : `this user cannot read it (${code})`
    return { reason: `${file}: ${problem}. Correct --secrets or the file's owner.` }
  }
}

function pick(file: string, content: string, name: SecretName): SecretReading {
  let parsed: unknown
  try {
    parsed = parseJsonFile(file, content)
  } catch (error: unknown) {
    if (error instanceof HostFailure) return unavailable(error.message)
    throw error
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return unavailable(`${file}: expected one JSON object such as {"${name}": "..."}`)
  }
  const value: unknown = Object.entries(parsed).find(([key]) => key === name)?.[1]
  if (value === undefined) return { kind: 'missing' }
  if (typeof value !== 'string') return unavailable(`${file}: ${name} must be a text in double quotes`)
  const trimmed = value.trim()
  return trimmed === '' ? { kind: 'missing' } : { kind: 'found', value: trimmed }
}

/**
 * Secrets the operator supplies: the environment first, then a file that only its owner may read. The file is read at
 * every question, so a rotated secret needs no restart. Doorplate writes neither.
 */
export function createFileSecrets({ file, environment, onRead }: FileSecretsDeps): SecretStore {
  async function look(name: SecretName): Promise<SecretReading> {
    const fromEnvironment = environment[environmentNameOf(name)]?.trim()
    if (fromEnvironment) return { kind: 'found', value: fromEnvironment }
    if (file === null) return { kind: 'missing' }
    const read = await readPrivate(file)
    return 'reason' in read ? unavailable(read.reason) : pick(file, read.content, name)
  }

  async function read(name: SecretName): Promise<SecretReading> {
    const reading = await look(name)
    if (reading.kind === 'found') onRead(reading.value)
    return reading
  }

  const refuse = (): Promise<never> =>
    Promise.reject(new Error('secrets of this host belong to the operator: its file or its environment'))
  const hasEnvironment = Object.keys(environment).some((key) => key.startsWith(ENVIRONMENT_PREFIX))
  const strength = hasEnvironment ? 'environment' : file === null ? 'unavailable' : 'fileOnly'
  return { read, write: refuse, remove: refuse, strength: () => Promise.resolve(strength) }
}
